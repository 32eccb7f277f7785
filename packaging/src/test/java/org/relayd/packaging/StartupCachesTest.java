package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which caches a build makes and keeps, with the daemon's in front of programs that only say how they were run. */
class StartupCachesTest {
    @TempDir
    Path folder;
    private FakeTree tree;
    private Distribution distribution;
    private StartupCaches caches;
    private int trained;

    @BeforeEach
    void install() throws IOException {
        tree = FakeTree.distribution(folder);
        distribution = new Distribution(folder);
        caches = new StartupCaches(distribution, this::train);
    }

    @Test
    void theDaemonStartsFromTheCacheOfTheFirstBuild() throws Exception {
        caches.make();
        assertEquals(1, trained);
        assertTrue(distribution.startsFromCache(Program.DAEMON), "the cache is refused");
    }

    @Test
    void aSecondBuildOfTheSameJarsKeepsTheCacheAndTheJvmTakesIt() throws Exception {
        caches.make();
        buildAgain();
        caches.make();
        assertEquals(1, trained);
        assertTrue(distribution.startsFromCache(Program.DAEMON), "the cache is refused");
    }

    @Test
    void aBuildWithOneOtherJarMakesAnotherCacheAndRemovesTheFirst() throws Exception {
        caches.make();
        Path first = distribution.cache(Program.DAEMON);
        tree.installProgram("relayctl", "org.relayd.ctl", "RelayctlMain", "HELLO");
        buildAgain();
        caches.make();
        assertEquals(2, trained);
        assertTrue(distribution.startsFromCache(Program.DAEMON), "the cache is refused");
        assertFalse(Files.exists(first));
    }

    @Test
    void aCacheThatTheJvmRefusesIsMadeAnew() throws Exception {
        caches.make();
        Files.writeString(distribution.cache(Program.DAEMON), "this is no cache");
        caches.make();
        assertEquals(2, trained);
        assertTrue(distribution.startsFromCache(Program.DAEMON), "the cache is refused");
    }

    @Test
    void aTryOutMakesNoCacheAndTheWholeBuildAfterItDoes() throws Exception {
        StartupCaches.makeNone(distribution);
        assertTrue(Files.exists(distribution.buildId()));
        assertFalse(distribution.startsFromCache(Program.DAEMON), "there is a cache");
        buildAgain();
        caches.make();
        assertEquals(1, trained);
        assertTrue(distribution.startsFromCache(Program.DAEMON), "the cache is refused");
    }

    @Test
    void aTryOutOfTheJarsOfAWholeBuildLeavesItsCacheFit() throws Exception {
        StartupCaches.makeNone(distribution);
        caches.make();
        buildAgain();
        StartupCaches.makeNone(distribution);
        assertTrue(distribution.startsFromCache(Program.DAEMON), "the cache is refused");
    }

    /** What Maven does before: fresh copies of the jars, no build id. */
    private void buildAgain() throws IOException {
        Files.delete(distribution.buildId());
        try (Stream<Path> files = Files.list(distribution.lib())) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
            }
        }
    }

    /** The daemon's only: making a cache takes seconds. */
    private void train(Program program, Path cache) throws IOException, InterruptedException {
        if (program == Program.DAEMON) {
            distribution.train(program, "--version");
            assertTrue(Files.exists(cache));
            trained++;
        }
    }
}
