package org.relayd.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * An archive of classes that are loaded and linked ahead of time, made from a list of their names. From the same jars,
 * image, flags and list it comes out the same, but for one thing, which is evened out here: a soft reference holds the
 * time at which it was last used, in milliseconds since the machine was started.
 *
 * @param distribution
 *            the program
 * @param program
 *            one of the programs that start from it, with the flags of all
 * @param name
 *            by which launch.sh knows it
 */
record ClassArchive(Distribution distribution, Program program, String name) {
    private static final int TRIES = 5;
    /** Where the header of JDK 25 has what is needed here, in octets. */
    private static final int HEADER_CHECKSUM = 4;
    private static final int HEADER_SIZE = 12;
    private static final int CHECKED_HEADER = 16;
    /** The region of objects, fourth of all, which are described one after the other. */
    private static final int OBJECTS = 24 + 3 * 96;
    private static final int REGION_PLACE = OBJECTS + 24;
    private static final int REGION_SIZE = OBJECTS + 40;

    /**
     * Makes the archive.
     *
     * @param list
     *            as the JVM writes it with {@code -XX:DumpLoadedClassList}
     * @throws IOException
     *             when the JVM makes none, or one of a form that is not known here, or another one each time
     */
    void make(Path list) throws IOException, InterruptedException {
        Path file = distribution.lib().resolve(name + "-" + distribution.checksum() + ".aot").toAbsolutePath();
        Files.write(file, evenedOut(() -> dumped(list.toAbsolutePath(), file)));
    }

    /** Without compilers: what they do when depends on how busy the machine is, and no time is lost. */
    private byte[] dumped(Path list, Path file) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        distribution.runInPlace(program, "-Xint -Xshare:dump -XX:+AOTClassLinking -XX:SharedClassListFile=" + list
                + " -XX:SharedArchiveFile=" + file, "--version");
        if (!Files.exists(file)) {
            throw new IOException("no archive of classes comes of " + list);
        }
        return Files.readAllBytes(file);
    }

    /** Makes an archive. */
    interface Dump {
        /**
         * Returns a new one each time.
         *
         * @throws IOException
         *             when none comes of it
         */
        byte[] archive() throws IOException, InterruptedException;
    }

    /**
     * Returns the first archive that comes twice: on a very busy machine one was seen that had more than times of its
     * own.
     *
     * @throws IOException
     *             when none does
     */
    static byte[] evenedOut(Dump dump) throws IOException, InterruptedException {
        List<byte[]> before = new ArrayList<>();
        while (before.size() < TRIES) {
            byte[] archive = dump.archive();
            for (byte[] other : before) {
                Optional<byte[]> evened = evenedOut(archive, other);
                if (evened.isPresent()) {
                    return evened.get();
                }
            }
            before.add(archive);
        }
        throw new IOException("of " + TRIES + " archives of the same classes no two are the same");
    }

    /**
     * Returns an archive in which the times of use are 0, as if long ago: what is another in an archive that was made
     * the same way at another time. Nothing if they differ in more.
     */
    private static Optional<byte[]> evenedOut(byte[] archive, byte[] other) throws IOException {
        byte[] evened = archive.clone();
        ByteBuffer words = ByteBuffer.wrap(evened).order(ByteOrder.LITTLE_ENDIAN);
        int place = Math.toIntExact(words.getLong(REGION_PLACE));
        int size = Math.toIntExact(words.getLong(REGION_SIZE));
        int header = words.getInt(HEADER_SIZE);
        if (words.getInt(OBJECTS) != checksum(archive, place, size)
                || words.getInt(HEADER_CHECKSUM) != checksum(archive, CHECKED_HEADER, header - CHECKED_HEADER)) {
            throw new IOException(
                    "the JDK makes archives of another form than that of JDK 25: ClassArchive must follow");
        }
        if (other.length != archive.length || Arrays.mismatch(archive, header, place, other, header, place) >= 0
                || Arrays.mismatch(archive, place + size, archive.length, other, place + size, other.length) >= 0) {
            return Optional.empty();
        }
        ByteBuffer others = ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = place; at < place + size; at += Long.BYTES) {
            if (words.getLong(at) != others.getLong(at)) {
                words.putLong(at, 0);
            }
        }
        words.putInt(OBJECTS, checksum(evened, place, size));
        words.putInt(HEADER_CHECKSUM, checksum(evened, CHECKED_HEADER, header - CHECKED_HEADER));
        return Optional.of(evened);
    }

    private static int checksum(byte[] bytes, int from, int size) throws IOException {
        if (from < 0 || size < 0 || from > bytes.length - size) {
            throw new IOException("an archive of classes that ends before its time");
        }
        CRC32 crc = new CRC32();
        crc.update(bytes, from, size);
        return (int) crc.getValue();
    }
}
