package org.relayd.main.parent;

import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.platform.Kernel;

/**
 * Rights of this process, with another kernel.
 *
 * @param local
 *            all other rights
 */
record ParentRights(Rights local, Kernel kernel) implements Rights {

    @Override
    public RelayRights relays() {
        return local.relays();
    }

    @Override
    public CheckRights checks() {
        return local.checks();
    }

    @Override
    public FileRights files() {
        return local.files();
    }

    @Override
    public KeyRights keys() {
        return local.keys();
    }

    @Override
    public long pid() {
        return local.pid();
    }

    @Override
    public void close() {
        local.close();
    }
}
