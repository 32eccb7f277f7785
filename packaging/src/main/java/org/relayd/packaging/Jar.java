package org.relayd.packaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A jar file.
 *
 * @param file
 *            its place
 */
record Jar(Path file) {

    /**
     * Replaces each class by what the function makes of its bytes. Names, order and times of the entries stay, so that
     * equal jars stay equal.
     */
    void rewriteClasses(UnaryOperator<byte[]> rewritten) throws IOException {
        rewrite(name -> name.endsWith(".class"), rewritten);
    }

    /**
     * Replaces the class path in the manifest, if it has one.
     *
     * @param path
     *            file names, separated by blanks
     */
    void rewriteClassPath(UnaryOperator<String> path) throws IOException {
        rewrite(JarFile.MANIFEST_NAME::equals, bytes -> {
            Manifest manifest = manifest(bytes);
            manifest.getMainAttributes().computeIfPresent(Attributes.Name.CLASS_PATH,
                    (_, old) -> path.apply(old.toString()));
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            try {
                manifest.write(written);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return written.toByteArray();
        });
    }

    /** Reads a manifest. */
    static Manifest manifest(byte[] bytes) {
        try {
            return new Manifest(new ByteArrayInputStream(bytes));
        } catch (IOException malformed) {
            throw new UncheckedIOException("manifest", malformed);
        }
    }

    /** Hands over each class, by the name of its file and its bytes. */
    void forEachClass(BiConsumer<String, byte[]> consumer) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().endsWith(".class")) {
                    consumer.accept(entry.getName(), in.readAllBytes());
                }
            }
        }
    }

    /** Leaves out the entries whose names the test finds. */
    void remove(Predicate<String> which) throws IOException {
        rewrite(which.negate(), _ -> false, bytes -> bytes);
    }

    private void rewrite(Predicate<String> which, UnaryOperator<byte[]> rewritten) throws IOException {
        rewrite(_ -> true, which, rewritten);
    }

    private void rewrite(Predicate<String> kept, Predicate<String> which, UnaryOperator<byte[]> rewritten)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!kept.test(entry.getName())) {
                    continue;
                }
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copy);
                byte[] content = in.readAllBytes();
                out.write(which.test(entry.getName()) ? rewritten.apply(content) : content);
                out.closeEntry();
            }
        }
        // Another file in its place: who has this one open goes on reading it as it was.
        Path written = Files.write(file.resolveSibling(file.getFileName() + ".new"), bytes.toByteArray());
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
