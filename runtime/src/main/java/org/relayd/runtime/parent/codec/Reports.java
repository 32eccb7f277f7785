package org.relayd.runtime.parent.codec;

import java.io.IOException;
import java.util.List;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.TableId;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.parent.message.Report;

/** Reports. */
final class Reports {
    private Reports() {}

    static void write(FrameOutput out, Report report) {
        switch (report) {
            case Report.Serving() -> out.octet(1);
            case Report.Committed(int plan) -> out.octet(2).number(plan);
            case Report.Abandoned(int plan) -> out.octet(3).number(plan);
            case Report.HostChanged(HostId host, HostState state)
                    -> out.octet(4).one(Ids::write, host).one(Ids::writeState, state);
            case Report.HostSwitched(HostId host, boolean enabled) -> out.octet(5).one(Ids::write, host).truth(enabled);
            case Report.TableSwitched(TableId table, boolean enabled)
                    -> out.octet(6).one(Ids::write, table).truth(enabled);
            case Report.RedirectSwitched(RedirectId redirect, boolean enabled)
                    -> out.octet(7).one(Ids::write, redirect).truth(enabled);
            case Report.VerbositySwitched(boolean verbose) -> out.octet(8).truth(verbose);
            case Report.CannotStart(List<String> lines) -> out.octet(9).all(FrameOutput::text, lines);
            case Report.Alive() -> out.octet(10);
            case Report.StopAsked() -> out.octet(11);
        }
    }

    static Report read(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new Report.Serving();
            case 2 -> new Report.Committed(in.number());
            case 3 -> new Report.Abandoned(in.number());
            case 4 -> new Report.HostChanged(Ids.readHost(in), Ids.readState(in));
            case 5 -> new Report.HostSwitched(Ids.readHost(in), in.truth());
            case 6 -> new Report.TableSwitched(Ids.readTable(in), in.truth());
            case 7 -> new Report.RedirectSwitched(Ids.readRedirect(in), in.truth());
            case 8 -> new Report.VerbositySwitched(in.truth());
            case 9 -> new Report.CannotStart(in.list("lines", Integer.BYTES, FrameInput::text));
            case 10 -> new Report.Alive();
            case 11 -> new Report.StopAsked();
            default -> throw in.unknown("report");
        };
    }
}
