package org.relayd.ir.config;

import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.term.ProtocolType;

/**
 * Settings and rules that relays share. relayd.conf(5): PROTOCOLS.
 *
 * @param id
 *            its number; empty for the built-in protocol
 * @param name
 *            its name; {@code default} for the built-in protocol
 * @param type
 *            what is spoken
 * @param errorPages
 *            whether and how HTTP errors are answered with a page
 * @param tcp
 *            TCP settings
 * @param tls
 *            TLS settings
 * @param http
 *            HTTP settings
 * @param filter
 *            rules or actions
 */
public record Protocol(Optional<ProtocolId> id, String name, ProtocolType type, Optional<ErrorPages> errorPages,
        TcpSettings tcp,
        TlsSettings tls, HttpSettings http, Filter filter) {

    /**
     * {@code return error}.
     *
     * @param style
     *            CSS text in place of the built-in one
     */
    public record ErrorPages(Optional<String> style) {}

    /**
     * TCP settings.
     *
     * @param nodelay
     *            TCP_NODELAY; empty for the system's default
     * @param sack
     *            selective acknowledgements; empty for the system's default
     * @param splice
     *            whether the kernel may copy; default true
     * @param socketBuffer
     *            bytes of the send and receive buffers; empty for the system's
     * @param backlog
     *            length of the accept queue, connections; empty for as many as the system allows, see
     *            {@link #UNWRITTEN_BACKLOG}
     * @param ttl
     *            time to live, hops; empty for the system's
     * @param minTtl
     *            least time to live that is accepted, hops; empty for none
     */
    public record TcpSettings(Optional<Boolean> nodelay, Optional<Boolean> sack, boolean splice,
            OptionalInt socketBuffer, OptionalInt backlog,
            OptionalInt ttl, OptionalInt minTtl) {
        /** What OpenBSD uses, and what the model shows, for a backlog that is not written. */
        public static final int UNWRITTEN_BACKLOG = 10;

        /** Returns the settings of a protocol that sets none. */
        public static TcpSettings defaults() {
            return new TcpSettings(Optional.empty(), Optional.empty(), true, OptionalInt.empty(),
                    OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        }
    }

    /**
     * HTTP settings.
     *
     * @param headerLength
     *            most bytes of a message head, line ends not counted, 0 to 131072; default 8192; the head of a response
     *            may have more, see relayd.conf(5)
     * @param websockets
     *            whether upgrades to websocket are let through; default false
     * @param accessLog
     *            where requests are logged; default nowhere
     */
    public record HttpSettings(int headerLength, boolean websockets, Optional<AccessLog> accessLog) {

        /** Returns the settings of a protocol that sets none. */
        public static HttpSettings defaults() {
            return new HttpSettings(8192, false, Optional.empty());
        }
    }
}
