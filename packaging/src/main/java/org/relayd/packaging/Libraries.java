package org.relayd.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The jars of others, put together into one: each jar of the class path holds a descriptor for as long as the JVM
 * runs, and with a low limit of open files those would be missing for connections.
 *
 * <p>Left out: what describes one jar only, its manifest, module and signatures, and Netty's native libraries, which
 * lie unpacked in {@code lib/native}. Lists that programs gather from all jars, of services and of versions, are put
 * one after the other. Licences and notices that jars bring are in the folder {@code licences}.
 */
final class Libraries {
    /** Signatures of a jar's files: with the list of another jar they would say that it was tampered with. */
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/(?:SIG-[^/]*|[^/]*\\.(?:SF|RSA|DSA|EC))");

    /** Name of the jar. */
    static final String NAME = "libraries.jar";
    /** Attribute of its manifest: the file names of the jars that are in it. */
    static final Attributes.Name MERGED = new Attributes.Name("Merged-Jars");

    private final LinkedHashMap<String, Content> entries = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private boolean multiRelease;

    /**
     * What is in one file of the jar.
     *
     * @param time
     *            when it was last changed
     */
    private record Content(LocalDateTime time, ByteArrayOutputStream bytes) {}

    /** Takes in what is in a jar. */
    void add(Path jar) throws IOException {
        names.add(jar.getFileName().toString());
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                in.transferTo(bytes);
                if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    multiRelease |= isMultiRelease(bytes.toByteArray());
                } else if (!entry.isDirectory() && !isOfOneJar(entry.getName())) {
                    String name = entry.getName();
                    entries.merge(name, new Content(entry.getTimeLocal(), bytes),
                            (first, second) -> isList(name) ? together(first, second) : first);
                }
            }
        }
    }

    private static boolean isMultiRelease(byte[] manifest) {
        return Boolean.parseBoolean(Jar.manifest(manifest).getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE));
    }

    private static boolean isOfOneJar(String name) {
        return name.endsWith("module-info.class") || name.startsWith("META-INF/native/")
                || name.equals("META-INF/INDEX.LIST") || SIGNATURE.matcher(name).matches();
    }

    private static boolean isList(String name) {
        return name.startsWith("META-INF/services/") || name.endsWith(".versions.properties");
    }

    private static Content together(Content first, Content second) {
        first.bytes().write('\n');
        first.bytes().writeBytes(second.bytes().toByteArray());
        return first;
    }

    /** Writes the jar; from equal jars it comes out equal. */
    void write(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(MERGED, names.stream().collect(Collectors.joining(" ")));
        if (multiRelease) {
            manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        }
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            put(out, JarFile.MANIFEST_NAME, entries.firstEntry().getValue().time());
            manifest.write(out);
            for (Map.Entry<String, Content> entry : entries.entrySet()) {
                put(out, entry.getKey(), entry.getValue().time());
                entry.getValue().bytes().writeTo(out);
            }
        }
    }

    /** Begins the next file. */
    private static void put(ZipOutputStream out, String name, LocalDateTime time) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(time);
        out.putNextEntry(entry);
    }
}
