package org.relayd.runtime.relay.http;

import io.netty.buffer.ByteBuf;
import java.time.InstantSource;
import java.util.Optional;
import org.relayd.ir.config.Filter;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.Direction;
import org.relayd.runtime.relay.session.RelayTls;
import org.relayd.runtime.relay.session.RunningRelay;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.http.action.ActionFilter;
import org.relayd.runtime.relay.http.filter.HttpFilter;
import org.relayd.runtime.relay.http.filter.OwnedFields;
import org.relayd.runtime.relay.http.filter.Refusal;
import org.relayd.runtime.relay.http.filter.RuleFilter;
import org.relayd.runtime.relay.http.filter.Trailers;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;
import org.relayd.runtime.relay.http.rule.FilterSession;
import org.relayd.runtime.relay.http.rule.RuleProgram;

/** An HTTP relay on one event loop: what its sessions share. */
public final class HttpRelay {
    /** Octets of a head in dialect 5.1, which knows no setting for it. */
    private static final int LIMIT_5_1 = 131_072;

    /**
     * Octets that the head of a response may have whatever the setting is: targets that sign users in send cookies and
     * policies of more than the default for requests.
     */
    private static final int LEAST_RESPONSE_LIMIT = 32_768;

    private final RunningRelay relay;
    private final String protocol;
    private final HttpLoop loop;
    private final HttpFilter filter;
    private final Dialect dialect;
    private final Optional<ErrorPage> page;
    private final FilterSession.Endpoint listen;
    private final byte[] timeout;
    private final int headLimit;
    private final boolean websockets;
    private final OwnedFields owned;
    private final Trailers trailers;
    private final boolean restoresLength;
    private Optional<Successor> successor = Optional.empty();
    private boolean retired;
    private boolean draining;

    /** What is there in place of a relay after a reload. */
    @FunctionalInterface
    public interface Successor {

        /**
         * Gets a client that begins another request.
         *
         * @param admitted
         *            how the relay spoke TLS that let the client in
         * @param come
         *            what it has sent of it, and after it; stays the caller's
         * @param all
         *            whether it sends no more than that
         */
        void go(Wire client, RelayTls admitted, ByteBuf come, boolean all);
    }

    /** Compiles the filter of a relay. */
    public HttpRelay(RunningRelay relay, HttpLoop loop, RelayNode.Inspect.Http http) {
        this.relay = relay;
        this.loop = loop;
        protocol = http.protocol();
        RelayPath path = relay.path();
        boolean actions = http.filter() instanceof Filter.Actions;
        filter = filter(relay, http.filter());
        dialect = actions ? Dialect.V5_1 : Dialect.CURRENT;
        String address = path.listen().address() + " port " + path.listen().port();
        page = http.errorPages().map(settings -> new ErrorPage(dialect, settings, address, InstantSource.system()));
        listen = new FilterSession.Endpoint(path.listen().address().toString(), path.listen().port().number());
        timeout = Octets.of(Long.toString(path.sessionTimeout().toSeconds()));
        headLimit = actions ? LIMIT_5_1 : http.settings().headerLength();
        // Dialect 5.1 copied what followed an upgrade, and has no word to allow or forbid it.
        websockets = actions || http.settings().websockets();
        owned = OwnedFields.of(http.filter());
        trailers = new Trailers(http.filter());
        restoresLength = OwnedFields.touchLength(http.filter());
    }

    private static HttpFilter filter(RunningRelay relay, Filter filter) {
        return switch (filter) {
            case Filter.Rules rules
                    -> new RuleFilter(RuleProgram.of(rules.rules(), Direction.REQUEST, relay::tableNamed),
                            RuleProgram.of(rules.rules(), Direction.RESPONSE, relay::tableNamed));
            case Filter.Actions actions -> new ActionFilter(actions.actions(), relay.log());
        };
    }

    /** This relay serves no further request: the next one of each client is for another. */
    public void succeed(Successor next) {
        successor = Optional.of(next);
    }

    /** Nobody serves a further request: connections end after the exchange under way. */
    public void retire() {
        retired = true;
    }

    /** Requests that come are served as before, each as the last one of its connection. */
    public void drain() {
        draining = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** Returns whether connections end after the exchange under way. */
    boolean closes() {
        return retired || draining;
    }

    /** Returns who serves the next request, if not this relay. */
    Optional<Successor> successor() {
        return successor;
    }

    RunningRelay relay() {
        return relay;
    }

    /** Returns the name of the protocol. */
    String protocol() {
        return protocol;
    }

    HttpLoop loop() {
        return loop;
    }

    HttpFilter filter() {
        return filter;
    }

    /** Returns the reason phrase of a status in the dialect of this relay. */
    String statusName(int status) {
        return StatusNames.of(status, dialect);
    }

    /** Returns the error pages, if the protocol asks for them. */
    Optional<ErrorPage> page() {
        return page;
    }

    FilterSession.Endpoint listen() {
        return listen;
    }

    /** Returns the session timeout in seconds, as text. */
    byte[] timeout() {
        return timeout;
    }

    /** Returns the most octets of a request's head, line ends not counted. */
    int headLimit() {
        return headLimit;
    }

    /** Returns the most octets of a response's head, line ends not counted. */
    int responseHeadLimit() {
        return Math.max(headLimit, LEAST_RESPONSE_LIMIT);
    }

    /** Writes a head the way that its fields are to stand, into the writer of the loop. */
    void write(MessageHead head, Direction direction) {
        if (filter.sortsFields()) {
            loop.writer().writeSorted(head, direction);
        } else {
            loop.writer().writeInOrder(head, direction);
        }
    }

    /** Evaluates the filter for a request; the length of its body stays what it is. */
    Optional<Refusal> filterRequest(MessageHead head, FilterSession session) {
        Optional<Refusal> refusal = filter.request(head, session);
        if (restoresLength) {
            head.restoreLength();
        }
        return refusal;
    }

    /** The same for a response. */
    Optional<Refusal> filterResponse(MessageHead head, FilterSession session) {
        Optional<Refusal> refusal = filter.response(head, session);
        if (restoresLength) {
            head.restoreLength();
        }
        return refusal;
    }

    /** Returns whether rules look at interim answers: what an action of 5.1 expects comes with the final one. */
    boolean judgesInterim() {
        return dialect == Dialect.CURRENT;
    }

    boolean allowsWebsockets() {
        return websockets;
    }

    /**
     * Returns whether connections to targets may serve one session after the other: not where a target is told about
     * the client before the first byte, nor where each client brings its own target.
     */
    boolean allowsReuse() {
        return relay.path().connect().proxyProtocol().isEmpty() && !relay.path().connect().transparent()
                && relay.path().select().source() == TargetSource.CONFIGURED
                && filter.connectsLate();
    }

    /** Returns whether the methods of requests stand in the session line: only the current dialect shows them. */
    boolean entersMethods() {
        return relay.keepsEntries() && dialect == Dialect.CURRENT;
    }

    /** Returns which trailer fields pass. */
    Trailers trailers() {
        return trailers;
    }

    /** Returns the names of fields that rules write or remove, with a dash in them. */
    OwnedFields ownedFields() {
        return owned;
    }
}
