package org.relayd.runtime.relay.session;

import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Wire;

/**
 * Why a session ended, and what follows from that: in the session line, in the access log, for a client that speaks
 * HTTP, for the connections of both sides.
 */
public sealed interface SessionEnd {
    /** What the system calls it: EPROTO. */
    String PROTOCOL_ERROR = "Protocol error";

    /** Returns the reason in the session line. */
    String text();

    /**
     * Returns what the session line adds after a colon as a warning, where the dialect knows warnings. An end without
     * it is no error: {@code log connection errors} leaves it out.
     */
    Optional<String> detail();

    /**
     * Status that an HTTP client gets, or, if none can reach it, that the access log shows; empty for ends that leave
     * no request without an answer.
     */
    OptionalInt status();

    /** Returns the reason in the access log. */
    String entry();

    /** Returns what becomes of the connections. */
    Closing closing();

    /**
     * How connections are closed. An end may say that both are reset; a wire does that too if it has to give up bytes
     * that wait, and the kernel if it holds bytes that nobody read.
     */
    enum Closing {
        /** Both sides once their output is written. */
        AFTER_OUTPUT,
        /** The client gets what is written and a moment to read it. */
        LINGERING,
        /** Both sides at once. */
        AT_ONCE,
        /** Both sides with a reset: nothing else tells that something is missing. */
        RESET,
        /** Both sides with a reset, but one that has not taken all that was sent to it yet gets that first. */
        RESET_AFTER_OUTPUT;

        /** Closes the client's connection. */
        public void client(Wire wire) {
            switch (this) {
                case AFTER_OUTPUT -> wire.closeAnswered();
                case LINGERING -> wire.closeLingering();
                case AT_ONCE -> wire.close();
                case RESET -> wire.reset();
                case RESET_AFTER_OUTPUT -> resetAfterOutput(wire);
            }
        }

        /** Closes the target's connection. */
        void target(Wire wire) {
            switch (this) {
                case AFTER_OUTPUT -> wire.closeAfterOutput();
                case LINGERING -> closeInOrder(wire);
                case AT_ONCE -> wire.close();
                case RESET -> wire.reset();
                case RESET_AFTER_OUTPUT -> resetAfterOutput(wire);
            }
        }

        /** Says goodbye, which TLS has words for; but what waits is of no use to anybody. */
        private static void closeInOrder(Wire wire) {
            if (wire.isCongested()) {
                wire.close();
            } else {
                wire.closeAfterOutput();
            }
        }

        private static void resetAfterOutput(Wire wire) {
            if (wire.delivery().complete()) {
                wire.reset();
            } else {
                wire.closeLingering();
            }
        }
    }

    /** Ends whose words are always the same. */
    enum Fixed implements SessionEnd {
        /** Both sides have said all. */
        DONE("done", Closing.AFTER_OUTPUT),
        /** The last answer ended, and the client was not done: what else it says is of no use to anybody. */
        ANSWERED_EARLY("done", Closing.LINGERING),
        /** The client of an HTTP relay has closed. */
        CLIENT_LEFT("done", Side.CLIENT),
        /**
         * A side that had ended its stream turned out to have closed: it takes nothing any more, as the other one is
         * told. What it sent before is whole.
         */
        GONE("done", Optional.empty(), OptionalInt.of(Side.CLIENT.status()), Side.CLIENT.left(),
                Closing.RESET_AFTER_OUTPUT),
        /** A DNS query got its answer. */
        DNS_ANSWERED("session closed", Closing.AFTER_OUTPUT),
        /** Nothing was read or written for the session timeout. */
        IDLE("buffer event timeout", "Operation timed out", 504),
        /** The same in the middle of a request, or its body came too slowly. */
        REQUEST_LATE("buffer event timeout", "Operation timed out", 408),
        /** Nothing was read or written for the session timeout, and the kernel moved bytes. */
        SPLICE_IDLE("splice timeout", "Operation timed out", 504),
        /** A DNS query got no answer. */
        DNS_TIMEOUT("udp timeout", "Operation timed out", 504),
        /** The target did not answer the connect. */
        CONNECT_TIMEOUT("connect timeout", "Operation timed out", 504),
        /** No descriptor for the connection to the target became free. */
        EXHAUSTED("connection timed out", "Too many open files", 504),
        /** There is no target, or connecting failed at once. */
        FAILED("session failed", "No route to host", 502),
        /** The packet filter does not know where the client wanted to go, and there is no other target. */
        NAT_LOOKUP("session NAT lookup failed", "No route to host", 502),
        /** The target is the relay itself. */
        LOOP("session aborted", "Too many levels of connections", 502),
        /** A chunk is out of form. */
        INVALID_CHUNK("invalid chunk size", "Invalid argument", 400),
        /** The target sent what no request asked for. */
        UNASKED("unexpected response", Optional.of("Bad message"), OptionalInt.of(502), "unexpected response",
                Closing.AFTER_OUTPUT),
        /** The daemon ends; such sessions leave no line. */
        STOPPED("relay stopped", "Operation canceled", 503),
        /** A fault of relayd; the details are on standard error. */
        INTERNAL("internal error", "internal error", 500);

        private final String text;
        private final Optional<String> detail;
        private final OptionalInt status;
        private final String entry;
        private final Closing closing;

        Fixed(String text, Closing closing) {
            this(text, Optional.empty(), OptionalInt.empty(), text, closing);
        }

        Fixed(String text, Side left) {
            this(text, Optional.empty(), OptionalInt.of(left.status()), left.left(), Closing.AFTER_OUTPUT);
        }

        Fixed(String text, String detail, int status) {
            this(text, Optional.of(detail), OptionalInt.of(status), text, Closing.AT_ONCE);
        }

        Fixed(String text, Optional<String> detail, OptionalInt status, String entry, Closing closing) {
            this.text = text;
            this.detail = detail;
            this.status = status;
            this.entry = entry;
            this.closing = closing;
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public Optional<String> detail() {
            return detail;
        }

        @Override
        public OptionalInt status() {
            return status;
        }

        @Override
        public String entry() {
            return entry;
        }

        @Override
        public Closing closing() {
            return closing;
        }
    }

    /**
     * The connection of one side broke: so does that of the other one.
     *
     * @param side
     *            which one
     * @param text
     *            the system's words, or those of TLS, which the system has others for
     */
    record Broken(Side side, String text) implements SessionEnd {

        @Override
        public Optional<String> detail() {
            return Optional.of(text.startsWith(Fault.OF_TLS) ? PROTOCOL_ERROR : text);
        }

        @Override
        public OptionalInt status() {
            return OptionalInt.of(side.status());
        }

        @Override
        public String entry() {
            return side.left();
        }

        @Override
        public Closing closing() {
            return Closing.RESET;
        }
    }

    /**
     * The target refused, or could not be reached: a client who would be refused there is reset here.
     *
     * @param why
     *            the system's words
     * @param dialect
     *            that of the configuration; sessions of dialect 5.1 do not say why
     */
    record SocketError(String why, Dialect dialect) implements SessionEnd {

        @Override
        public String text() {
            return switch (dialect) {
                case V5_1 -> "socket error";
                case CURRENT -> "socket error: " + why;
            };
        }

        @Override
        public Optional<String> detail() {
            return Optional.of(why);
        }

        @Override
        public OptionalInt status() {
            return OptionalInt.of(502);
        }

        @Override
        public String entry() {
            return text();
        }

        @Override
        public Closing closing() {
            return Closing.RESET;
        }
    }

    /**
     * One side and the relay could not agree on how to speak TLS.
     *
     * @param side
     *            which one
     * @param why
     *            what TLS says; empty if it took too long
     * @param dialect
     *            that of the configuration; sessions of dialect 5.1 do not say why
     * @param closing
     *            what becomes of the connections
     */
    record NoHandshake(Side side, Optional<String> why, Dialect dialect, Closing closing) implements SessionEnd {

        @Override
        public String text() {
            return switch (dialect) {
                case V5_1 -> (side == Side.CLIENT ? "SSL accept " : "SSL connect ")
                        + (why.isPresent() ? "error" : "timeout");
                case CURRENT -> why.map(text -> "TLS handshake error: " + text).orElse("TLS handshake timeout");
            };
        }

        @Override
        public Optional<String> detail() {
            return Optional.of(why.isPresent() ? PROTOCOL_ERROR : "Operation timed out");
        }

        @Override
        public OptionalInt status() {
            return switch (side) {
                case CLIENT -> OptionalInt.empty();
                case TARGET -> OptionalInt.of(why.isPresent() ? side.status() : 504);
            };
        }

        @Override
        public String entry() {
            return text();
        }
    }

    /**
     * The line of a chunk or the trailers grow without end.
     *
     * @param limit
     *            name and value of the limit that they passed
     */
    record LongChunk(String limit) implements SessionEnd {

        @Override
        public String text() {
            return "chunk size too long: " + limit;
        }

        @Override
        public Optional<String> detail() {
            return Optional.of("Message too long");
        }

        @Override
        public OptionalInt status() {
            return OptionalInt.of(400);
        }

        @Override
        public String entry() {
            return text();
        }

        @Override
        public Closing closing() {
            return Closing.AT_ONCE;
        }
    }

    /**
     * The target of an HTTP request left the client without an answer, or with a part of one.
     *
     * @param entry
     *            what happened
     * @param code
     *            status of a gateway for that (RFC 9110 15.6)
     * @param name
     *            name of the status
     * @param page
     *            whether the client got an error page
     */
    record TargetFailed(String entry, int code, String name, boolean page) implements SessionEnd {

        @Override
        public String text() {
            return page ? entry + " (" + code + " " + name + ")" : entry;
        }

        @Override
        public Optional<String> detail() {
            return Optional.of(name);
        }

        @Override
        public OptionalInt status() {
            return OptionalInt.of(code);
        }

        /** The client may still be sending, and gets what there is. */
        @Override
        public Closing closing() {
            return Closing.LINGERING;
        }
    }

    /**
     * An HTTP request was refused, or its answer could not be passed on.
     *
     * @param code
     *            status
     * @param entry
     *            why
     * @param page
     *            name of the status if the client got an error page; else it is no error
     */
    record Refused(int code, String entry, Optional<String> page) implements SessionEnd {

        @Override
        public String text() {
            return page.map(name -> entry + " (" + code + " " + name + ")").orElse(entry);
        }

        @Override
        public Optional<String> detail() {
            return page;
        }

        @Override
        public OptionalInt status() {
            return OptionalInt.of(code);
        }

        @Override
        public Closing closing() {
            return Closing.LINGERING;
        }
    }
}
