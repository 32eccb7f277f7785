package org.relayd.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A jar file.
 *  @param file its place */
record Jar(Path file) {

    /** Replaces each class by what the function makes of its bytes. Names, order and times of the entries stay, so that
     *  equal jars stay equal. */
    void rewriteClasses(UnaryOperator<byte[]> rewritten) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copy);
                byte[] content = in.readAllBytes();
                out.write(entry.getName().endsWith(".class") ? rewritten.apply(content) : content);
                out.closeEntry();
            }
        }
        Files.write(file, bytes.toByteArray());
    }
}
