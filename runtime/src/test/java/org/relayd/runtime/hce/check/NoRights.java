package org.relayd.runtime.hce.check;

import java.io.IOException;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;

/** A system that grants nothing. */
final class NoRights implements CheckRights {
    @Override
    public EchoSocket openEcho(IpFamily family) throws IOException {
        throw new IOException("Operation not permitted");
    }

    @Override
    public void runScript(ScriptRun run, ScriptAnswer answer) {
        answer.ended(new ScriptEnd.NotStarted("not allowed"));
    }
}
