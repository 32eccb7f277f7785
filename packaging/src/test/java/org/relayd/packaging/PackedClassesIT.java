package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The classes that are shipped do what those do that were tested, although they were rewritten in between. The
 * runtime's are run by {@link TrainingClients}, which look at each answer that they get.
 */
class PackedClassesIT {
    private static final Path TREE = Path.of(System.getProperty("relayd.tree"));
    private static final Distribution DISTRIBUTION = new Distribution(TREE.resolve("target/dist"));
    private static final String NO_MACHINE = "{\"hosts\": {\"www.example.org\": [\"192.0.2.1\"]}}";

    @TempDir
    Path folder;
    private URLClassLoader packed;

    @BeforeEach
    void open() throws IOException {
        List<URL> jars = new ArrayList<>();
        for (Path jar : jars("")) {
            jars.add(jar.toUri().toURL());
        }
        packed = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @AfterEach
    void close() throws IOException {
        packed.close();
    }

    @Test
    void everyClassOfOursVerifiesAndHasNoBootstrapsLeft() throws IOException {
        ClassFile verifier = ClassFile.of(ClassFile.ClassHierarchyResolverOption
                .of(ClassHierarchyResolver.ofResourceParsing(packed).cached()));
        List<String> faults = new ArrayList<>();
        int classes = 0;
        for (Path jar : jars("relay")) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (String name : file.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class"))
                        .toList()) {
                    byte[] bytes = file.getInputStream(file.getEntry(name)).readAllBytes();
                    verifier.verify(bytes).forEach(fault -> faults.add(name + ": " + fault.getMessage()));
                    if (!Arrays.equals(replaced(bytes), bytes)) {
                        faults.add(name + ": is not rewritten");
                    }
                    classes++;
                }
            }
        }
        assertEquals(List.of(), faults);
        assertTrue(classes > 1000, "only " + classes + " classes");
    }

    private byte[] replaced(byte[] bytes) {
        ClassHierarchyResolver hierarchy = ClassHierarchyResolver.ofResourceParsing(packed);
        return new RecordMethods(hierarchy).replaced(new TypeSwitches(hierarchy).replaced(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "config", "nft"})
    void everyGoldenCaseGivesTheSame(String kind) throws Exception {
        Path machine = Files.writeString(folder.resolve("machine"), NO_MACHINE);
        Method tested = program(getClass().getClassLoader());
        Method shipped = program(packed);
        List<Path> cases;
        try (Stream<Path> files = Files.walk(TREE.resolve("golden-tests/cases"))) {
            cases = files.filter(file -> file.toString().endsWith(".conf")).sorted(Comparator.naturalOrder()).toList();
        }
        assertTrue(cases.size() > 500, cases::toString);
        for (Path each : cases) {
            String[] arguments = {"-f", each.toString(), "--environment", machine.toString(), "--emit", kind};
            assertEquals(said(tested, arguments), said(shipped, arguments), each::toString);
        }
    }

    /** Bouncy Castle puts their names together, so that {@link UnusedClasses} cannot know that they are used. */
    @Test
    void allAlgorithmsForKeysAreThere() throws Exception {
        Provider provider = (Provider) packed.loadClass("org.bouncycastle.jce.provider.BouncyCastleProvider")
                .getDeclaredConstructor().newInstance();
        List<String> classes = provider.getServices().stream().map(Provider.Service::getClassName)
                .filter(name -> !name.startsWith("org.bouncycastle.pqc.")).distinct().toList();
        for (String name : classes) {
            assertTrue(packed.loadClass(name).getDeclaredConstructors().length > 0, name);
        }
        assertTrue(classes.size() > 500, classes::toString);
    }

    private static Method program(ClassLoader classes) throws ReflectiveOperationException {
        Method run = classes.loadClass(Program.COMPILE.mainClass()).getDeclaredMethod("run", String[].class);
        run.setAccessible(true);
        return run;
    }

    /** What the program prints, and its exit status. */
    private static String said(Method program, String... arguments) throws ReflectiveOperationException {
        PrintStream output = System.out;
        PrintStream errors = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            Object status = program.invoke(null, (Object) arguments);
            return said.toString(StandardCharsets.UTF_8) + "status " + status;
        } finally {
            System.setOut(output);
            System.setErr(errors);
        }
    }

    private static List<Path> jars(String beginning) throws IOException {
        try (Stream<Path> files = Files.list(DISTRIBUTION.lib())) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning)
                    && file.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
