package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.Direction;
import org.relayd.runtime.relay.access.AccessEntry;
import org.relayd.runtime.relay.access.SentRequest;
import org.relayd.runtime.relay.http.filter.Refusal;
import org.relayd.runtime.relay.http.head.ConnectionOptions;
import org.relayd.runtime.relay.http.head.HeadWriter;
import org.relayd.runtime.relay.http.head.HostField;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.MessageLimit;
import org.relayd.runtime.relay.http.head.TeField;
import org.relayd.runtime.relay.http.rule.FilterSession;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.wire.Wire;

/**
 * A request and its answer: what rules say of both, the way to a target and back, what the logs tell. One object serves
 * one exchange after the other. It knows of the connection to the client only what {@link Client} says; that to the
 * target is {@link HttpTarget}.
 */
final class HttpExchange {
    /** Interim responses that a target may send before the final one. */
    private static final int MOST_INTERIM = 32;
    private static final int SWITCHING = 101;
    /** RFC 9110 15.5.22: tells which protocols would do. */
    private static final int UPGRADE_REQUIRED = 426;

    private final HttpRelay http;
    private final Session session;
    private final Client client;
    private final FilterSession filtered;
    private final AccessTrail access;
    private final AskedFor asked = new AskedFor();
    private final HttpTarget target;
    private Progress progress = Progress.BETWEEN;
    private int interim;
    /** Whether a target has been looked for. */
    private boolean routed;
    private long requestOctets;
    private long responseOctets;

    /** Where requests come from and answers go to: a connection, or what stands for one exchange on it. */
    interface Client {

        /** Gets the octets of answers. */
        Wire wire();

        /** Rules have seen the head of a final answer: makes it and its body fit for this client. */
        void settle(MessageHead head);

        /** Sends the head of an answer, and the first octets of a buffer after it. */
        void send(MessageHead head, ByteBuf rest, int count);

        /** Answers in place of a target, or not at all; that ends the session. */
        void refuse(Refusal refusal);

        /**
         * The target has failed before all of its answer had come: answers in its place if nothing of it has gone. That
         * ends the session.
         *
         * @param why
         *            what happened
         */
        void targetFailed(String why);

        /** From now on both sides say what they like. */
        void tunnel();

        /** Returns whether it sends no more. */
        boolean isEnded();

        /** One side of a tunnel sends no more; {@code other} is the wire of the other one. */
        void halfClosed(Wire other);

        /**
         * All of the answer has gone to the client.
         *
         * @param surplus
         *            whether the target sent more than that
         */
        void answered(boolean surplus);
    }

    HttpExchange(HttpRelay http, Session session, Client client) {
        this.http = http;
        this.session = session;
        this.client = client;
        access = AccessTrail.of(this);
        filtered = new FilterSession(http.listen(), http.timeout(), session.clientAddress(),
                () -> IpAddress.of(session.client().localAddress().getAddress()), new HashInput(),
                http.relay().keepsEntries());
        target = new HttpTarget(this);
    }

    HttpRelay http() {
        return http;
    }

    Session session() {
        return session;
    }

    Client client() {
        return client;
    }

    HttpTarget target() {
        return target;
    }

    /** Returns how far it is. */
    Progress progress() {
        return progress;
    }

    AskedFor asked() {
        return asked;
    }

    /** Returns what rules see of the session and set. */
    FilterSession filtered() {
        return filtered;
    }

    /** Begins with something that is no request; {@code octets} begin with it. */
    void malformed(ByteBuf octets) {
        begin();
        asked.beginMalformed(octets);
        access.beginMalformed(octets);
    }

    private void begin() {
        interim = 0;
        routed = false;
        requestOctets = 0;
        responseOctets = 0;
    }

    /**
     * Begins with a request.
     *
     * @return why it must not go on, if it must not; else {@link #send} follows
     */
    Optional<Refusal> begin(MessageHead head) {
        begin();
        asked.begin(head);
        access.begin(head);
        Optional<Refusal> refusal = head.isWebsocket() ? Websockets.check(head, http.allowsWebsockets())
                : Optional.empty();
        if (refusal.isEmpty()) {
            clean(head);
            filtered.beginRequest();
            refusal = http.filterRequest(head, filtered);
            session.tag(filtered.tag());
        }
        if (http.entersMethods()) {
            filtered.enter(" " + head.methodText());
        }
        return refusal;
    }

    /** Takes out what must not reach rules or target. */
    private void clean(MessageHead head) {
        HostField.settle(head);
        if (head.hasUnderscoreName()) {
            http.ownedFields().dropLookalikes(head)
                    .ifPresent(name -> http.relay().log().info("relay " + http.relay().path().name() + ", session "
                            + session.id() + ": dropped header field " + name));
        }
        ConnectionOptions.removeHopByHop(head);
        if (asked.isWebsocket()) {
            ConnectionOptions.offerWebsocket(head);
        } else if (head.hasUpgrade()) {
            ConnectionOptions.removeUpgrade(head);
        }
        if (head.hasTe()) {
            TeField.settle(head);
        }
    }

    /** Writes the head for the target; it stays in the loop's writer until {@link #send}. */
    void write(MessageHead head) {
        target.settle(head, asked);
        http.write(head, Direction.REQUEST);
    }

    /**
     * Sends the request that was written to a target.
     *
     * @param rest
     *            first octets of the body
     * @param count
     *            how many
     * @param whole
     *            whether that is all of it
     * @return whether it is on its way; else the session has ended
     */
    boolean send(ByteBuf rest, int count, boolean whole) {
        routed = true;
        target.choose(filtered.table());
        if (progress == Progress.OVER) {
            return false;
        }
        progress = whole || asked.isConnect() ? Progress.WAITING : Progress.REQUESTING;
        HeadWriter writer = http.loop().writer();
        target.send(writer, rest, count, whole);
        requestOctets += count;
        return true;
    }

    /** Octets went to the target after the head of the request. */
    void countRequest(long octets) {
        requestOctets += octets;
    }

    /** Octets went to the client after the head of the answer. */
    void countResponse(long octets) {
        responseOctets += octets;
    }

    /** All of the request has come. */
    void requestWhole() {
        progress = progress.requestWhole();
    }

    /** The head of an answer has come; {@code rest} is what was received after it. */
    void response(MessageHead head, ByteBuf rest) {
        if (head.status() < 200) {
            interim(head);
            return;
        }
        cleanResponse(head);
        boolean tunnel = asked.isConnect() && head.status() < 300;
        if (tunnel && (head.isChunked() || head.hasContentLength())) {
            // A target that speaks of a body opened no tunnel (RFC 9110 9.3.6): it would read the rest as requests.
            badGateway("CONNECT answered with a body");
            return;
        }
        target.responses().body().beginResponse(head, asked.hasBodiless(head.status()) || tunnel);
        Optional<Refusal> refusal = http.filterResponse(head, filtered);
        session.tag(filtered.tag());
        if (refusal.isPresent()) {
            filtered.endResponse();
            client.refuse(refusal.get());
        } else if (tunnel) {
            tunnel(head);
        } else {
            client.settle(head);
            access.answered(head.status());
            progress = progress.answerBegun();
            target.responses().begin(head, rest);
        }
    }

    /** Takes out what must not reach rules or client; a protocol is offered only where the status is about that. */
    private static void cleanResponse(MessageHead head) {
        ConnectionOptions.removeHopByHop(head);
        if (head.hasUpgrade() && head.status() != SWITCHING && head.status() != UPGRADE_REQUIRED) {
            ConnectionOptions.removeUpgrade(head);
        }
    }

    /** A 1xx answer: only a websocket may be switched to, everything else is passed on to clients that know it. */
    private void interim(MessageHead head) {
        if (head.status() == SWITCHING) {
            if (!Websockets.isAccepted(head, asked)) {
                refuse(Refusal.Reason.WEBSOCKET_GATEWAY);
            } else if (passesRules(head)) {
                tunnel(head);
            }
        } else if (++interim > MOST_INTERIM) {
            badGateway(MessageLimit.INTERIM.passed(MOST_INTERIM));
        } else if (!asked.isOld() && passesRules(head)) {
            ConnectionOptions.settle(head);
            client.send(head, Unpooled.EMPTY_BUFFER, 0);
        }
    }

    /** Has the rules for responses look at an interim one; if they block it, the request is refused. */
    private boolean passesRules(MessageHead head) {
        cleanResponse(head);
        if (head.status() != SWITCHING && !http.judgesInterim()) {
            return true;
        }
        Optional<Refusal> refusal = http.filterResponse(head, filtered);
        session.tag(filtered.tag());
        if (refusal.isPresent()) {
            filtered.endResponse();
            client.refuse(refusal.get());
        }
        return refusal.isEmpty();
    }

    private void tunnel(MessageHead head) {
        access.answered(head.status());
        client.send(head, Unpooled.EMPTY_BUFFER, 0);
        filtered.endResponse();
        progress = Progress.TUNNEL;
        client.tunnel();
    }

    /** All of the answer has gone to the client; {@code surplus} if the target sent more than that. */
    void answerOver(boolean surplus) {
        filtered.endResponse();
        access.complete();
        client.answered(surplus);
    }

    /**
     * The next request may come: what goes wrong from now on belongs to that one, which can still be answered with a
     * page.
     */
    void next() {
        progress = Progress.BETWEEN;
        target.next();
    }

    /** Returns whether an answer is under way that looks whole to the client wherever it stops. */
    boolean isAnswerCutUnseen() {
        return progress.givesBody() && target.responses().body().endsWithConnection();
    }

    /** The target's answer cannot be passed on; {@code why} is for logs. */
    void badGateway(String why) {
        client.refuse(Refusal.of(Refusal.Reason.BAD_GATEWAY, why));
    }

    private void refuse(Refusal.Reason why) {
        client.refuse(Refusal.of(why, Optional.empty()));
    }

    /** Refuses the request, which ends the session. */
    void refuse(int status, String reason) {
        client.refuse(new Refusal(status, reason, Optional.empty(), Optional.empty()));
    }

    /** Returns what the access log shows of the exchange. */
    AccessEntry entry(SentRequest sent, long time, long duration, int status, Optional<String> reason) {
        return new AccessEntry(http.relay().path().name(), http.protocol(), session.clientAddress(), sent, time,
                duration, status, requestOctets, responseOctets,
                routed ? target.host() : TargetHost.none(new Port(0)), session.tag(), filtered.label(),
                reason);
    }

    /** The session has ended. */
    void ended(SessionEnd end) {
        access.ended(end);
        progress = Progress.OVER;
        target.ended(end.closing());
    }
}
