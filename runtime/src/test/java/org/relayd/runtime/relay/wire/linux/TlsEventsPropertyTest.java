package org.relayd.runtime.relay.wire.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.runtime.relay.wire.linux.StandInTls.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Secured;
import org.relayd.runtime.relay.wire.WireListener;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;

/**
 * Whatever the session and the other end do, in whatever order: the outcome of a handshake is told once, nothing is
 * heard before it nor after a close, what comes is what was sent, and nothing is left over.
 */
class TlsEventsPropertyTest {
    private static final TcpSettings SMALL = new TcpSettings(Optional.empty(), Optional.empty(), false,
            OptionalInt.of(8 * 1024), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    /** What happens. */
    enum Event {
        /** The session does something. */
        READ, PAUSE, SEND, SEND_MUCH, SEND_LAST, SHUTDOWN, CLOSE_AFTER_OUTPUT, CLOSE_ANSWERED, CLOSE_LINGERING, CLOSE,
        RESET,
        /** What the handshake waits for comes. */
        RESUME,
        /** The other end does something. */
        HELLO, FINISHED, DATA, DATA_AND_END, ASK, ALERT, HTTP, GARBAGE, PART, END_OF_STREAM, BREAK, FETCH,
        /** The loop has some turns. */
        TURNS
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Event> any = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(Event.READ, Event.PAUSE, Event.SEND, Event.SEND_MUCH,
                        Event.RESUME, Event.DATA, Event.ASK, Event.FETCH, Event.TURNS)),
                Tuple.of(4, Arbitraries.of(Event.HELLO, Event.FINISHED)),
                Tuple.of(1, Arbitraries.of(Event.values())));
        return any.list().ofMinSize(3).ofMaxSize(25);
    }

    /** One wire and its other end. */
    private static final class Trial implements WireListener, Secured {
        private final WireLoop wires;
        private final LinuxWire wire;
        private final Socket peer;
        private final StandInTls tls;
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private final ByteArrayOutputStream come = new ByteArrayOutputStream();
        private final StringBuilder heard = new StringBuilder();
        private final List<String> wrong = new CopyOnWriteArrayList<>();
        private int outcomes;
        private boolean secured;
        private boolean broken;
        private boolean shut;
        private boolean closed;
        private boolean mangled;

        Trial(WireLoop wires, LinuxWire wire, Socket peer, boolean waits) {
            this.wires = wires;
            this.wire = wire;
            this.peer = peer;
            tls = new StandInTls(waits);
        }

        private void hear(String what) {
            heard.append(' ').append(what);
            check(!closed, "after the close");
            check(!broken, "after the end");
        }

        private void hearSecured(String what) {
            hear(what);
            check(secured, "before the outcome");
        }

        /** A loop that throws would only close the wire. */
        private void check(boolean holds, String what) {
            if (!holds) {
                wrong.add(what + ":" + heard);
            }
        }

        @Override
        public void done(TlsFacts facts) {
            hear("done");
            outcomes++;
            secured = true;
        }

        @Override
        public void failed(TlsFailure failure) {
            hear("failed " + failure);
            outcomes++;
            check(failure.kind() != TlsFailure.Kind.INTERNAL, "fault");
        }

        @Override
        public void received(ByteBuf bytes) {
            hearSecured("received");
            byte[] octets = new byte[bytes.readableBytes()];
            bytes.readBytes(octets);
            come.writeBytes(octets);
        }

        @Override
        public void passed(long count) {
            hearSecured("passed");
        }

        @Override
        public void ended() {
            hearSecured("ended");
        }

        @Override
        public void drained() {
            hearSecured("drained");
            check(!wire.isCongested(), "congested");
        }

        @Override
        public void unheard(Fault reason) {
            hear("unheard");
            check(outcomes == 1, "no outcome");
        }

        @Override
        public void broken(Fault reason) {
            hear("broken " + reason.text());
            check(outcomes == 1 && !reason.equals(Fault.INTERNAL), "no outcome, or a fault");
            broken = true;
        }

        void ask(Runnable what) throws Exception {
            wires.ask(() -> {
                what.run();
                return wire;
            });
        }

        private void finish(Runnable close) throws Exception {
            ask(() -> {
                closed = true;
                close.run();
            });
        }

        void happen(Event event) throws Exception {
            switch (event) {
                case READ -> ask(() -> wire.read(true));
                case PAUSE -> ask(() -> wire.read(false));
                case SEND -> send(new byte[100], Unpooled.wrappedBuffer(new byte[1000]));
                case SEND_MUCH -> send(new byte[70_000], Unpooled.wrappedBuffer(new byte[300_000]));
                case SEND_LAST -> finish(() -> {
                    if (!shut) {
                        wire.sendLast(new byte[100], 100, Unpooled.EMPTY_BUFFER, 0);
                    }
                    wire.closeAfterOutput();
                });
                case SHUTDOWN -> {
                    shut = true;
                    ask(wire::shutdownOutput);
                }
                case CLOSE_AFTER_OUTPUT -> finish(wire::closeAfterOutput);
                case CLOSE_ANSWERED -> finish(wire::closeAnswered);
                case CLOSE_LINGERING -> finish(wire::closeLingering);
                case CLOSE -> finish(wire::close);
                case RESET -> finish(wire::reset);
                case RESUME -> tls.stream.resume();
                case TURNS -> turns();
                case HELLO, FINISHED, DATA, DATA_AND_END, ASK, ALERT, HTTP, GARBAGE, PART, END_OF_STREAM, BREAK, FETCH
                        -> other(event);
            }
        }

        private void send(byte[] head, ByteBuf rest) throws Exception {
            if (!shut) {
                ask(() -> wire.send(head, head.length, rest, rest.readableBytes()));
                assertEquals(0, rest.readableBytes());
            }
            rest.release();
        }

        void turns() throws Exception {
            for (int i = 0; i < 5; i++) {
                wires.ask(() -> wire);
            }
        }

        private void other(Event event) {
            try {
                switch (event) {
                    case HELLO -> write(record('h', ""));
                    case FINISHED -> write(record('f', ""));
                    case DATA -> data();
                    case DATA_AND_END -> {
                        data();
                        write(record('e', ""));
                    }
                    case ASK -> write(record('k', new byte[5000]));
                    case ALERT -> write(record('a', ""));
                    case HTTP -> write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    case GARBAGE -> write(new byte[20_000]);
                    case PART -> {
                        // What comes next is its content.
                        mangled = true;
                        write(new byte[]{'d', 1});
                    }
                    case END_OF_STREAM -> peer.shutdownOutput();
                    case BREAK -> Peers.reset(peer);
                    case FETCH -> peer.getInputStream().skip(Math.min(100_000, peer.getInputStream().available()));
                    default -> throw new IllegalStateException(event.name());
                }
            } catch (IOException gone) {
                // The wire may have been closed.
            }
        }

        private void data() throws IOException {
            byte[] octets = new byte[1 + sent.size() * 7 % 9000];
            Arrays.fill(octets, (byte) sent.size());
            sent.writeBytes(octets);
            write(record('d', octets));
        }

        private void write(byte[] octets) throws IOException {
            // A wire that does not read must not hold the test up.
            if (octets.length < 30_000 && sent.size() < 20_000) {
                peer.getOutputStream().write(octets);
            }
        }

        void end() throws Exception {
            turns();
            ask(() -> {
                closed = true;
                wire.close();
                wire.close();
            });
            turns();
            assertTrue(outcomes <= 1, heard::toString);
            assertEquals(1, tls.stream.released, heard::toString);
            assertEquals(0L, wires.ask(() -> wires.transport().memory().sealed()));
            byte[] all = sent.toByteArray();
            byte[] got = come.toByteArray();
            assertTrue(mangled || (got.length <= all.length && Arrays.equals(got, Arrays.copyOf(all, got.length))));
        }
    }

    @Property(tries = 400, seed = "2026", shrinking = ShrinkingMode.OFF)
    void nothingIsToldTwiceOrLeftOver(@ForAll("events") List<Event> events, @ForAll boolean waits) throws Exception {
        try (WireLoop wires = new WireLoop(); ServerSocket server = Peers.listen()) {
            server.setReceiveBufferSize(8 * 1024);
            LinuxWire wire = (LinuxWire) wires.connect(server, SMALL);
            try (Socket peer = Peers.accept(server)) {
                Trial trial = new Trial(wires, wire, peer, waits);
                trial.ask(() -> Thread.currentThread()
                        .setUncaughtExceptionHandler((_, fault) -> trial.wrong.add(fault.toString())));
                trial.ask(() -> {
                    wire.listener(trial);
                    wire.secure(trial.tls, trial);
                });
                for (Event event : events) {
                    trial.happen(event);
                }
                trial.end();
                assertEquals(List.of(), trial.wrong);
            }
        }
    }

}
