package org.relayd.main.scenario;

/**
 * One line of the script of a scenario. Ends are named: {@code client}, {@code client2} ... are connections to the
 * relay at 127.0.0.1, {@code neighbour} ... the same from 127.0.0.9, {@code guest} ... those to ::1, {@code target},
 * {@code target2} ... those that the relay makes to {@code {target}}, {@code other} ... those to {@code {other}}. An
 * end is connected or accepted when it is first named. {@code {port of END}} is its port, {@code {octets of END}} the
 * same as two octets, as is {@code {octets of listen}}. {@link Datagrams} has more ends, which only send and read.
 */
sealed interface Step {

    /** {@code END > TEXT}: sends octets; the script goes on at once. */
    record Send(String end, String octets) implements Step {}

    /** {@code END < TEXT}: these octets and no others come next. */
    record Read(String end, String octets) implements Step {}

    /** {@code nameserver < {id}OCTETS}: hears a query with any id but zero, which is {@code {id}} from now on. */
    record Hear(String server, String octetsBehindId) implements Step {}

    /** {@code END ~ PATTERN}: what comes next, up to an empty line, matches the regular expression. */
    record ReadHead(String end, String pattern) implements Step {}

    /** {@code END ends}: sends the end of its stream, which over TLS is announced. */
    record Finish(String end) implements Step {}

    /** {@code END resets}: closes with a reset. */
    record Reset(String end) implements Step {}

    /** {@code END opens}: is connected or accepted, nothing more. */
    record Open(String end) implements Step {}

    /** {@code END sees end}: nothing more comes, and the relay has ended its stream or, not over TLS, reset it. */
    record SeesEnd(String end) implements Step {}

    /** {@code END sees reset}: nothing more comes, and the relay has reset the connection. */
    record SeesReset(String end) implements Step {}

    /** {@code END secures WORDS}: shakes hands while the script goes on; {@link Certificates#talk} lists the words. */
    record Secure(String end, String words) implements Step {}

    /** {@code END is refused}: the handshake has failed. */
    record IsRefused(String end) implements Step {}

    /** {@code END is shown NAMES}: the names in the certificate of the other end. */
    record IsShown(String end, String names) implements Step {}

    /** {@code END is asked for NAME}: the client of the handshake named it; {@code nobody} if it named none. */
    record IsAskedFor(String end, String name) implements Step {}

    /** {@code END sees alert}: TLS fails instead of telling anything more. */
    record SeesAlert(String end) implements Step {}

    /** {@code END hears hello}: one record comes, of a handshake of TLS; nothing is answered. */
    record HearHello(String end) implements Step {}

    /** {@code END cuts off}: sends the end of its stream without announcing it, as TLS would have it. */
    record CutOff(String end) implements Step {}

    /** {@code END sees cut}: nothing more comes over TLS, and the end was not announced. */
    record SeesCut(String end) implements Step {}

    /** {@code END is at ADDRESS}: the relay connected to this address. */
    record IsAt(String end, String address) implements Step {}

    /** {@code target refuses}: nobody listens there any more. */
    record Refuse(String listener) implements Step {}

    /** {@code nobody reached target}: up to now no connection waits there. */
    record Unreached(String listener) implements Step {}

    /** {@code down ADDRESS} or {@code up ADDRESS}: what health checks found out about a host. */
    record HostState(String address, boolean up) implements Step {}

    /** {@code log LINE}: a line of the log, with its class in front, is or will be this one. */
    record Logged(String line) implements Step {}

    /**
     * {@code access PATTERN}: the next line of the access log, whose file is {@code {access}},
     * matches the regular expression.
     */
    record Accessed(String pattern) implements Step {}

    /** {@code log never TEXT}: no line so far contains the text. */
    record NotLogged(String text) implements Step {}
}
