package org.relayd.runtime.relay.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/** Makes frames, and takes them apart wherever their octets are split. */
public final class Frames {
    /** Most octets in one frame. */
    public static final int MOST = 5000;
    /** What is said of other octets. */
    public static final String NO_FRAME = "bad frame";
    /** What is said of a stream that ends without a sign. */
    public static final String CUT = "stream cut off";

    private static final int HEADER = 3;
    private static final int CLOSING = 0x7e;
    private static final int KEY = 0x5a;

    private final ByteBuf waiting = Unpooled.buffer();
    private boolean ended;
    private boolean broken;

    /** Adds frames with the next octets of a buffer, which may be none. */
    public static void seal(ByteBuf plain, int count, ByteBuf frames) {
        int left = count;
        while (left > 0) {
            int length = Math.min(left, MOST);
            frames.writeByte('D').writeShort(length);
            change(plain, length, frames);
            frames.writeByte(CLOSING);
            left -= length;
        }
    }

    /** Adds the sign of the end. */
    public static void end(ByteBuf frames) {
        frames.writeByte('E').writeShort(0).writeByte(CLOSING);
    }

    private static void change(ByteBuf from, int count, ByteBuf to) {
        byte[] octets = new byte[count];
        from.readBytes(octets);
        for (int i = 0; i < count; i++) {
            octets[i] ^= KEY;
        }
        to.writeBytes(octets);
    }

    /** Takes octets that have come. */
    public void add(ByteBuf octets) {
        waiting.discardSomeReadBytes().writeBytes(octets);
    }

    /**
     * Opens whole frames.
     *
     * @param room
     *            most octets to add
     */
    public void open(ByteBuf plain, int room) {
        int left = room;
        while (isWhole() && !broken && length() <= left) {
            int kind = waiting.readByte();
            int length = waiting.readUnsignedShort();
            change(waiting, length, plain);
            broken = waiting.readByte() != CLOSING;
            ended |= kind == 'E';
            left -= length;
        }
    }

    private int length() {
        return waiting.getUnsignedShort(waiting.readerIndex() + 1);
    }

    /** Whether there is a whole frame to open; after the end there is none. */
    public boolean isWhole() {
        if (ended || waiting.readableBytes() < HEADER) {
            return false;
        }
        int kind = waiting.getByte(waiting.readerIndex());
        broken |= (kind != 'D' && kind != 'E') || length() > MOST;
        return broken || waiting.readableBytes() > HEADER + length();
    }

    /** Whether the sign of the end has come. */
    public boolean isEnded() {
        return ended;
    }

    /** What is wrong with what came. */
    public Optional<String> fault() {
        return broken ? Optional.of(NO_FRAME) : Optional.empty();
    }

    /** Lets go of what waits. */
    public void release() {
        waiting.release();
    }
}
