package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
    @TempDir
    Path folder;

    private Path jar(String name, String... entries) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                ZipEntry next = new ZipEntry(entry);
                next.setTimeLocal(LocalDateTime.of(2025, 1, 1, 0, 0));
                out.putNextEntry(next);
                out.write((name + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private Path merged(String name, Path... jars) throws IOException {
        Libraries libraries = new Libraries();
        for (Path jar : jars) {
            libraries.add(jar);
        }
        Path merged = folder.resolve(name);
        libraries.write(merged);
        return merged;
    }

    /** The JVM loads no class of a jar whose list of signed files has other files. */
    @Test
    void signaturesOfOneJarAreLeftOut() throws Exception {
        Path signed = jar("signed.jar", "META-INF/OWNER.SF", "META-INF/OWNER.RSA", "META-INF/OTHER.DSA",
                "META-INF/OTHER.EC", "META-INF/SIG-OLD", "META-INF/LICENSE.md", "org/signed/A.class");
        Path other = jar("other.jar", "META-INF/native/libother.so", "org/other/A.class");
        try (JarFile merged = new JarFile(merged("libraries.jar", signed, other).toFile())) {
            assertEquals(List.of("META-INF/MANIFEST.MF", "META-INF/LICENSE.md", "org/signed/A.class",
                    "org/other/A.class"), merged.stream().map(ZipEntry::getName).toList());
        }
    }

    @Test
    void listsAreTogetherAndEqualJarsAreEqual() throws Exception {
        Path one = jar("one.jar", "META-INF/services/java.security.Provider");
        Path other = jar("other.jar", "META-INF/services/java.security.Provider");
        Path merged = merged("libraries.jar", one, other);
        try (JarFile jar = new JarFile(merged.toFile())) {
            assertEquals("one.jar\n\nother.jar\n", new String(
                    jar.getInputStream(jar.getEntry("META-INF/services/java.security.Provider")).readAllBytes(),
                    StandardCharsets.UTF_8));
        }
        assertArrayEquals(Files.readAllBytes(merged), Files.readAllBytes(merged("again.jar", one, other)));
    }
}
