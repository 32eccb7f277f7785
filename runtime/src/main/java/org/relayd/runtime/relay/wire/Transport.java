package org.relayd.runtime.relay.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.parent.OpenSocket;

/** Makes the wires of one event loop. */
public interface Transport {

    /**
     * Accepts connections from a listening socket, from when its {@link Arrivals#areReady}, or a second has passed. To
     * be called on the loop.
     *
     * @param socket
     *            belongs to the listener from now on
     * @throws IOException
     *             if the socket cannot be used; it is closed then
     */
    Listener listen(OpenSocket socket, TcpSettings tcp, Arrivals arrivals) throws IOException;

    /**
     * Connects. To be called on the loop; the answer comes during the call or later, once.
     *
     * @return the attempt, to give it up
     */
    Attempt connect(InetSocketAddress address, TcpSettings tcp, ConnectOutcome outcome);

    /**
     * Connects a socket that is bound already. To be called on the loop; the answer comes during
     * the call or later, once.
     *
     * @param socket
     *            belongs to the connection from now on
     * @return the attempt, to give it up
     */
    Attempt connect(OpenSocket socket, InetSocketAddress address, TcpSettings tcp, ConnectOutcome outcome);

    /**
     * Counts the sessions of the loop that have a client and may still need a descriptor for their target, so that
     * clients are not accepted for whom none would be left. On the loop.
     *
     * @param change
     *            1 when a session begins, -1 when it has its connection to the target or needs none any more
     */
    void expectTarget(int change);

    /** Lets go of what the loop keeps, and closes wires that linger; no session has one any more. On the loop. */
    void close();

    /** A socket that accepts connections. */
    interface Listener {

        /** Accepts those who wait already, if that can be told, then closes. On the loop. */
        void finish();

        /** Accepts no more and closes the socket. On the loop. */
        void close();
    }

    /** Gets accepted connections. */
    interface Arrivals {

        /** Returns whether clients can be served; those who come earlier wait. On the loop. */
        default boolean areReady() {
            return true;
        }

        /** A client has come. */
        void arrived(Wire client);

        /**
         * Connections are not accepted for the next second.
         *
         * @param why
         *            mostly that there are too few descriptors, see {@link Fault#isExhaustion}
         */
        void deferred(Fault why);
    }

    /** A connect under way. */
    interface Attempt {

        /**
         * Gives it up: its outcome is not told any more. If the other end has the connection already it gets a reset,
         * as nobody was there who could have said anything.
         */
        void cancel();
    }

    /** Gets the outcome of a connect. */
    interface ConnectOutcome {

        /** The connection is there. */
        void connected(Wire wire);

        /** There is none. */
        void failed(Failure failure);
    }

    /**
     * Why a connect failed.
     *
     * @param fault
     *            what was said
     * @param cause
     *            what kind of failure it is
     */
    record Failure(Fault fault, Cause cause) {

        /** A socket that could not be made. */
        public static Failure atOnce(Fault fault) {
            return new Failure(fault, fault.isExhaustion() ? Cause.EXHAUSTED : Cause.AT_ONCE);
        }

        /** A bound socket of another kind of transport was given, and is closed. */
        public static Failure unusable(OpenSocket socket) {
            socket.discard();
            return new Failure(Fault.said("not a socket of this transport"), Cause.AT_ONCE);
        }

        /** Returns what was said, for the user. */
        public String text() {
            return fault.text();
        }
    }

    /** Kinds of failed connects. */
    enum Cause {
        /** The call itself failed, e.g. the network is unreachable: another attempt may help. */
        AT_ONCE,
        /** The other side refused, or an error came later. */
        REFUSED,
        /** No descriptor is left. */
        EXHAUSTED
    }
}
