package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.packaging.FakeTree.Ran;

/** The distribution that this build has just made, as a user starts it. */
class DistributionIT {
    private static final Path TREE = Path.of(System.getProperty("relayd.tree"));
    private static final Distribution DISTRIBUTION = new Distribution(TREE.resolve("target/dist"));

    @TempDir
    Path folder;

    @Test
    void theBuildIdStandsForTheJars() throws Exception {
        assertEquals(DISTRIBUTION.checksum() + "\n", Files.readString(DISTRIBUTION.buildId()));
        try (Stream<Path> jars = Files.list(DISTRIBUTION.lib()).filter(file -> file.toString().endsWith(".jar"))) {
            for (Path jar : jars.toList()) {
                assertEquals(Files.getLastModifiedTime(DISTRIBUTION.buildId()), Files.getLastModifiedTime(jar),
                        jar::toString);
            }
        }
    }

    @Test
    void everyForeignJarHasItsLicenceNamed() throws Exception {
        String notices = Files.readString(DISTRIBUTION.folder().resolve("THIRD-PARTY.md"));
        List<String> named = Pattern.compile("^\\| `([^`]+)`", Pattern.MULTILINE).matcher(notices).results()
                .map(row -> row.group(1)).toList();
        try (JarFile libraries = new JarFile(DISTRIBUTION.lib().resolve(Libraries.NAME).toFile())) {
            List<String> jars = List
                    .of(libraries.getManifest().getMainAttributes().getValue(Libraries.MERGED).split(" "));
            assertTrue(jars.size() > 10, jars::toString);
            assertEquals(List.of(),
                    jars.stream().filter(jar -> named.stream().noneMatch(jar::startsWith)).toList());
        }
        try (Stream<Path> jars = Files.list(DISTRIBUTION.lib())) {
            assertEquals(List.of(Libraries.NAME),
                    jars.map(jar -> jar.getFileName().toString())
                            .filter(jar -> jar.endsWith(".jar") && !jar.startsWith("relay")).toList());
        }
    }

    /** They would be unpacked at each start else, or be missing where nothing may be unpacked. */
    @ParameterizedTest
    @ValueSource(strings = {"libnetty_transport_native_epoll", "libnetty_tcnative_linux"})
    void nativeLibrariesAreThereForBothArchitectures(String library) throws Exception {
        try (Stream<Path> files = Files.list(DISTRIBUTION.lib().resolve("native"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(library)).sorted().toList();
            assertEquals(List.of(library + "_aarch_64.so", library + "_x86_64.so"), names);
        }
    }

    /** An ordinary file says nothing of TLS: what reads certificates and speaks TLS is not even loaded. */
    @ParameterizedTest
    @ValueSource(strings = {"org.bouncycastle.", "io.netty.internal.tcnative.", "javax.net.ssl."})
    void aCheckWithoutTlsLoadsNothingOfIt(String expensive) throws Exception {
        List<String> log = log("class+load", "relayd", "-n", "-f",
                TREE.resolve("packaging/etc/relayd.conf").toString());
        assertEquals(List.of(), log.stream().filter(line -> line.contains(" " + expensive)).toList());
    }

    static List<Program> programs() {
        return Program.ofThisUser();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyProgramStartsFromItsCache(Program program) throws Exception {
        assertTrue(DISTRIBUTION.startsFromCache(program), () -> "no cache for " + program + ", or it is refused");
        assertTrue(log("class+load", program.launcher(), "--version").stream()
                .anyMatch(line -> line.contains(program.mainClass() + " source: shared objects file")),
                "loaded from the jar");
    }

    /** All that is in a cache is loaded at once. */
    @ParameterizedTest
    @ValueSource(strings = {"org.relayd.compiler.RelaydCompiler", "org.bouncycastle.openssl.PEMParser",
            "org.relayd.runtime.tls.boringssl.BoringSslStream", "org.relayd.runtime.relay.copy.CopyDialogue"})
    void theOneProcessNeedsNoJarToCompileAndToSpeakTls(String needed) throws Exception {
        Path log = folder.resolve("log");
        assertEquals(0, DISTRIBUTION.run(Program.DAEMON, "-Xlog:class+load:file=" + log, Map.of(), "--version"));
        assertTrue(Files.readAllLines(log).stream()
                .anyMatch(line -> line.contains(needed + " source: shared objects file")), "not in the cache");
    }

    /** Of classes from a jar the JVM would say so. */
    @Test
    void picocliComesFromTheCacheToo() throws Exception {
        assertTrue(log("class+load", "relayd", "--version").stream()
                .anyMatch(line -> line.contains("picocli.CommandLine source: shared objects file")));
    }

    /**
     * Not the generated lexer, for its automaton; not System.exit's logger, which is looked for in every jar; not the
     * plan, which nobody carries out.
     */
    @ParameterizedTest
    @ValueSource(strings = {"org/relayd/grammar/RelaydLexer", "java/lang/System$LoggerFinder",
            "org/relayd/compiler/lower/PlanAssembler", "org/relayd/ir/plan/Plan"})
    void aCheckOfAnOrdinaryFileDoesWithout(String expensive) throws Exception {
        List<String> log = log("class+init", "relayd", "-n", "-f",
                TREE.resolve("packaging/src/training/check.conf").toString());
        assertTrue(log.stream().anyMatch(line -> line.contains("'org/relayd/grammar/RelaydParser'")), log::toString);
        assertEquals(List.of(), log.stream().filter(line -> line.contains("'" + expensive + "'")).toList());
    }

    /** What the JVM logs while a program runs, which must succeed. */
    private List<String> log(String topic, String launcher, String... arguments) throws Exception {
        Path log = folder.resolve("log");
        Ran ran = FakeTree.run(folder,
                Map.of("RELAYD_JAVA", System.getProperty("java.home"), "RELAYD_JAVA_OPTS",
                        "-Xlog:" + topic + ":file=" + log),
                TREE.resolve("bin").resolve(launcher).toString(), arguments);
        assertEquals(0, ran.status(), ran::toString);
        assertEquals(List.of(), ran.errors().stream().filter(line -> line.contains("[aot")).toList());
        return Files.readAllLines(log);
    }

    /** What Maven leaves when it packs unchanged code again: other times, no build id, the caches of before. */
    @Test
    void afterASecondBuildEveryProgramStillStartsFromItsCache() throws Exception {
        Ran copied = FakeTree.run(folder, Map.of(), "cp", "-Rp", DISTRIBUTION.folder().toString(), "again");
        assertEquals(0, copied.status(), copied::toString);
        Distribution again = new Distribution(folder.resolve("again"));
        Files.delete(again.buildId());
        try (Stream<Path> files = Files.list(again.lib())) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
            }
        }
        new StartupCaches(again, (program, _) -> fail(program + " is trained a second time")).make();
        for (Program program : programs()) {
            assertTrue(again.startsFromCache(program), program::toString);
        }
    }
}
