package org.relayd.runtime.parent.codec;

import java.io.IOException;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.message.Request;

/** Requests of health checks, and how their scripts end. */
final class CheckRequests {
    private static final int STATUSES = 255;

    private CheckRequests() {}

    static void write(FrameOutput out, Request.OfChecks request) {
        switch (request) {
            case Request.OpenEcho(IpFamily family) -> out.octet(1).one(NetworkAddresses::writeFamily, family);
            case Request.RunScript(ScriptRun run)
                    -> out.octet(2).text(run.path()).text(run.host()).time(run.timeout());
        }
    }

    static Request.OfChecks read(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new Request.OpenEcho(NetworkAddresses.readFamily(in));
            case 2 -> new Request.RunScript(new ScriptRun(in.text(), in.text(), in.time()));
            default -> throw in.unknown("request of checks");
        };
    }

    static void writeEnd(FrameOutput out, ScriptEnd end) {
        switch (end) {
            case ScriptEnd.Exited(int status) -> out.octet(1).number(status);
            case ScriptEnd.Killed() -> out.octet(2);
            case ScriptEnd.NotExecutable(String reason) -> out.octet(3).text(reason);
            case ScriptEnd.NotStarted(String reason) -> out.octet(4).text(reason);
        }
    }

    static ScriptEnd readEnd(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new ScriptEnd.Exited(in.number("exit status", 0, STATUSES));
            case 2 -> new ScriptEnd.Killed();
            case 3 -> new ScriptEnd.NotExecutable(in.text());
            case 4 -> new ScriptEnd.NotStarted(in.text());
            default -> throw in.unknown("end of a script");
        };
    }
}
