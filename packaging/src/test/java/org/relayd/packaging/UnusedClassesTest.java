package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of ours, and a library of which it uses a part. */
class UnusedClassesTest {
    private static final String PROVIDER = "org/bouncycastle/jcajce/provider/digest/Sha";

    @TempDir
    Path folder;
    private Path program;
    private Path library;

    @BeforeEach
    void write() throws IOException {
        program = jar("relayd.jar", named("org/relayd/Main", "org/bouncycastle/ByType"),
                said("org/relayd/Other", "loads org.bouncycastle.ByName later"));
        library = jar("libraries.jar", named("org/bouncycastle/ByType", "org/bouncycastle/Deeper"),
                named("org/bouncycastle/ByName"), named("org/bouncycastle/Deeper"),
                named("org/bouncycastle/Alone", "org/bouncycastle/AloneToo"), named("org/bouncycastle/AloneToo"),
                named(PROVIDER, "org/bouncycastle/crypto/Sha"), named("org/bouncycastle/crypto/Sha"),
                named("META-INF/versions/17/org/bouncycastle/Deeper"),
                named("META-INF/versions/17/org/bouncycastle/Alone"), named("io/netty/handler/Alone"),
                named("io/netty/channel/Alone"));
    }

    @Test
    void whatNothingNamesIsUnused() throws Exception {
        assertEquals(List.of("org/bouncycastle/Alone.class", "org/bouncycastle/AloneToo.class",
                "META-INF/versions/17/org/bouncycastle/Alone.class", "io/netty/handler/Alone.class"), unused());
    }

    @Test
    void dataGoWithTheirClasses() throws Exception {
        UnusedClasses unused = new UnusedClasses(List.of(program, library));
        assertEquals(List.of("io/netty/handler/data", "org/bouncycastle/pqc/data"),
                Stream.of("io/netty/handler/data", "org/bouncycastle/data", "org/bouncycastle/pqc/data",
                        "META-INF/services/data", "io/netty/channel/data", "org/bouncycastle/").filter(unused::has)
                        .toList());
    }

    private List<String> unused() throws IOException {
        UnusedClasses unused = new UnusedClasses(List.of(program, library));
        try (var jar = new JarFile(library.toFile())) {
            return jar.stream().map(ZipEntry::getName).filter(unused::has).toList();
        }
    }

    /** Returns a class file, with its place in a jar. */
    private static Map.Entry<String, byte[]> named(String name, String... fields) {
        return Map.entry(name, ClassFile.of().build(ClassDesc.ofInternalName(name.replaceFirst("^META.*?\\d+/", "")),
                builder -> {
                    for (String field : fields) {
                        builder.withField("f" + field.length(), ClassDesc.ofInternalName(field), ClassFile.ACC_STATIC);
                    }
                }));
    }

    private static Map.Entry<String, byte[]> said(String name, String text) {
        return Map.entry(name, ClassFile.of().build(ClassDesc.ofInternalName(name),
                builder -> builder.withMethodBody("say", ConstantDescs.MTD_void, ClassFile.ACC_STATIC,
                        code -> code.loadConstant(text).pop().return_())));
    }

    @SafeVarargs
    private final Path jar(String name, Map.Entry<String, byte[]>... samples) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> sample : samples) {
                out.putNextEntry(new ZipEntry(sample.getKey() + ".class"));
                out.write(sample.getValue());
            }
        }
        return jar;
    }
}
