package org.relayd.runtime.relay.handshake;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.relay.session.Dialogue;
import org.relayd.runtime.relay.session.Limit;
import org.relayd.runtime.relay.session.Opening;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.Side;
import org.relayd.runtime.relay.wire.Secured;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsSide;

/**
 * The first dialogue with a client that speaks TLS: both agree on how, in a time that octets do not extend, and then
 * what is spoken over it begins. No target is sought before that. A client that speaks HTTP in clear is told so.
 */
public final class ClientHandshake implements Dialogue, Limit, Secured {
    /** Nanoseconds for it, or the session timeout if that is shorter. */
    static final long TIME = TimeUnit.SECONDS.toNanos(10);
    private static final String SAID = "This port speaks TLS: use https.\n";
    /** For who speaks HTTP; old or new, that is understood. */
    private static final byte[] IN_CLEAR = ("HTTP/1.0 400 Bad Request\r\nConnection: close\r\n"
            + "Content-Type: text/plain\r\nContent-Length: " + SAID.length() + "\r\n\r\n" + SAID)
            .getBytes(StandardCharsets.US_ASCII);

    private final Session session;
    private final Wire client;
    private final TlsSide side;
    private final Opening opening;
    private final long most;
    private boolean retired;

    /**
     * Makes the dialogue of a session with a client that has said nothing yet.
     *
     * @param side
     *            shakes hands
     * @param opening
     *            makes the dialogue that follows
     */
    public ClientHandshake(Session session, Wire client, TlsSide side, Opening opening) {
        this(session, client, side, opening, TIME);
    }

    /**
     * The same after something else.
     *
     * @param most
     *            nanoseconds that are left
     */
    ClientHandshake(Session session, Wire client, TlsSide side, Opening opening, long most) {
        this.most = most;
        this.session = session;
        this.client = client;
        this.side = side;
        this.opening = opening;
    }

    @Override
    public void begin(ByteBuf come) {
        session.limit(most, this);
        client.secure(side, this);
    }

    @Override
    public void done(TlsFacts facts) {
        session.unlimit();
        session.prepared(opening.dialogue(session, client));
        if (retired && !session.isEnded()) {
            session.retire();
        }
    }

    @Override
    public void failed(TlsFailure failure) {
        end(Optional.of(failure.text()), switch (failure.kind()) {
            case PLAIN_HTTP -> {
                client.send(IN_CLEAR, IN_CLEAR.length);
                yield SessionEnd.Closing.LINGERING;
            }
            case PROTOCOL, CERTIFICATE, ALERT, INTERNAL -> SessionEnd.Closing.AFTER_OUTPUT;
            case GONE -> SessionEnd.Closing.AT_ONCE;
        });
    }

    @Override
    public void passed() {
        end(Optional.empty(), SessionEnd.Closing.AT_ONCE);
    }

    private void end(Optional<String> why, SessionEnd.Closing closing) {
        session.end(new SessionEnd.NoHandshake(Side.CLIENT, why, session.relay().settings().dialect(), closing));
    }

    /** Whoever comes to a relay in its last moment is treated like who came just before. */
    @Override
    public void retired() {
        retired = true;
    }

    @Override
    public long quiet() {
        return Long.MAX_VALUE;
    }

    @Override
    public void idle() {
        throw new IllegalStateException("a handshake has a limit");
    }

    @Override
    public String entries() {
        return "";
    }

    @Override
    public void ended(SessionEnd end) {
        end.closing().client(client);
    }
}
