package org.relayd.runtime.parent.local;

import java.io.IOException;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.linux.IcmpSockets;
import org.relayd.runtime.parent.linux.UnprivilegedProcesses;
import org.relayd.runtime.parent.script.LocalScripts;

/** Does what health checks ask for in this process, with the rights that it has. */
public final class LocalChecks implements CheckRights, AutoCloseable {
    private final LocalScripts scripts = new LocalScripts(UnprivilegedProcesses.ofThisProcess());

    /** Opens a raw socket, or where that is not allowed one for echo requests only. */
    @Override
    public EchoSocket openEcho(IpFamily family) throws IOException {
        try {
            return new EchoSocket(new OpenSocket.Descriptor(IcmpSockets.raw(family)), true);
        } catch (IOException notRaw) {
            try {
                return new EchoSocket(new OpenSocket.Descriptor(IcmpSockets.echo(family)), false);
            } catch (IOException neither) {
                neither.addSuppressed(notRaw);
                throw neither;
            }
        }
    }

    @Override
    public void runScript(ScriptRun run, ScriptAnswer answer) {
        scripts.run(run, answer);
    }

    /** Runs no further scripts. */
    @Override
    public void close() {
        scripts.close();
    }
}
