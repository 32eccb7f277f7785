package org.relayd.runtime.relay.wire.linux;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.TlsStream;

/**
 * Stands in for a TLS server whose every step a test can see. A record is its kind, the length of its content in two
 * octets, and the content. The client says {@code h} and gets {@code w}, then says {@code f}; data is {@code d}, the
 * end {@code e}, an alert {@code a}, and {@code k} asks for an answer of the same length.
 */
final class StandInTls implements TlsSide {
    private static final int HEADER = 3;
    private static final int MOST = 16 * 1024;

    private final boolean waits;
    /** The stream that was made last. */
    Stream stream;

    /** Creates it; {@code waits} if the answer to a hello comes from elsewhere. */
    StandInTls(boolean waits) {
        this.waits = waits;
    }

    @Override
    public TlsStream stream(TlsMemory memory, Turn turn) {
        stream = new Stream(memory, turn, waits);
        return stream;
    }

    /** Returns a record. */
    static byte[] record(char kind, byte[] content) {
        byte[] record = new byte[HEADER + content.length];
        record[0] = (byte) kind;
        record[1] = (byte) (content.length >> 8);
        record[2] = (byte) content.length;
        System.arraycopy(content, 0, record, HEADER, content.length);
        return record;
    }

    /** Returns a record with a text. */
    static byte[] record(char kind, String content) {
        return record(kind, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The stream of one connection. */
    static final class Stream implements TlsStream {
        private final TlsMemory memory;
        private final Turn turn;
        private final boolean waits;
        private byte[] come = new byte[0];
        private State state = State.HANDSHAKE;
        private Optional<TlsFailure> failure = Optional.empty();
        private int produced;
        private boolean finished;
        /** How often it was let go. */
        int released;

        Stream(TlsMemory memory, Turn turn, boolean waits) {
            this.memory = memory;
            this.turn = turn;
            this.waits = waits;
        }

        /** What the handshake waits for is there; any thread. */
        void resume() {
            turn.loop().execute(turn.resumed());
        }

        @Override
        public State state() {
            assert released == 0;
            return state;
        }

        @Override
        public void begin() {
            produced = 0;
        }

        @Override
        public int open(int count, MemorySegment to) {
            assert to.byteSize() >= count + MOST;
            int before = come.length;
            come = Arrays.copyOf(come, before + count);
            MemorySegment.copy(memory.in, ValueLayout.JAVA_BYTE, 0, come, before, count);
            produced = 0;
            return go(to);
        }

        @Override
        public int proceed(MemorySegment to) {
            produced = 0;
            if (state == State.WAITING) {
                state = State.HANDSHAKE;
                produce(record('w', ""));
            }
            return go(to);
        }

        private int go(MemorySegment to) {
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            int at = 0;
            while ((state == State.HANDSHAKE || state == State.OPEN) && come.length - at >= HEADER) {
                int length = (come[at + 1] & 0xff) << 8 | (come[at + 2] & 0xff);
                if (come[at] != 'G' && come.length - at < HEADER + length) {
                    break;
                }
                take((char) come[at], come, at + HEADER, length, plain);
                at += HEADER + length;
            }
            come = at > come.length ? new byte[0] : Arrays.copyOfRange(come, at, come.length);
            MemorySegment.copy(plain.toByteArray(), 0, to, ValueLayout.JAVA_BYTE, 0, plain.size());
            return plain.size();
        }

        private void take(char kind, byte[] from, int at, int length, ByteArrayOutputStream plain) {
            boolean open = state == State.OPEN;
            if (kind == 'a') {
                fail(TlsFailure.Kind.ALERT, "alert");
                return;
            }
            switch (open == (kind == 'h' || kind == 'f' || kind == 'G') ? '?' : kind) {
                case 'h' -> {
                    state = waits ? State.WAITING : State.HANDSHAKE;
                    if (!waits) {
                        produce(record('w', ""));
                    }
                }
                case 'f' -> state = State.OPEN;
                case 'd' -> plain.write(from, at, length);
                case 'e' -> state = State.ENDED;
                case 'k' -> produce(record('k', new byte[length]));
                case 'G' -> fail(TlsFailure.Kind.PLAIN_HTTP, "http request");
                default -> {
                    fail(TlsFailure.Kind.PROTOCOL, "no record");
                    produce(record('a', ""));
                }
            }
        }

        private void fail(TlsFailure.Kind kind, String text) {
            state = State.FAILED;
            failure = Optional.of(new TlsFailure(kind, text));
        }

        private void produce(byte[] record) {
            MemorySegment.copy(record, 0, memory.out, ValueLayout.JAVA_BYTE, produced, record.length);
            produced += record.length;
        }

        @Override
        public int seal(MemorySegment from, int count) {
            assert state == State.OPEN || state == State.ENDED;
            assert count > 0 && count <= TlsMemory.PIECE;
            produced = 0;
            for (int at = 0; at < count; at += MOST) {
                byte[] content = from.asSlice(at, Math.min(MOST, count - at)).toArray(ValueLayout.JAVA_BYTE);
                produce(record('d', content));
            }
            return produced;
        }

        @Override
        public int sealLast(MemorySegment from, int count) {
            seal(from, count);
            end();
            return produced;
        }

        @Override
        public int finish() {
            produced = 0;
            end();
            return produced;
        }

        private void end() {
            if (!finished) {
                finished = true;
                produce(record('e', ""));
            }
        }

        @Override
        public int produced() {
            return produced;
        }

        @Override
        public Optional<TlsFailure> failure() {
            return failure;
        }

        @Override
        public TlsFacts facts() {
            return Facts.INSTANCE;
        }

        @Override
        public void release() {
            released++;
        }
    }

    private enum Facts implements TlsFacts {
        INSTANCE;

        @Override
        public String version() {
            return "stand-in";
        }

        @Override
        public String cipher() {
            return "none";
        }

        @Override
        public Optional<String> protocol() {
            return Optional.empty();
        }

        @Override
        public Optional<String> serverName() {
            return Optional.empty();
        }

        @Override
        public boolean isResumed() {
            return false;
        }

        @Override
        public List<X509Certificate> peer() {
            return List.of();
        }
    }
}
