package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.packaging.FakeTree.Ran;

/** The launchers, in front of programs that only say how they were run. */
class LauncherTest {
    private static final String OF_A_SERVICE = "TrimNativeHeapInterval";
    private static final String JDK = System.getProperty("java.home");

    @TempDir
    Path folder;
    private FakeTree tree;

    @BeforeEach
    void install() throws IOException {
        tree = FakeTree.distribution(folder.resolve("a tree"));
    }

    @Test
    void argumentsAndStatusPassUnchanged() throws Exception {
        Ran ran = tree.run("relayctl", "show  it", "", "*");
        assertEquals(List.of("argument <show  it>", "argument <>", "argument <*>"), last(3, ran.output()));
        assertEquals("show  it".length(), ran.status());
        assertEquals(List.of(), ran.errors());
    }

    @Test
    void theProcessBecomesJava() throws Exception {
        Ran ran = tree.run("relayd");
        assertTrue(ran.output().contains("pid " + ran.pid()), ran::toString);
    }

    @Test
    void worksThroughLinksFromAnyFolder() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(elsewhere.resolve("first"), tree.launcher("relayctl"));
        Files.createSymbolicLink(elsewhere.resolve("second"), Path.of("first"));
        Ran absolute = FakeTree.run(Path.of("/"), jdk(), elsewhere.resolve("second").toString());
        assertEquals("says hello", absolute.output().getFirst(), absolute::toString);
        Ran relative = FakeTree.run(elsewhere, jdk(), "sh", "second");
        assertEquals("says hello", relative.output().getFirst(), relative::toString);
    }

    @Test
    void aCheckIsRunAsAToolAndAServiceIsNot() throws Exception {
        for (String[] check : new String[][]{{"-n"}, {"-dn"}, {"-vnf", "x"}, {"-f", "x", "-n"},
                {"--dialect", "5.1", "-n"},
                {"--version"}}) {
            assertFalse(flags(tree.run("relayd", check)).contains(OF_A_SERVICE), () -> String.join(" ", check));
        }
        for (String[] service : new String[][]{{"-d"}, {"-f", "-n"}, {"-Dn"}, {"-fn"}, {"-D", "-n"},
                {"--socket", "-n"}, {}}) {
            assertTrue(flags(tree.run("relayd", service)).contains(OF_A_SERVICE),
                    () -> String.join(" ", service));
        }
    }

    @Test
    void aServiceIgnoresWhatWouldEndItBeforeItCanHandleSignals() throws Exception {
        int hangUp = 1 << 0;
        int user = 1 << 9;
        assertEquals(hangUp | user, ignored(tree.run("relayd")) & (hangUp | user));
        // A build under nohup(1) ignores the other one all the time.
        assertEquals(0, ignored(tree.run("relayd", "-n")) & user);
        String bin = Files.readString(tree.launcher("relayd"));
        String first = bin.lines().filter(line -> !line.startsWith("#")).findFirst().orElseThrow();
        assertEquals("trap '' HUP USR1", first);
    }

    private static long ignored(Ran ran) {
        String line = ran.output().stream().filter(one -> one.startsWith("ignores ")).findFirst().orElseThrow();
        return Long.parseLong(line.substring("ignores ".length()), 16);
    }

    @Test
    void theFlagsAreThoseOfThePageOfStartUp() throws Exception {
        Set<String> flags = flagsIn(Path.of("launch.sh"));
        assertTrue(flags.contains("-XX:TieredStopAtLevel"), flags::toString);
        assertEquals(flagsIn(Path.of("START-UP.md")), flags);
    }

    /** Without their values. */
    private static Set<String> flagsIn(Path file) throws IOException {
        Pattern flag = Pattern.compile("-XX:[+-]?\\w+|-Xms|-Xlog:\\w+|-D\\w+\\.[\\w.]+|--enable-native-access");
        return flag.matcher(Files.readString(file)).results().map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theMemoryOfAServiceIsBoundedUnlessTheUserSaysOtherwise() throws Exception {
        String bounded = serving(tree.run("relayd"));
        assertTrue(bounded.contains("-XX:MaxRAM="), bounded);
        Ran ran = FakeTree.run(folder, Map.of("RELAYD_JAVA", JDK, "RELAYD_JAVA_OPTS", "-Xms8m -XX:MaxRAM=1g"),
                tree.launcher("relayd").toString());
        String chosen = serving(ran);
        // Of two values Java takes the last.
        assertTrue(chosen.lastIndexOf("-XX:MaxRAM=") == chosen.indexOf("-XX:MaxRAM=1g"), chosen);
        assertTrue(chosen.lastIndexOf("-Xms") == chosen.indexOf("-Xms8m"), chosen);
    }

    /** Returns the flags of the process that serves: this one, or as root the worker that it is told to start. */
    private static String serving(Ran ran) {
        return ran.worker().isEmpty() ? flags(ran) : String.join(" ", ran.worker());
    }

    @Test
    void rootGetsAParentThatKnowsHowToStartItsWorker() throws Exception {
        assumeTrue(isRoot(), "not root");
        Path elsewhere = Files.createDirectory(folder.resolve("else where"));
        Files.createSymbolicLink(elsewhere.resolve("relayd"), Path.of("../a tree/bin/relayd"));
        Ran ran = FakeTree.run(elsewhere, Map.of("RELAYD_JAVA", JDK, "RELAYD_PARENT_JAVA_OPTS", "-Xms9m",
                "RELAYD_JAVA_OPTS", "-Xms10m"), "./relayd", "-d");
        List<String> worker = ran.worker();
        assertEquals(JDK + "/bin/java", worker.getFirst());
        assertTrue(worker.contains("-Xms10m") && !worker.contains("-Xms9m"), worker::toString);
        assertTrue(flags(ran).contains("-Xms9m") && !flags(ran).contains("-Xms10m,"), ran::toString);
        assertEquals("-cp", worker.get(worker.size() - 2));
        Path classes = Path.of(worker.getLast());
        assertTrue(classes.isAbsolute() && Files.exists(classes), classes::toString);
        assertTrue(worker.stream().anyMatch(word -> word.startsWith("-Djava.library.path=/")), worker::toString);
    }

    @Test
    void theWorkerHasACacheOfItsOwn() throws Exception {
        assumeTrue(isRoot(), "not root");
        Distribution distribution = new Distribution(folder.resolve("a tree"));
        Path daemon = Files.createFile(distribution.cache(Program.DAEMON));
        assertEquals(List.of(daemon.getFileName()), caches(tree.run("relayd")), "better than none");
        Path worker = Files.createFile(distribution.cache(Program.WORKER));
        assertEquals(List.of(worker.getFileName()), caches(tree.run("relayd")));
    }

    private static List<Path> caches(Ran ran) {
        String flag = "-XX:AOTCache=";
        return ran.worker().stream().filter(word -> word.startsWith(flag))
                .map(word -> Path.of(word.substring(flag.length())).getFileName()).toList();
    }

    @Test
    void aCheckOfRootStartsNoWorker() throws Exception {
        assertEquals(List.of(), tree.run("relayd", "-n").worker());
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    @Test
    void theCacheIsUsed() throws Exception {
        train();
        assertTrue(isCached(), "loaded from the jar");
    }

    @Test
    void aReplacedJarRunsItsOwnCodeAndNotTheCachedOne() throws Exception {
        train();
        tree.installProgram("relayctl", "org.relayd.ctl", "RelayctlMain", "HELLO");
        Ran ran = tree.run("relayctl");
        assertEquals("says HELLO", ran.output().getFirst(), ran::toString);
        assertEquals(List.of(), ran.errors());
    }

    @Test
    void aJarOfAnotherTimeRunsItsOwnCodeWhateverTheBuildIdSays() throws Exception {
        Distribution distribution = new Distribution(folder.resolve("a tree"));
        distribution.dateJars();
        distribution.complete();
        FileTime built = Files.getLastModifiedTime(distribution.buildId());
        train();
        assertTrue(isCached(), "the cache is not used");
        for (Duration distance : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(1))) {
            tree.installProgram("relayctl", "org.relayd.ctl", "RelayctlMain", "HELLO");
            Files.setLastModifiedTime(tree.lib().resolve("relayctl-0.1.jar"),
                    FileTime.from(built.toInstant().plus(distance)));
            assertEquals("says HELLO", tree.run("relayctl").output().getFirst());
        }
    }

    @Test
    void aCacheThatTheJvmRefusesChangesNothing() throws Exception {
        Files.writeString(train(), "this is no cache");
        Ran ran = tree.run("relayctl");
        assertEquals("says hello", ran.output().getFirst(), ran::toString);
        assertEquals(List.of(), ran.errors());
        assertEquals(0, ran.status());
    }

    @Test
    void theFirstJdkThatIsNewEnoughIsTaken() throws Exception {
        Path old = oldJdk("17.0.1");
        for (Map<String, String> environment : List.of(Map.of("RELAYD_JAVA", JDK + "/bin/java"),
                Map.of("RELAYD_JAVA", JDK),
                Map.of("JAVA_HOME", JDK), Map.of("RELAYD_JAVA", old + "/bin/java", "JAVA_HOME", JDK),
                Map.of("RELAYD_JAVA", "/nowhere", "JAVA_HOME", old.toString(), "PATH", JDK + "/bin:/usr/bin:/bin"))) {
            Ran ran = FakeTree.run(folder, environment, tree.launcher("relayd").toString());
            assertTrue(ran.output().contains("java " + JDK), () -> environment + " gave " + ran);
            assertEquals(List.of(), ran.errors());
        }
    }

    @Test
    void withoutASuitableJdkItSaysWhereItLooked() throws Exception {
        Path shared = tree.lib().resolve("launch.sh");
        Files.writeString(shared, Files.readString(shared).replace("java_needed=25", "java_needed=99"));
        Path old = oldJdk("17.0.1");
        Ran ran = FakeTree.run(folder, Map.of("RELAYD_JAVA", "/nowhere/java", "JAVA_HOME", old.toString()),
                tree.launcher("relayd").toString(), "-n");
        assertEquals(1, ran.status());
        assertEquals(List.of(), ran.output());
        assertEquals("relayd: no Java 99 or newer found. Set RELAYD_JAVA to one. Looked at:", ran.errors().getFirst());
        assertEquals("    /nowhere/java (RELAYD_JAVA): not there", ran.errors().get(1));
        assertEquals("    " + old + "/bin/java (JAVA_HOME): Java 17", ran.errors().get(2));
    }

    private Path train() throws IOException, InterruptedException {
        Ran ran = FakeTree.run(folder, Map.of("RELAYD_JAVA", JDK, "RELAYD_TRAIN_CACHE", "yes"),
                tree.launcher("relayctl").toString());
        assertEquals(0, ran.status(), ran::toString);
        Path cache = new Distribution(folder.resolve("a tree")).cache(Program.RELAYCTL);
        assertTrue(Files.size(cache) > 1_000_000, "no cache was made");
        return cache;
    }

    private boolean isCached() throws IOException, InterruptedException {
        Path log = folder.resolve("classes");
        Ran ran = FakeTree.run(folder, Map.of("RELAYD_JAVA", JDK, "RELAYD_JAVA_OPTS", "-Xlog:class+load:file=" + log),
                tree.launcher("relayctl").toString());
        assertEquals("says hello", ran.output().getFirst(), ran::toString);
        return Files.readAllLines(log).stream()
                .anyMatch(line -> line.contains("RelayctlMain source: shared objects file"));
    }

    private Path oldJdk(String version) throws IOException {
        Path home = Files.createDirectory(folder.resolve("old jdk"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho the old java ran\n");
        assertTrue(java.toFile().setExecutable(true));
        return home;
    }

    private static Map<String, String> jdk() {
        return Map.of("RELAYD_JAVA", JDK);
    }

    private static String flags(Ran ran) {
        return ran.output().stream().filter(line -> line.startsWith("flags ")).findFirst().orElseThrow();
    }

    private static List<String> last(int count, List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }
}
