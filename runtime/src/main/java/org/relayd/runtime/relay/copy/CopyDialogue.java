package org.relayd.runtime.relay.copy;

import io.netty.buffer.ByteBuf;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.session.Dialogue;
import org.relayd.runtime.relay.session.Session;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.Side;
import org.relayd.runtime.relay.session.TargetConnection;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;

/**
 * Bytes that nobody looks at: what one side sends goes to the other, and so does the end of a stream, for each
 * direction on its own. If one side breaks off, the other one is reset: nothing else would tell it that its stream is
 * not whole.
 */
public final class CopyDialogue implements Dialogue, TargetConnection.Caller {
    private final Session session;
    private final Wire client;
    private final TargetConnection target;
    private boolean clientEnded;
    private boolean targetEnded;
    private boolean spliced;

    /** Makes the dialogue of a session with a client. */
    public CopyDialogue(Session session, Wire client) {
        this.session = session;
        this.client = client;
        target = new TargetConnection(session, this);
    }

    @Override
    public void begin(ByteBuf come) {
        Ear ear = new Ear(Side.CLIENT);
        client.listener(ear);
        // Nothing is read before the target is there, but a client that goes is noticed.
        client.read(false);
        target.connect(new HashInput(), false);
        if (come.isReadable()) {
            ear.received(come);
        }
    }

    @Override
    public void clientEnded() {
        new Ear(Side.CLIENT).ended();
    }

    @Override
    public void underway() {
        // What the client sends stays in the kernel until the target can take it.
    }

    @Override
    public void ready() {
        target.wire().listener(new Ear(Side.TARGET));
        client.read(true);
        target.wire().read(true);
    }

    @Override
    public void failed(SessionEnd why) {
        session.end(why);
    }

    @Override
    public long quiet() {
        return Math.min(client.delivery().quiet(), target.wire().delivery().quiet());
    }

    @Override
    public void idle() {
        session.end(spliced ? SessionEnd.Fixed.SPLICE_IDLE : SessionEnd.Fixed.IDLE);
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

    /** Hears one wire and speaks to the other. */
    private final class Ear implements WireListener {
        private final Side side;

        Ear(Side side) {
            this.side = side;
        }

        private Wire own() {
            return side == Side.CLIENT ? client : target.wire();
        }

        private Wire other() {
            return side == Side.CLIENT ? target.wire() : client;
        }

        @Override
        public void received(ByteBuf bytes) {
            session.touch();
            Wire to = other();
            boolean stream = session.relay().splices() && bytes.readableBytes() >= Wire.STREAM;
            to.send(bytes, bytes.readableBytes());
            spliced |= stream && own().pass(to, Long.MAX_VALUE);
            if (to.isCongested()) {
                own().read(false);
            }
        }

        @Override
        public void passed(long count) {
            session.touch();
        }

        @Override
        public void drained() {
            session.touch();
            other().read(true);
        }

        @Override
        public void ended() {
            session.touch();
            clientEnded |= side == Side.CLIENT;
            targetEnded |= side == Side.TARGET;
            if (clientEnded && targetEnded) {
                session.end(SessionEnd.Fixed.DONE);
            } else {
                other().shutdownOutput();
            }
        }

        /** What has come and was not passed on is not missed: the other side is reset, too. */
        @Override
        public void unheard(Fault reason) {
            broken(reason);
        }

        /**
         * A side that leaves without announcing it, as TLS demands, when the other one has said all, leaves no trace
         * in the log: whole or not, that is how most applications close. The other one still learns it by a reset.
         */
        @Override
        public void broken(Fault reason) {
            boolean hadEnded = side == Side.CLIENT ? clientEnded : targetEnded;
            boolean last = reason.isCutOff() && (clientEnded || targetEnded);
            session.end(hadEnded || last ? SessionEnd.Fixed.GONE : new SessionEnd.Broken(side, reason.text()));
        }
    }
}
