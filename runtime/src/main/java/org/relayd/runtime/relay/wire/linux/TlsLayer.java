package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsStream;

/**
 * TLS on its way through a descriptor. Works on memory of its loop. Has memory of its own for ciphertext that the
 * socket did not take, at most one sealed piece and a few answers of the library, and for plaintext that came with the
 * handshake, at most that of one receive.
 */
final class TlsLayer implements Layer {
    /** Bytes of the largest record, and of one receive in the handshake. */
    private static final int RECORD = 16 * 1024;
    /** Bytes of ciphertext kept by all wires of a loop from which on each keeps little: as many as blocks may hold. */
    private static final long MUCH = (long) ReceiveBlocks.MOST * ReceiveBlocks.SIZE;
    /** Bytes that the library may answer to another end that takes none of them. */
    private static final int OWED = 128 * 1024;
    private static final byte[] NO_BYTES = {};

    private final LoopMemory memory;
    private final TlsMemory tls;
    private final PlainLayer below;
    private final TlsStream stream;
    /** There until its outcome is told. */
    private Optional<Handshake> handshake = Optional.empty();
    private ByteBuf tail = Unpooled.EMPTY_BUFFER;
    private byte[] early = NO_BYTES;
    private Optional<String> fault = Optional.empty();
    /** Whether another receive tells something, or may: no event has to come before it. */
    private boolean again;
    /** Why an answer of the library could not be sent; 0 if all could. */
    private int lost;
    private int owed;
    private boolean last;
    private boolean finished;

    /**
     * Creates the layer of a connection.
     *
     * @param below
     *            the layer of its descriptor
     */
    TlsLayer(LoopMemory memory, PlainLayer below, TlsStream stream) {
        this.memory = memory;
        this.below = below;
        this.stream = stream;
        tls = memory.tls();
    }

    /**
     * Begins the handshake.
     *
     * @param before
     *            bytes that have to go before anything else, as they are; belong to this layer from now on
     * @param told
     *            is told after each step
     */
    void begin(ByteBuf before, Handshake told) {
        tail = before;
        memory.keepSealed(before.readableBytes());
        handshake = Optional.of(told);
        stream.begin();
        answer();
        told.reached(stream.state());
    }

    /** Goes on with a handshake that waited. */
    void proceed() {
        ReceiveBlocks.Block block = memory.blocks.free();
        took(stream.proceed(block.memory), block);
    }

    /** The outcome is told. */
    void settled() {
        handshake = Optional.empty();
    }

    @Override
    public int receive(ReceiveBlocks.Block into) {
        if (early.length > 0) {
            return receiveEarly(into);
        }
        if (fault.isPresent()) {
            return discard();
        }
        return switch (stream.state()) {
            case ENDED -> 0;
            case FAILED -> failed(reason());
            case HANDSHAKE, WAITING, OPEN -> open(into);
        };
    }

    private int receiveEarly(ReceiveBlocks.Block into) {
        int count = early.length;
        MemorySegment.copy(early, 0, into.memory, ValueLayout.JAVA_BYTE, 0, count);
        early = NO_BYTES;
        return count;
    }

    private int open(ReceiveBlocks.Block into) {
        if (owed > OWED) {
            return failed(Fault.OF_TLS + "messages that ask for answers, and nobody fetches them");
        }
        long room = memory.room(Math.min(TlsMemory.IN, into.memory.byteSize() - RECORD));
        int count = below.receive(tls.in, handshake.isPresent() ? RECORD : room);
        if (count > 0) {
            return took(stream.open(count, into.memory), into);
        }
        if (count < 0) {
            return count;
        }
        if (lost < 0) {
            return lost;
        }
        return failed(handshake.isPresent() ? "connection ended" : Fault.CUT_OFF.text());
    }

    /** Bytes that come after a failure are of no use, but to leave them would be a reset that overtakes the alert. */
    private int discard() {
        int count = below.receive(tls.in, TlsMemory.IN);
        return count > 0 ? NOTHING : count;
    }

    /** Bytes were opened. */
    private int took(int plain, ReceiveBlocks.Block from) {
        answer();
        TlsStream.State state = stream.state();
        again = state != TlsStream.State.OPEN;
        if (handshake.isPresent()) {
            keep(plain, from);
            again = state == TlsStream.State.ENDED;
            fault = reasonOf(state);
            handshake.get().reached(state);
            return NOTHING;
        }
        if (plain > 0) {
            return plain;
        }
        return switch (state) {
            case ENDED -> 0;
            case FAILED -> failed(reason());
            case HANDSHAKE, WAITING, OPEN -> NOTHING;
        };
    }

    private Optional<String> reasonOf(TlsStream.State state) {
        return state == TlsStream.State.FAILED ? Optional.of(reason()) : Optional.empty();
    }

    private String reason() {
        return Fault.OF_TLS + stream.failure().map(TlsFailure::text).orElse("failed");
    }

    private void keep(int plain, ReceiveBlocks.Block from) {
        if (plain > 0) {
            // On the heap: most clients send their request with the last of the handshake, and native memory is dear.
            early = from.memory.asSlice(0, plain).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private int failed(String reason) {
        again = false;
        fault = Optional.of(reason);
        return FAULT;
    }

    @Override
    public boolean hasKept() {
        return early.length > 0;
    }

    @Override
    public boolean mayHaveMore() {
        return again || early.length > 0 || below.mayHaveMore();
    }

    /** Sends what the library has produced by itself. That it cannot be sent is told by the next receive. */
    private void answer() {
        int produced = stream.produced();
        if (produced > 0 && lost == 0) {
            owed = tail.isReadable() ? owed + produced : 0;
            lost = Math.min(0, sendSealed(produced, 0));
        }
    }

    /** Sends what stands in the memory of the loop, or keeps it: 0 or a failure. */
    private int sendSealed(int count, int flags) {
        int sent = tail.isReadable() ? 0 : below.send(tls.out, count, flags);
        if (sent < 0 && sent != LinuxCalls.EAGAIN) {
            return sent;
        }
        int gone = Math.max(0, sent);
        if (gone < count) {
            ByteBuf room = tail.isReadable() ? tail.discardSomeReadBytes() : Unpooled.directBuffer(count - gone);
            tail = room.writeBytes(tls.outView.duplicate().clear().position(gone).limit(count));
            memory.keepSealed(count - gone);
        }
        return 0;
    }

    @Override
    public int push(ByteBuf bytes, int count) {
        return switch (stream.state()) {
            case HANDSHAKE, WAITING -> 0;
            case OPEN, ENDED -> finished ? LinuxCalls.EPIPE : seal(bytes, count);
            case FAILED -> {
                bytes.skipBytes(count);
                yield 0;
            }
        };
    }

    private int seal(ByteBuf bytes, int count) {
        int left = count;
        while (left > 0 && isEmpty()) {
            MemorySegment from = below.segment(bytes, Math.min(left, most(TlsMemory.PIECE)));
            int piece = (int) from.byteSize();
            int answer = seal(from, piece, 0);
            if (answer < 0) {
                return answer;
            }
            bytes.skipBytes(piece);
            left -= piece;
        }
        return 0;
    }

    /** Returns how much is sealed at once, where that could be so much. */
    private int most(int piece) {
        return memory.sealed() > MUCH ? RECORD : piece;
    }

    private int seal(MemorySegment from, int count, int flags) {
        int produced = stream.seal(from, count);
        if (stream.state() == TlsStream.State.FAILED) {
            return failed(reason());
        }
        return sendSealed(produced, flags);
    }

    /** The sign of the end goes in the same call, if nothing else is to be sealed before it. */
    private int sealLast(MemorySegment from, int count) {
        int produced = stream.sealLast(from, count);
        if (stream.state() == TlsStream.State.FAILED) {
            return failed(reason());
        }
        finished = true;
        return sendSealed(produced, SocketNumbers.MORE);
    }

    @Override
    public int push(byte[] bytes, int length, ByteBuf more, int count) {
        return switch (stream.state()) {
            case HANDSHAKE, WAITING -> 0;
            case OPEN, ENDED -> finished ? LinuxCalls.EPIPE : seal(bytes, length, more, count);
            case FAILED -> {
                more.skipBytes(count);
                yield length;
            }
        };
    }

    /** All together if it can be gathered; else the array fills its last record up, so that little is copied. */
    private int seal(byte[] bytes, int length, ByteBuf more, int count) {
        MemorySegment.copy(bytes, 0, memory.gather, ValueLayout.JAVA_BYTE, 0, length);
        int with = Math.min(count, count <= most(LoopMemory.GATHER) - length ? count : -length & RECORD - 1);
        if (with > 0) {
            more.readBytes(memory.gatherView.clear().position(length).limit(length + with));
        }
        int rest = count - with;
        if (last && rest == 0 && length + with > 0) {
            int answer = sealLast(memory.gather, length + with);
            return answer < 0 ? answer : length;
        }
        int answer = length + with == 0 ? 0 : seal(memory.gather, length + with, rest > 0 ? SocketNumbers.MORE : 0);
        if (answer == 0 && rest > 0) {
            answer = seal(more, rest);
        }
        return answer < 0 ? answer : length;
    }

    @Override
    public void hold(boolean held) {
        last = held;
        below.hold(held);
    }

    @Override
    public boolean isEmpty() {
        return !tail.isReadable();
    }

    @Override
    public int flush() {
        if (isEmpty()) {
            return 0;
        }
        int before = tail.readableBytes();
        int answer = below.push(tail, before);
        memory.keepSealed(tail.readableBytes() - before);
        if (isEmpty()) {
            tail.release();
            tail = Unpooled.EMPTY_BUFFER;
            owed = 0;
        }
        return answer;
    }

    @Override
    public int finish() {
        return switch (stream.state()) {
            case HANDSHAKE, WAITING -> NOTHING;
            case FAILED -> 0;
            case OPEN, ENDED -> {
                finished = true;
                int produced = stream.finish();
                yield produced == 0 ? 0 : sendSealed(produced, SocketNumbers.MORE);
            }
        };
    }

    @Override
    public boolean mayPass() {
        return false;
    }

    @Override
    public Optional<String> fault() {
        return fault;
    }

    @Override
    public void release() {
        handshake = Optional.empty();
        stream.release();
        memory.keepSealed(-tail.readableBytes());
        tail.release();
        tail = Unpooled.EMPTY_BUFFER;
        early = NO_BYTES;
    }
}
