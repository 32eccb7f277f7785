package org.relayd.runtime.parent.keystream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is written is read, however it is cut; and what cannot be read is garbage, never something else. */
class KeyStreamProperties {
    private static final int ROOM = 64 * 1024;

    private static SignatureRequest request(int id, byte[] content) {
        return new SignatureRequest(id, ~id, id & 0xffff, content);
    }

    @Property(tries = 300, seed = "2026", shrinking = ShrinkingMode.OFF)
    void requestsAreReadHoweverTheyAreCut(@ForAll @Size(min = 1, max = 20) List<@Size(min = 1, max = 512) byte[]> all,
            @ForAll @IntRange(min = 1, max = 600) int piece) throws GarbageException {
        ByteBuffer written = ByteBuffer.allocate(ROOM);
        for (int i = 0; i < all.size(); i++) {
            assertTrue(request(i * 7919, all.get(i)).write(written));
        }
        written.flip();
        List<SignatureRequest> read = new ArrayList<>();
        ByteBuffer in = ByteBuffer.allocate(ROOM);
        while (written.hasRemaining()) {
            int count = Math.min(piece, written.remaining());
            in.put(written.slice(written.position(), count));
            written.position(written.position() + count);
            in.flip();
            for (Optional<SignatureRequest> next = SignatureRequest.read(in); next
                    .isPresent(); next = SignatureRequest.read(in)) {
                read.add(next.get());
            }
            in.compact();
        }
        assertEquals(all.size(), read.size());
        for (int i = 0; i < all.size(); i++) {
            assertEquals(i * 7919, read.get(i).id());
            assertEquals(~(i * 7919), read.get(i).key());
            assertEquals(i * 7919 & 0xffff, read.get(i).scheme());
            assertArrayEquals(all.get(i), read.get(i).content());
        }
        assertEquals(0, in.position());
    }

    @Property(tries = 300, seed = "2026", shrinking = ShrinkingMode.OFF)
    void answersAreReadHoweverTheyAreCut(@ForAll @Size(min = 1, max = 20) List<@Size(max = 2048) byte[]> all,
            @ForAll @IntRange(min = 1, max = 3000) int piece) throws GarbageException {
        ByteBuffer written = ByteBuffer.allocate(ROOM);
        for (int i = 0; i < all.size(); i++) {
            Optional<byte[]> signature = all.get(i).length == 0 ? Optional.empty() : Optional.of(all.get(i));
            assertTrue(new SignatureAnswer(-i, signature).write(written));
        }
        written.flip();
        List<SignatureAnswer> read = new ArrayList<>();
        ByteBuffer in = ByteBuffer.allocate(ROOM);
        while (written.hasRemaining()) {
            int count = Math.min(piece, written.remaining());
            in.put(written.slice(written.position(), count));
            written.position(written.position() + count);
            in.flip();
            for (Optional<SignatureAnswer> next = SignatureAnswer.read(in); next
                    .isPresent(); next = SignatureAnswer.read(in)) {
                read.add(next.get());
            }
            in.compact();
        }
        assertEquals(all.size(), read.size());
        for (int i = 0; i < all.size(); i++) {
            assertEquals(-i, read.get(i).id());
            assertArrayEquals(all.get(i), read.get(i).signature().orElse(new byte[0]));
        }
    }

    @Property(tries = 1000, seed = "2026", shrinking = ShrinkingMode.OFF)
    void octetsOfAnyKindAreARequestPartOfOneOrGarbage(@ForAll @Size(max = 800) byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        try {
            while (SignatureRequest.read(in).isPresent()) {
                assertTrue(in.position() <= octets.length);
            }
            assertTrue(in.remaining() < SignatureRequest.LONGEST);
        } catch (GarbageException garbage) {
            assertTrue(in.remaining() >= SignatureRequest.HEADER);
        }
    }

    @Property(tries = 1000, seed = "2026", shrinking = ShrinkingMode.OFF)
    void octetsOfAnyKindAreAnAnswerPartOfOneOrGarbage(@ForAll @Size(max = 3000) byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        try {
            while (SignatureAnswer.read(in).isPresent()) {
                assertTrue(in.position() <= octets.length);
            }
            assertTrue(in.remaining() < SignatureAnswer.LONGEST);
        } catch (GarbageException garbage) {
            assertTrue(in.remaining() >= SignatureAnswer.HEADER);
        }
    }

    @Example
    void lengthsAreBounded() {
        assertFalse(request(1, new byte[0]).isWritable());
        assertFalse(request(1, new byte[513]).isWritable());
        assertTrue(request(1, new byte[512]).isWritable());
        assertThrows(GarbageException.class, () -> SignatureRequest.read(ByteBuffer.allocate(12)));
        assertThrows(GarbageException.class,
                () -> SignatureRequest.read(ByteBuffer.allocate(12).putShort(10, (short) 513)));
        assertThrows(GarbageException.class,
                () -> SignatureAnswer.read(ByteBuffer.allocate(6).putShort(4, (short) 2049)));
    }

    @Example
    void nothingIsWrittenWithoutRoomForAll() {
        ByteBuffer narrow = ByteBuffer.allocate(20);
        assertFalse(request(1, new byte[9]).write(narrow));
        assertFalse(new SignatureAnswer(1, Optional.of(new byte[15])).write(narrow));
        assertEquals(0, narrow.position());
        assertTrue(request(1, new byte[8]).write(narrow));
    }
}
