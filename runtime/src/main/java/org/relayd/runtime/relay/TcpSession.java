package org.relayd.runtime.relay;

import io.netty.buffer.ByteBuf;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;

/** A session whose bytes nobody looks at: what one side sends goes to the other, and so does the end of a stream, for each direction on its own. */
final class TcpSession extends Session {
    private boolean clientEnded;
    private boolean targetEnded;
    private boolean spliced;

    TcpSession(RunningRelay relay, RelayLoop loop, Wire client) {
        super(relay, loop, client);
    }

    @Override
    protected void begin() {
        client().listener(new Ear(Side.CLIENT));
        connect();
    }

    @Override
    protected void targetConnected() {
        target().listener(new Ear(Side.TARGET));
        proxyHeader().ifPresent(header -> target().send(header, header.length));
        client().read(true);
        target().read(true);
    }

    @Override
    protected void targetFailed(SessionEnd reason) {
        end(reason);
    }

    @Override
    protected void idle() {
        end(spliced ? SessionEnd.Fixed.SPLICE_IDLE : SessionEnd.Fixed.IDLE);
    }

    @Override
    protected String entries() {
        return "";
    }

    /** Hears one wire and speaks to the other. */
    private final class Ear implements WireListener {
        private final Side side;

        Ear(Side side) {
            this.side = side;
        }

        private Wire own() {
            return side == Side.CLIENT ? client() : target();
        }

        private Wire other() {
            return side == Side.CLIENT ? target() : client();
        }

        @Override
        public void received(ByteBuf bytes) {
            touch();
            Wire to = other();
            boolean stream = splices() && bytes.readableBytes() >= Wire.STREAM;
            to.send(bytes, bytes.readableBytes());
            spliced |= stream && own().pass(to, Long.MAX_VALUE);
            if (to.isCongested()) {
                own().read(false);
            }
        }

        @Override
        public void passed(long count) {
            touch();
        }

        @Override
        public void drained() {
            touch();
            other().read(true);
        }

        @Override
        public void ended() {
            touch();
            clientEnded |= side == Side.CLIENT;
            targetEnded |= side == Side.TARGET;
            if (clientEnded && targetEnded) {
                end(SessionEnd.Fixed.DONE);
            } else {
                other().shutdownOutput();
            }
        }

        @Override
        public void broken(String reason) {
            end(new SessionEnd.Broken(side, reason));
        }
    }
}
