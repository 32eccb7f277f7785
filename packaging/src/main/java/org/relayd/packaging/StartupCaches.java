package org.relayd.packaging;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;

/** Makes the start-up caches of a distribution (JEP 483 and JEP 514: classes loaded and linked ahead of time).
 *
 *  <p>Each program is run once by its own launcher with {@code RELAYD_TRAIN_CACHE} set, so that the flags of the
 *  training and of later starts cannot differ: the JVM refuses a cache made with other flags. A cache that exists
 *  already is kept, since its name stands for the bytes of the jars; caches for other jars are removed. */
public final class StartupCaches {
    private StartupCaches() {}

    /** Makes what is missing, then marks the distribution as complete. A cache saves time and nothing else: a program
     *  that does not come through its training run, say because this machine has no loopback, gets none and a line on
     *  standard error; DistributionIT is where that is a fault.
     *  @param arguments folder of the distribution; folder of the configurations to start with
     *  @throws IOException when the distribution cannot be read or written
     *  @throws InterruptedException when the build is being stopped */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Distribution distribution = new Distribution(Path.of(arguments[0]));
        distribution.mergeLibraries();
        distribution.replaceBootstraps();
        FileTime built = FileTime.from(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        distribution.dateJars(built);
        Set<Path> caches = new HashSet<>();
        try (TrainingRun run = new TrainingRun(distribution, Path.of(arguments[1]))) {
            for (Program program : Program.values()) {
                Path cache = distribution.cache(program);
                if (!Files.exists(cache)) {
                    train(run, program, cache);
                }
                caches.add(cache);
            }
        }
        removeAllBut(caches, distribution);
        distribution.complete(built);
    }

    private static void train(TrainingRun run, Program program, Path cache)
            throws IOException, InterruptedException {
        try {
            run.train(program, cache);
        } catch (IOException failure) {
            Files.deleteIfExists(cache); // of a run that did something else than serve
            System.err.println("no start-up cache for " + program.kind() + ": " + failure.getMessage());
        }
    }

    private static void removeAllBut(Set<Path> caches, Distribution distribution) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(distribution.lib(), "*.aot")) {
            for (Path file : files) {
                if (!caches.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
