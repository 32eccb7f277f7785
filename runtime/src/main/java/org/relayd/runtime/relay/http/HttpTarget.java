package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.runtime.relay.http.head.ConnectionOptions;
import org.relayd.runtime.relay.http.head.HeadWriter;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.TeField;
import org.relayd.runtime.relay.http.rule.FilterSession;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.TargetConnection;
import org.relayd.runtime.relay.wire.Wire;

/**
 * The connection to a target as HTTP sees it: which table it was chosen from, what comes on it, whether it may come
 * from another session and go to another one. It stays from one exchange to the next unless a rule sends a request to
 * another table.
 */
final class HttpTarget implements TargetConnection.Caller {
    private final HttpExchange exchange;
    private final Session session;
    private final TargetConnection connection;
    private final ResponseSide responses;
    private final Reuse reuse;
    private OptionalInt table = OptionalInt.empty();
    private boolean wanted;
    private boolean shown;
    /** The target that left between two requests. */
    private Optional<TargetHost> former = Optional.empty();

    HttpTarget(HttpExchange exchange) {
        this.exchange = exchange;
        session = exchange.session();
        connection = new TargetConnection(session, this);
        responses = new ResponseSide(exchange, this);
        reuse = new Reuse(exchange.http().allowsReuse(), exchange.http().loop().copies());
    }

    /** Returns the wire of the target. */
    Wire wire() {
        return connection.wire();
    }

    /** Returns the target that was chosen last. */
    TargetHost host() {
        return connection.host();
    }

    /** Returns what comes from it. */
    ResponseSide responses() {
        return responses;
    }

    /** Connects before a request is known. */
    void connectEarly() {
        wanted = true;
        connection.connect(exchange.filtered().hashInput(), false);
    }

    /** Tells the target of a request about the connection, unless rules did. */
    void settle(MessageHead head, AskedFor asked) {
        reuse.request(head);
        ConnectionOptions.Written written = ConnectionOptions.settle(head);
        if (written != ConnectionOptions.Written.NOTHING) {
            reuse.written(written);
        } else if (asked.isWebsocket()) {
            ConnectionOptions.add(head, ConnectionOptions.Option.UPGRADE);
        } else if (head.isPassedOnAsOld()) {
            if (asked.isPersistent()) {
                ConnectionOptions.add(head, ConnectionOptions.Option.KEEP_ALIVE);
            }
        } else if (!asked.isPersistent() && !reuse.isAllowed()) {
            ConnectionOptions.add(head, ConnectionOptions.Option.CLOSE);
        }
        if (TeField.asksForTrailers(head)) {
            ConnectionOptions.add(head, ConnectionOptions.Option.TE);
        }
    }

    /**
     * Gets a connection to a host of the table that a rule chose, or of the relay's tables; the present one if it is
     * that.
     */
    void choose(OptionalInt next) {
        boolean other = wanted && !next.equals(table);
        if (other) {
            connection.close();
            responses.reset();
        }
        if (other || !wanted) {
            shown = other || next.isPresent();
            wanted = true;
            table = next;
            FilterSession filtered = exchange.filtered();
            boolean share = reuse.mayShare();
            reuse.connected(false);
            if (next.isPresent()) {
                connection.connect(next.getAsInt(), filtered.hashInput(), share);
            } else {
                connection.connect(filtered.hashInput(), share);
            }
        }
    }

    /** Sends the head of a request, and the first octets of its body, which may be all of it. */
    void send(HeadWriter writer, ByteBuf rest, int count, boolean whole) {
        reuse.sent(writer, rest, count, whole);
        wire().send(writer.octets(), writer.length(), rest, count);
    }

    /** The head of an answer has come. */
    void answered(MessageHead head) {
        reuse.response(head);
    }

    @Override
    public void underway() {
        if (shown || former.filter(left -> !left.equals(host())).isPresent()) {
            exchange.filtered().targetChanged(host().text(), host().port());
        }
    }

    @Override
    public void ready() {
        reuse.connected(connection.isShared());
        exchange.filtered().target(host().address());
        wire().listener(responses);
        wire().read(true);
        // The client may have had to wait because much had come before the connection was there.
        exchange.client().wire().read(true);
    }

    @Override
    public void failed(SessionEnd why) {
        exchange.refuse(why.status().orElseThrow(), why.text());
    }

    /** The session has been idle; true if that is because the target is not there, which has ended it. */
    boolean expired() {
        return connection.expired();
    }

    /**
     * The target left without a word. If its connection was a kept one it may not even have seen the request, which
     * goes to a new one then, once, if it may be sent twice.
     *
     * @return whether it goes
     */
    boolean repeat() {
        if (!reuse.mayRepeat()) {
            return false;
        }
        connection.close();
        responses.reset();
        connection.connectAnew();
        reuse.repeat(wire());
        return true;
    }

    /** The next request may come; the target may have been told that none does on its connection. */
    void next() {
        if (reuse.isLast()) {
            forget();
        }
    }

    /** The target has left between two requests: the next one gets another connection, maybe to another host. */
    void forget() {
        former = Optional.of(host());
        connection.close();
        responses.reset();
        wanted = false;
    }

    /** Nothing is under way on the connection: another session may have it, if it may be shared. */
    void leave() {
        if (wanted && !responses.isEnded() && reuse.isKeepable()) {
            connection.park();
        }
    }

    /** The session has ended. */
    void ended(SessionEnd.Closing closing) {
        connection.ended(closing);
        responses.reset();
        reuse.drop();
    }
}
