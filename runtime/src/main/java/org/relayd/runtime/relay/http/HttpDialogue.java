package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.relayd.ir.term.Direction;
import org.relayd.runtime.relay.http.body.BodyReader;
import org.relayd.runtime.relay.http.filter.Refusal;
import org.relayd.runtime.relay.http.head.ConnectionOptions;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.HeadWriter;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.session.Dialogue;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.Side;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Wire;

/**
 * HTTP/1 with a client: its connection holds exchanges, one after the other. Each request is parsed, filtered, written
 * anew and sent to the target; its answer comes back the same way before the next request is looked at.
 */
public final class HttpDialogue implements Dialogue, HttpExchange.Client {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final HttpRelay http;
    private final Session session;
    private final Wire client;
    private final HttpExchange exchange;
    private final RequestSide requests;
    /** Whether the present exchange is the last one. */
    private boolean closing;
    /** Whether the client goes on with another relay. */
    private boolean handedOn;

    /** Makes the dialogue of a session with a client. */
    public HttpDialogue(HttpRelay http, Session session, Wire client) {
        this.http = http;
        this.session = session;
        this.client = client;
        exchange = new HttpExchange(http, session, this);
        requests = new RequestSide(exchange, this);
    }

    @Override
    public void begin(ByteBuf come) {
        client.listener(requests);
        if (session.hasReserved() || !http.filter().connectsLate()) {
            exchange.target().connectEarly();
        }
        if (come.isReadable()) {
            requests.received(come);
        }
        client.read(true);
    }

    /**
     * A request begins. If a reload has put another relay in the place of this one it is for that one, whose rules are
     * those that hold now; if it has put none there, nobody serves it.
     *
     * @param come
     *            what the client has sent of it, and after it
     * @return whether this session has ended so
     */
    boolean handOn(ByteBuf come) {
        Optional<HttpRelay.Successor> successor = http.successor();
        if (successor.isEmpty() && !http.isRetired()) {
            return false;
        }
        handedOn = successor.isPresent();
        leave(handedOn ? SessionEnd.Fixed.DONE : SessionEnd.Fixed.ANSWERED_EARLY);
        successor.ifPresent(next -> next.go(client, session.admitted(), come, requests.isEnded()));
        return true;
    }

    /** Ends the session while nothing is under way; another one may use the connection to the target. */
    private void leave(SessionEnd why) {
        exchange.target().leave();
        session.end(why);
    }

    @Override
    public void retired() {
        if (exchange.progress() == Progress.BETWEEN && !requests.isWaiting()) {
            leave(SessionEnd.Fixed.DONE);
        }
    }

    @Override
    public void clientEnded() {
        requests.ended();
    }

    /** A request has come; {@code rest} is what was received after its head. */
    void request(MessageHead head, ByteBuf rest) {
        Optional<Refusal> refusal = exchange.begin(head).or(this::misdirected);
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
        BodyReader body = requests.body();
        body.beginRequest(head);
        exchange.write(head);
        int count = body.kind() == BodyReader.Kind.LENGTH ? (int) Math.min(body.blind(), rest.readableBytes()) : 0;
        boolean whole = body.kind() != BodyReader.Kind.CHUNKED && body.blind() == count;
        if (exchange.send(rest, count, whole)) {
            requests.begun(count);
        }
    }

    /**
     * Returns why a request came over the wrong connection, if it did (RFC 9110 15.5.20). All names of a relay are
     * under one policy, so a request may be for another one than the client named when it shook hands; but a reload may
     * have made that policy another one.
     */
    private Optional<Refusal> misdirected() {
        return http.relay().tls().admits(session.admitted()) ? Optional.empty()
                : Optional.of(Refusal.of(Refusal.Reason.MISDIRECTED, Optional.empty()));
    }

    /** What came is no request: {@code octets} begin with it. */
    void malformed(HeadVerdict verdict, ByteBuf octets) {
        exchange.malformed(octets);
        exchange.refuse(verdict.status(), verdict.reason(http.headLimit()));
    }

    /** There is no memory for the rest of a head. */
    void crowded(ByteBuf octets) {
        exchange.malformed(octets);
        exchange.refuse(SERVICE_UNAVAILABLE, "no memory for more of the request");
    }

    @Override
    public Wire wire() {
        return client;
    }

    @Override
    public void settle(MessageHead head) {
        ConnectionOptions.Written written = ConnectionOptions.settle(head);
        AskedFor asked = exchange.asked();
        BodyReader body = exchange.target().responses().body();
        if (head.isChunked() && asked.isOld()) {
            ConnectionOptions.removeCoding(head);
            body.decode();
        }
        closing = body.endsWithConnection() || http.closes() || !asked.isPersistent() || !head.isPersistent()
                || !exchange.progress().hasWholeRequest() || written == ConnectionOptions.Written.CLOSE;
        if (closing && written != ConnectionOptions.Written.CLOSE) {
            ConnectionOptions.add(head, ConnectionOptions.Option.CLOSE);
        } else if (asked.isOld() && written == ConnectionOptions.Written.NOTHING) {
            ConnectionOptions.add(head, ConnectionOptions.Option.KEEP_ALIVE);
        }
        if (ConnectionOptions.offersUpgrade(head)) {
            ConnectionOptions.add(head, ConnectionOptions.Option.UPGRADE);
        }
    }

    @Override
    public void send(MessageHead head, ByteBuf rest, int count) {
        http.write(head, Direction.RESPONSE);
        HeadWriter writer = http.loop().writer();
        BodyReader body = exchange.target().responses().body();
        if (closing && body.kind() != BodyReader.Kind.CHUNKED && body.blind() == count) {
            client.sendLast(writer.octets(), writer.length(), rest, count);
        } else {
            client.send(writer.octets(), writer.length(), rest, count);
        }
    }

    @Override
    public void tunnel() {
        requests.tunnel();
    }

    @Override
    public void answered(boolean surplus) {
        if (!exchange.progress().hasWholeRequest()) {
            // The answer came before all of the request: the rest of it is of no use to anybody.
            session.end(SessionEnd.Fixed.ANSWERED_EARLY);
        } else if (closing || http.isRetired() || surplus || (http.closes() && !requests.isAhead())) {
            if (!surplus) {
                exchange.target().leave();
            }
            session.end(requests.isAhead() ? SessionEnd.Fixed.ANSWERED_EARLY : SessionEnd.Fixed.DONE);
        } else {
            exchange.next();
            requests.next();
        }
    }

    @Override
    public boolean isEnded() {
        return requests.isEnded();
    }

    @Override
    public void halfClosed(Wire other) {
        if (requests.isEnded() && exchange.target().responses().isEnded()) {
            session.end(SessionEnd.Fixed.DONE);
        } else {
            other.shutdownOutput();
        }
    }

    /** The client has closed where that ends the session. */
    void left() {
        if (exchange.progress() == Progress.BETWEEN && !requests.isWaiting()) {
            exchange.target().leave();
        }
        session.end(SessionEnd.Fixed.CLIENT_LEFT);
    }

    /** The connection to the client broke. */
    void broken(Fault reason) {
        boolean last = reason.isCutOff() && exchange.target().responses().isEnded();
        session.end(requests.isEnded() || last ? SessionEnd.Fixed.GONE
                : new SessionEnd.Broken(Side.CLIENT, reason.text()));
    }

    /** The body of a request passed a limit. */
    void tooLong(String limit) {
        SessionEnd end = new SessionEnd.LongChunk(limit);
        if (page().isPresent()) {
            exchange.refuse(end.status().orElseThrow(), end.text());
        } else {
            session.end(end);
        }
    }

    /** Returns the page for a client that can still get one. */
    private Optional<ErrorPage> page() {
        return exchange.progress().isAnswered() ? Optional.empty() : http.page();
    }

    @Override
    public void refuse(Refusal refusal) {
        boolean page = sendPage(refusal);
        session.end(new SessionEnd.Refused(refusal.status(), refusal.logged(),
                page ? Optional.of(http.statusName(refusal.status())) : Optional.empty()));
    }

    @Override
    public void targetFailed(String why) {
        Refusal refusal = Refusal.of(Refusal.Reason.BAD_GATEWAY, why);
        session.end(targetFailed(why, refusal, sendPage(refusal)));
    }

    private SessionEnd targetFailed(String why, Refusal refusal, boolean page) {
        return new SessionEnd.TargetFailed(why, refusal.status(), http.statusName(refusal.status()), page);
    }

    /** Sends an error page; none if the protocol has none, or if an answer has begun. */
    private boolean sendPage(Refusal refusal) {
        Optional<ErrorPage> page = page();
        if (page.isPresent()) {
            byte[] octets = page.get().of(refusal.status(), refusal.reason(), refusal.label());
            int body = exchange.asked().isHead() ? 0 : ErrorPage.bodyLength(octets);
            client.sendLast(octets, ErrorPage.headLength(octets) + body, Unpooled.EMPTY_BUFFER, 0);
            exchange.countResponse(body);
        }
        return page.isPresent();
    }

    @Override
    public long quiet() {
        return Math.min(client.delivery().quiet(), exchange.target().wire().delivery().quiet());
    }

    @Override
    public void idle() {
        // A target that is connected early may not be there yet although the client has begun to speak.
        if (!exchange.target().expired()) {
            session.end(switch (exchange.progress()) {
                case WAITING -> targetLate();
                // A client that has to wait for its target is not late.
                case REQUESTING -> exchange.target().wire().isCongested() ? targetLate()
                        : SessionEnd.Fixed.REQUEST_LATE;
                case ANSWERING, TUNNEL, OVER -> SessionEnd.Fixed.IDLE;
                case BETWEEN, CROSSING -> SessionEnd.Fixed.REQUEST_LATE;
            });
        }
    }

    private SessionEnd targetLate() {
        SessionEnd late = SessionEnd.Fixed.IDLE;
        Refusal refusal = new Refusal(late.status().orElseThrow(), late.text(), Optional.empty(), Optional.empty());
        return sendPage(refusal) ? targetFailed(late.text(), refusal, true) : late;
    }

    @Override
    public String entries() {
        return exchange.filtered().entries();
    }

    @Override
    public void ended(SessionEnd end) {
        if (!handedOn) {
            SessionEnd.Closing closing = exchange.isAnswerCutUnseen() ? SessionEnd.Closing.RESET : end.closing();
            closing.client(client);
        }
        exchange.ended(end);
        requests.discard();
    }
}
