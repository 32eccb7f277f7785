package org.relayd.runtime.relay.handshake;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.session.Dialogue;
import org.relayd.runtime.relay.session.Limit;
import org.relayd.runtime.relay.session.Opening;
import org.relayd.runtime.relay.session.RelayTls;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.Side;
import org.relayd.runtime.relay.session.TargetConnection;
import org.relayd.runtime.relay.session.UnreadWire;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.inspect.Inspection;
import org.relayd.runtime.tls.inspect.Leaves;

/**
 * The first dialogue with a client whose TLS is inspected: the target is sought and shakes hands first, then a
 * certificate is made after the target's, and then the client shakes hands ({@link ClientHandshake}) and finds the
 * target connected. What the client says meanwhile stays in the kernel.
 */
public final class InspectedHandshake implements Dialogue, Limit, TargetConnection.Caller {
    /**
     * Alert for a client that is not spoken with because the target is not: fatal, {@code handshake_failure} (RFC 8446
     * 6.2), in a record of its own (5.1). There are no keys yet, so it goes in clear.
     */
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 40};

    private final Session session;
    private final Wire client;
    private final Opening opening;
    private final TargetConnection target;
    private final long start;
    private boolean retired;

    /**
     * Makes the dialogue of a session with a client that has said nothing yet.
     *
     * @param opening
     *            makes the dialogue that follows the handshakes
     */
    public InspectedHandshake(Session session, Wire client, Opening opening) {
        this.session = session;
        this.client = client;
        this.opening = opening;
        target = new TargetConnection(session, this);
        start = session.loop().ticker().nanos();
    }

    @Override
    public void begin(ByteBuf come) {
        client.listener(new UnreadWire(session, Side.CLIENT));
        // Nothing is read, but a client that goes is noticed.
        client.read(false);
        target.connect(new HashInput(), false);
    }

    @Override
    public void underway() {
        // Nothing is to be told yet.
    }

    @Override
    public void ready() {
        Optional<X509Certificate> certificate = target.facts().flatMap(facts -> facts.peer().stream().findFirst());
        target.reserve();
        if (certificate.isEmpty()) {
            refuse("the target showed no certificate");
        } else {
            session.limit(remaining(), this);
            ask(certificate.get());
        }
    }

    private void ask(X509Certificate certificate) {
        Optional<Inspection> inspection = session.relay().tls().inspection();
        if (inspection.isEmpty()) {
            refuse("the relay inspects no more");
        } else {
            inspection.get().leaves().find(certificate,
                    answer -> session.loop().run(() -> found(certificate, inspection, answer)));
        }
    }

    /** Nanoseconds for what is left to do: the whole opening has the session timeout, a handshake ten seconds. */
    private long remaining() {
        long left = session.relay().timeout() - (session.loop().ticker().nanos() - start);
        return Math.clamp(left, 0, ClientHandshake.TIME);
    }

    private void found(X509Certificate certificate, Optional<Inspection> asked, Leaves.Answer answer) {
        if (session.isEnded()) {
            return;
        }
        RelayTls tls = session.relay().tls();
        if (!tls.inspection().equals(asked)) {
            // After a reload another authority may sign, and the keys of the one before are wiped.
            ask(certificate);
            return;
        }
        switch (answer) {
            case Leaves.Answer.Made(Identity leaf) -> show(asked.orElseThrow(), tls.server().orElseThrow(), leaf);
            case Leaves.Answer.Refused(String text) -> refuse(text);
        }
    }

    private void show(Inspection inspection, TlsEngine.Context base, Identity leaf) {
        try {
            TlsEngine.Context side = inspection.showing(base, leaf);
            session.hand(new ClientHandshake(session, client, side, opening, remaining()), Unpooled.EMPTY_BUFFER);
            // The connection has its stream, which needs the rest.
            side.close();
            if (retired && !session.isEnded()) {
                session.retire();
            }
        } catch (TlsException refused) {
            refuse(refused.getMessage());
        }
    }

    @Override
    public void failed(SessionEnd why) {
        if (why instanceof SessionEnd.NoHandshake(Side _, Optional<String> text, var _, var _)) {
            refuse(text);
        } else {
            session.end(why);
        }
    }

    private void refuse(String text) {
        refuse(Optional.of(text));
    }

    /** The target was found but is not to be spoken with: the client learns that it is not its own fault. */
    private void refuse(Optional<String> text) {
        client.send(ALERT, ALERT.length);
        // What the client has said was not read.
        session.end(new SessionEnd.NoHandshake(Side.TARGET, text, session.relay().settings().dialect(),
                SessionEnd.Closing.LINGERING));
    }

    /** The certificate takes too long. */
    @Override
    public void passed() {
        refuse(Optional.empty());
    }

    @Override
    public void retired() {
        retired = true;
    }

    @Override
    public long quiet() {
        return Long.MAX_VALUE;
    }

    /** The packet filter does not say where the client wanted to go: all else has a limit. */
    @Override
    public void idle() {
        session.end(SessionEnd.Fixed.IDLE);
    }

    @Override
    public String entries() {
        return "";
    }

    @Override
    public void ended(SessionEnd end) {
        end.closing().client(client);
        target.ended(end.closing());
    }
}
