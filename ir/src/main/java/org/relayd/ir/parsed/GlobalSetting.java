package org.relayd.ir.parsed;

import java.util.Optional;
import org.relayd.ir.source.Span;

/** A setting of the whole daemon. relayd.conf(5): GLOBAL CONFIGURATION. */
public sealed interface GlobalSetting extends Declaration {

    /** {@code interval N}: seconds between health checks. */
    record Interval(Span span, Count seconds) implements GlobalSetting {}

    /** {@code timeout N}: milliseconds for one health check. */
    record Timeout(Span span, Count milliseconds) implements GlobalSetting {}

    /** {@code prefork N}: number of relay processes, here of accepting event loops. */
    record Prefork(Span span, Count processes) implements GlobalSetting {}

    /** Up to 2019: {@code log updates}, or with {@code all} {@code log all}. */
    record LogUpdates(Span span, boolean all) implements GlobalSetting {}

    /** {@code log state changes}. */
    record LogStateChanges(Span span) implements GlobalSetting {}

    /** {@code log host checks}. */
    record LogHostChecks(Span span) implements GlobalSetting {}

    /** {@code log connection [errors]}. */
    record LogConnection(Span span, boolean errorsOnly) implements GlobalSetting {}

    /** 5.1: {@code send trap}. */
    record SendTrap(Span span) implements GlobalSetting {}

    /** 2014 to 2019: {@code snmp [trap] [path]}. */
    record Snmp(Span span, boolean trapsOnly, Optional<Text> path) implements GlobalSetting {}

    /** {@code agentx [context c] [path p]}. */
    record Agentx(Span span, Optional<Text> context, Optional<Text> path) implements GlobalSetting {}

    /** {@code socket path}: the control socket. */
    record ControlSocket(Span span, Text path) implements GlobalSetting {}

    /** {@code extensions on}: words that OpenBSD does not have may be used. */
    record Extensions(Span span, Text state) implements GlobalSetting {}
}
