package org.relayd.ir.control;

import org.relayd.ir.control.ControlRequest.Kind;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.ir.control.ControlRequest.SwitchTarget;

/** The bytes of requests. */
final class RequestCodec {
    private static final int SHOW = 1;
    private static final int SWITCH = 2;
    private static final int POLL = 3;
    private static final int RELOAD = 4;
    private static final int LOAD = 5;
    private static final int STOP = 6;
    private static final int SET_VERBOSE = 7;
    private static final int MONITOR = 8;

    private RequestCodec() {}

    static void write(ControlRequest request, WireWriter to) {
        switch (request) {
            case ControlRequest.Show(Subject subject) -> to.octet(SHOW).constant(subject, Subject.values());
            case ControlRequest.Switch(Kind kind, SwitchTarget target, boolean enabled) -> {
                to.octet(SWITCH).constant(kind, Kind.values()).flag(enabled);
                write(target, to);
            }
            case ControlRequest.Poll() -> to.octet(POLL);
            case ControlRequest.Reload() -> to.octet(RELOAD);
            case ControlRequest.Load(String path) -> to.octet(LOAD).text(path);
            case ControlRequest.Stop() -> to.octet(STOP);
            case ControlRequest.SetVerbose(boolean verbose) -> to.octet(SET_VERBOSE).flag(verbose);
            case ControlRequest.Monitor() -> to.octet(MONITOR);
        }
    }

    private static void write(SwitchTarget target, WireWriter to) {
        switch (target) {
            case SwitchTarget.ById(int number) -> to.flag(true).number(number);
            case SwitchTarget.ByName(String name) -> to.flag(false).text(name);
        }
    }

    static ControlRequest read(WireReader from) throws ControlFormatException {
        return switch (from.octet()) {
            case SHOW -> new ControlRequest.Show(from.constant(Subject.values()));
            case SWITCH -> readSwitch(from);
            case POLL -> new ControlRequest.Poll();
            case RELOAD -> new ControlRequest.Reload();
            case LOAD -> new ControlRequest.Load(from.text());
            case STOP -> new ControlRequest.Stop();
            case SET_VERBOSE -> new ControlRequest.SetVerbose(from.flag());
            case MONITOR -> new ControlRequest.Monitor();
            default -> throw new ControlFormatException("unknown request");
        };
    }

    private static ControlRequest readSwitch(WireReader from) throws ControlFormatException {
        Kind kind = from.constant(Kind.values());
        boolean enabled = from.flag();
        SwitchTarget target = from.flag() ? new SwitchTarget.ById(from.number()) : new SwitchTarget.ByName(from.text());
        return new ControlRequest.Switch(kind, target, enabled);
    }
}
