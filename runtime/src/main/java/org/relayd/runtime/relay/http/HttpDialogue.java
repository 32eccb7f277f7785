package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.relay.access.AccessEntry;
import org.relayd.runtime.relay.access.SentRequest;
import org.relayd.runtime.relay.http.body.BodyReader;
import org.relayd.runtime.relay.http.head.ConnectionOptions;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.HeadWriter;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;
import org.relayd.runtime.relay.http.head.RequestMethod;
import org.relayd.runtime.relay.http.rule.FilterSession;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.session.Dialogue;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.Side;
import org.relayd.runtime.relay.session.TargetConnection;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.wire.Wire;

/**
 * An HTTP session. Each request is parsed, filtered, written anew and sent to the target; its response comes back the same way before the next request is looked at. The target is connected when the
 * first request has passed the rules and stays for the session, unless a rule sends a request to another table.
 */
public final class HttpDialogue implements Dialogue, TargetConnection.Caller {
    private static final byte[] CLOSE = Octets.of("close");
    private static final byte[] KEEP_ALIVE = Octets.of("keep-alive");
    private static final byte[] UPGRADE = Octets.of("upgrade");

    private final Session session;
    private final Wire client;
    private final HttpRelay http;
    private final TargetConnection target;
    private final FilterSession state;
    private final Exchange exchange = new Exchange();
    private final RequestSide requests;
    private final ResponseSide responses;
    private boolean hasTarget;
    private boolean showsTarget;
    private boolean closing;
    private OptionalInt table = OptionalInt.empty();
    private final Reuse reuse;
    private final AccessTrail access;

    /** Makes the dialogue of a session with a client. */
    public HttpDialogue(HttpRelay http, Session session, Wire client) {
        this.session = session;
        this.client = client;
        this.http = http;
        target = new TargetConnection(session, this);
        requests = new RequestSide(this);
        responses = new ResponseSide(this);
        reuse = new Reuse(http.allowsReuse());
        access = AccessTrail.of(this);
        state = new FilterSession(http.listen(), http.timeout(), session.clientAddress(),
                () -> IpAddress.of(client.localAddress().getAddress()), new HashInput(), http.relay().keepsEntries());
    }

    HttpRelay http() {
        return http;
    }

    Session session() {
        return session;
    }

    Wire client() {
        return client;
    }

    Wire target() {
        return target.wire();
    }

    boolean isEnded() {
        return session.isEnded();
    }

    @Override
    public void begin(ByteBuf come) {
        client.listener(requests);
        if (!http.filter().connectsLate()) {
            hasTarget = true;
            target.connect(state.hashInput(), false);
        }
        if (come.isReadable()) {
            requests.received(come);
        }
        client.read(true);
    }

    /** A request has come; {@code rest} is what was received behind its head. */
    void request(MessageHead head, ByteBuf rest) {
        exchange.begin(head);
        access.begin(head);
        Optional<HttpFilter.Refusal> refusal = head.isWebsocket() ? Websockets.check(head, http.allowsWebsockets())
                : Optional.empty();
        if (refusal.isEmpty()) {
            clean(head);
            state.beginRequest();
            refusal = http.filterRequest(head, state);
            session.tag(state.tag());
        }
        if (http.entersMethods()) {
            state.enter(" " + head.method().text());
        }
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
        requests.body().beginRequest(head);
        reuse.request(head);
        connectionOfRequest(head);
        write(head, true);
        HeadVerdict next = hasTarget ? HeadVerdict.INCOMPLETE : previewAfter(rest);
        if (next.isFault()) {
            refuse(next.status(), next.reason());
            return;
        }
        chooseTarget();
        if (!isEnded()) {
            sendRequest(rest);
        }
    }

    /** What came is no request: {@code octets} begin with it. */
    void malformed(HeadVerdict verdict, ByteBuf octets) {
        exchange.begin();
        access.beginMalformed(octets);
        refuse(verdict.status(), verdict.reason());
    }

    /** Takes out what must not reach rules or target. */
    private void clean(MessageHead head) {
        if (head.hasUnderscoreName()) {
            OwnedFields.dropLookalikes(head, http.ownedFields())
                    .ifPresent(name -> http.relay().log().info("relay " + http.relay().path().name() + ", session "
                            + session.id() + ": dropped header field " + name));
        }
        ConnectionOptions.removeHopByHop(head);
        if (exchange.isWebsocket()) {
            ConnectionOptions.offerWebsocket(head);
        } else if (head.hasUpgrade()) {
            ConnectionOptions.removeUpgrade(head);
        }
    }

    private void connectionOfRequest(MessageHead head) {
        ConnectionOptions.Written written = ConnectionOptions.settle(head);
        if (written != ConnectionOptions.Written.NOTHING) {
            reuse.written(written);
            return;
        }
        if (exchange.isWebsocket()) {
            ConnectionOptions.add(head, UPGRADE);
        } else if (!exchange.isPersistent() && exchange.minorVersion() > 0 && !reuse.isAllowed()) {
            ConnectionOptions.add(head, CLOSE);
        } else if (exchange.isPersistent() && exchange.minorVersion() == 0) {
            ConnectionOptions.add(head, KEEP_ALIVE);
        }
    }

    private void write(MessageHead head, boolean request) {
        if (http.filter().sortsFields()) {
            http.loop().writer().writeSorted(head, request);
        } else {
            http.loop().writer().writeInOrder(head, request);
        }
    }

    /** What is known of the bytes behind a whole request; a malformed request behind the first one keeps the session from connecting at all, as in the original. */
    private HeadVerdict previewAfter(ByteBuf rest) {
        BodyReader body = requests.body();
        if (body.kind() == BodyReader.Kind.ENDED) {
            return requests.preview(rest);
        }
        long length = body.blind();
        if (body.kind() != BodyReader.Kind.LENGTH || length >= rest.readableBytes()) {
            return HeadVerdict.INCOMPLETE;
        }
        return requests.previewBehind(rest, (int) length);
    }

    private void chooseTarget() {
        OptionalInt wanted = state.table();
        boolean other = hasTarget && !wanted.equals(table);
        if (other) {
            target.close();
            responses.reset();
        }
        if (other || !hasTarget) {
            showsTarget = other || wanted.isPresent();
            hasTarget = true;
            table = wanted;
            boolean share = reuse.isAllowed() && reuse.isRepeatable();
            if (wanted.isPresent()) {
                target.connect(wanted.getAsInt(), state.hashInput(), share);
            } else {
                target.connect(state.hashInput(), share);
            }
        }
    }

    private void sendRequest(ByteBuf rest) {
        HeadWriter writer = http.loop().writer();
        BodyReader body = requests.body();
        exchange.routed();
        responses.await();
        reuse.sent(writer);
        requests.beginBody();
        if (exchange.method() == RequestMethod.CONNECT) {
            requests.waitForAnswer();
        }
        if (body.kind() != BodyReader.Kind.LENGTH || !rest.isReadable()) {
            target().send(writer.octets(), writer.length());
            return;
        }
        int count = (int) Math.min(body.blind(), rest.readableBytes());
        target().send(writer.octets(), writer.length(), rest, count);
        exchange.countRequest(count);
        requests.sent(count, Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void underway() {
        if (showsTarget) {
            state.targetChanged(session.host().text(), session.host().port());
        }
    }

    /** The target closed before it answered. If it was a kept connection that closed meanwhile, the request goes to a new one. */
    private boolean repeat() {
        Optional<byte[]> head = reuse.takeCopy();
        if (head.isEmpty()) {
            return false;
        }
        target.close();
        responses.reset();
        target.connectAnew();
        if (!isEnded()) {
            target().send(head.get(), head.get().length);
            responses.await();
        }
        return true;
    }

    @Override
    public void ready() {
        if (target.isShared()) {
            reuse.begin();
        }
        state.target(session.host().address());
        target().listener(responses);
        target().read(true);
        // The client may have had to wait because much had come before the connection was there.
        client().read(true);
    }

    @Override
    public void failed(SessionEnd why) {
        refuse(why.status().orElseThrow(), why.text());
    }

    /** A response has come; {@code rest} is what was received behind its head. */
    void response(MessageHead head, ByteBuf rest) {
        reuse.response(head);
        if (head.status() < 200) {
            interim(head);
            return;
        }
        ConnectionOptions.removeHopByHop(head);
        if (head.hasUpgrade()) {
            ConnectionOptions.removeUpgrade(head);
        }
        boolean tunnel = exchange.method() == RequestMethod.CONNECT && head.status() < 300;
        if (tunnel && (head.isChunked() || head.hasContentLength())) {
            // A target that speaks of a body opened no tunnel (RFC 9110 9.3.6): it would read the rest as requests.
            badGateway();
            return;
        }
        responses.body().beginResponse(head, exchange.isBodiless(head.status()) || tunnel);
        Optional<HttpFilter.Refusal> refusal = http.filterResponse(head, state);
        session.tag(state.tag());
        if (refusal.isPresent()) {
            state.endResponse();
            refuse(refusal.get());
            return;
        }
        if (!tunnel) {
            connectionOfResponse(head);
        }
        exchange.answered();
        access.answered(head.status());
        write(head, false);
        if (tunnel) {
            sendHead();
            tunnel();
        } else {
            sendResponse(rest);
        }
    }

    private void connectionOfResponse(MessageHead head) {
        ConnectionOptions.Written written = ConnectionOptions.settle(head);
        BodyReader body = responses.body();
        if (head.isChunked() && exchange.minorVersion() == 0) {
            ConnectionOptions.removeCoding(head);
            body.decode();
        }
        boolean untilClose = body.kind() == BodyReader.Kind.UNTIL_CLOSE
                || (body.isDecoded() && !body.isEnded());
        closing = untilClose || !exchange.isPersistent() || !head.isPersistent() || !requests.isComplete()
                || written == ConnectionOptions.Written.CLOSE;
        if (written != ConnectionOptions.Written.NOTHING) {
            return;
        }
        if (closing) {
            ConnectionOptions.add(head, CLOSE);
        } else if (exchange.minorVersion() == 0) {
            ConnectionOptions.add(head, KEEP_ALIVE);
        }
    }

    private void sendHead() {
        HeadWriter writer = http.loop().writer();
        client().send(writer.octets(), writer.length());
    }

    private void sendResponse(ByteBuf rest) {
        BodyReader body = responses.body();
        HeadWriter writer = http.loop().writer();
        responses.beginBody();
        int count = body.kind() == BodyReader.Kind.CHUNKED ? 0 : (int) Math.min(body.blind(), rest.readableBytes());
        client().send(writer.octets(), writer.length(), rest, count);
        exchange.countResponse(count);
        if (body.isEnded()) {
            responses.bodyOver(rest);
        } else {
            responses.sent(count, rest);
        }
    }

    /** A 1xx response: only a websocket may be switched to, everything else is passed on to clients that know it. */
    private void interim(MessageHead head) {
        if (head.status() == 101) {
            if (!Websockets.isAccepted(head, exchange)) {
                refuse(502, "Bad Websocket Gateway");
                return;
            }
            ConnectionOptions.removeHopByHop(head);
            exchange.answered();
            access.answered(head.status());
            write(head, false);
            sendHead();
            tunnel();
        } else if (!exchange.countInterim()) {
            badGateway();
        } else if (exchange.minorVersion() > 0) {
            ConnectionOptions.removeHopByHop(head);
            ConnectionOptions.settle(head);
            write(head, false);
            sendHead();
        }
    }

    private void tunnel() {
        exchange.tunnels();
        state.endResponse();
        responses.tunnel();
        requests.tunnel();
    }

    /**
     * All of the response has gone to the client.
     *
     * @param surplus
     *            whether the target sent more than the response
     */
    void responseEnded(boolean surplus) {
        state.endResponse();
        access.complete();
        if (!requests.isComplete()) {
            // The answer came before all of the request: the rest of it is of no use to anybody.
            session.end(SessionEnd.Fixed.ANSWERED_EARLY);
        } else if (closing || surplus || responses.isEnded()) {
            if (!surplus && !responses.isEnded() && reuse.isKeepable()) {
                target.park();
            }
            session.end(SessionEnd.Fixed.DONE);
        } else {
            exchange.end();
            requests.next();
        }
    }

    /** One side of a tunnel sends no more. */
    void halfClosed(Wire other) {
        if (requests.isEnded() && responses.isEnded()) {
            session.end(SessionEnd.Fixed.DONE);
        } else {
            other.shutdownOutput();
        }
    }

    /** The client has closed where that ends the session. */
    void clientLeft() {
        if (requests.isIdle() && responses.isIdle() && hasTarget && reuse.isKeepable()) {
            target.park();
        }
        session.end(SessionEnd.Fixed.CLIENT_LEFT);
    }

    /** The target has closed where that ends the session. */
    void targetLeft() {
        if (!repeat()) {
            session.end(SessionEnd.Fixed.TARGET_LEFT);
        }
    }

    /** The connection to the client broke. */
    void clientBroken(String reason) {
        session.end(new SessionEnd.Broken(Side.CLIENT, reason));
    }

    /** The connection to the target broke. */
    void targetBroken(String reason) {
        if (!repeat()) {
            session.end(new SessionEnd.Broken(Side.TARGET, reason));
        }
    }

    /** The target's response cannot be passed on. */
    void badGateway() {
        refuse(502, "Bad Gateway");
    }

    /** Refuses the present request and ends the session. */
    void refuse(int status, String reason) {
        refuse(new HttpFilter.Refusal(status, reason, Optional.empty()));
    }

    private void refuse(HttpFilter.Refusal refusal) {
        Optional<ErrorPage> page = exchange.isAnswered() ? Optional.empty() : http.page();
        if (page.isPresent()) {
            byte[] octets = page.get().of(refusal.status(), refusal.reason(), refusal.label());
            client().send(octets, octets.length);
            exchange.countResponse(ErrorPage.bodyLength(octets));
        }
        session.end(new SessionEnd.Refused(refusal.status(), refusal.reason(),
                page.map(_ -> http.statusName(refusal.status()))));
    }

    @Override
    public void idle() {
        // A target that is connected early may not be there yet although the client has begun to speak.
        if (!target.expired()) {
            session.end(requests.isComplete() ? SessionEnd.Fixed.IDLE : SessionEnd.Fixed.REQUEST_LATE);
        }
    }

    /** What the access log shows of the present exchange. */
    AccessEntry entry(SentRequest sent, long time, long duration, int status, Optional<String> reason) {
        return new AccessEntry(http.relay().path().name(), http.protocol(), session.clientAddress(), sent, time,
                duration, status,
                exchange.requestOctets(), exchange.responseOctets(),
                exchange.isRouted() ? session.host() : TargetHost.none(new Port(0)), session.tag(), state.label(),
                reason);
    }

    Exchange exchange() {
        return exchange;
    }

    @Override
    public void ended(SessionEnd end) {
        access.ended(end);
        end.closing().client(client);
        target.ended(end.closing());
        requests.discard();
        responses.reset();
    }

    @Override
    public String entries() {
        return state.entries();
    }
}
