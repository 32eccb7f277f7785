package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Two archives of the same classes, with times that differ and with more. */
class ClassArchiveTest {
    private static final int HEADER = 984;
    private static final int REGION = 1024;
    private static final int SIZE = 64;

    @Test
    void archivesThatDifferInTimesComeOutTheSame() throws Exception {
        byte[] evened = evenedOut(archive(5_748_881, 7), archive(5_763_702, 7));
        assertArrayEquals(evened, evenedOut(archive(9_999_999, 7), archive(10_000_000, 7)));
        assertArrayEquals(evened, archive(0, 7));
    }

    /** A word that happens to look like a time is the same in both, and stays. */
    @Test
    void whatIsTheSameInBothStays() throws Exception {
        byte[] evened = evenedOut(archive(5_748_881, 5_748_881), archive(5_763_702, 5_748_881));
        assertEquals(5_748_881, ByteBuffer.wrap(evened).order(ByteOrder.LITTLE_ENDIAN).getLong(REGION + 16));
    }

    @Test
    void oneThatDiffersInMoreIsPassedOver() throws Exception {
        assertArrayEquals(archive(0, 7), evenedOut(archive(1, 7), withMore(2), archive(3, 7)));
    }

    @Test
    void archivesThatAllDifferInMoreAreRefused() {
        assertThrows(IOException.class,
                () -> evenedOut(withMore(1), withMore(2), withMore(3), withMore(4), withMore(5)));
    }

    @Test
    void anotherFormIsRefused() {
        assertThrows(IOException.class, () -> evenedOut(new byte[2048], new byte[2048]));
    }

    private static byte[] evenedOut(byte[]... archives) throws Exception {
        Iterator<byte[]> next = List.of(archives).iterator();
        return ClassArchive.evenedOut(next::next);
    }

    private static byte[] withMore(int more) {
        byte[] archive = archive(1, 7);
        archive[archive.length - 1] = (byte) more;
        return archive;
    }

    /** An archive as JDK 25 makes it, as far as this reads it. */
    private static byte[] archive(long time, long other) {
        byte[] bytes = new byte[REGION + SIZE + 16];
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        words.putInt(12, HEADER);
        words.putLong(24 + 3 * 96 + 24, REGION);
        words.putLong(24 + 3 * 96 + 40, SIZE);
        words.putLong(REGION + 8, time);
        words.putLong(REGION + 16, other);
        words.putInt(24 + 3 * 96, checksum(bytes, REGION, SIZE));
        words.putInt(4, checksum(bytes, 16, HEADER - 16));
        return bytes;
    }

    private static int checksum(byte[] bytes, int from, int size) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, size);
        return (int) crc.getValue();
    }
}
