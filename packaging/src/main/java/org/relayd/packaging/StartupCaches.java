package org.relayd.packaging;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the start-up caches of a distribution (JEP 483 and JEP 514: classes loaded and linked ahead of time).
 *
 * <p>Each program is run once by its own launcher with {@code RELAYD_TRAIN_CACHE} set, so that the flags of the
 * training and of later starts cannot differ: the JVM refuses a cache made with other flags. A cache that is there
 * and that the JVM takes is kept, since its name stands for the bytes of the jars; caches for other jars are
 * removed. A cache saves time and nothing else: a program that does not come through its training run, say because
 * this machine has no loopback, gets none and a line on standard error; DistributionIT is where that is a fault.
 */
public final class StartupCaches {
    private static final int AT_ONCE = 2;

    private final Distribution distribution;
    private final Training training;

    /** How a cache is made; of two programs at a time. */
    interface Training {
        /**
         * Runs the program so that it leaves the cache.
         *
         * @throws IOException
         *             when it does not do its work
         */
        void train(Program program, Path cache) throws IOException, InterruptedException;
    }

    StartupCaches(Distribution distribution, Training training) {
        this.distribution = distribution;
        this.training = training;
    }

    /**
     * Puts the jars of a distribution into their final shape, makes the caches that are missing, then marks the
     * distribution as complete.
     *
     * @param arguments
     *            folder of the distribution; folder of the configurations to start with, without which no cache is made
     * @throws IOException
     *             when the distribution cannot be read or written
     * @throws InterruptedException
     *             when the build is being stopped
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Distribution distribution = new Distribution(Path.of(arguments[0]));
        distribution.mergeLibraries();
        distribution.replaceBootstraps();
        distribution.leaveOut();
        if (arguments.length == 1) {
            makeNone(distribution);
            return;
        }
        Path samples = Path.of(arguments[1]);
        try (TrainingRun one = new TrainingRun(distribution, samples);
                TrainingRun other = new TrainingRun(distribution, samples)) {
            BlockingQueue<TrainingRun> free = new ArrayBlockingQueue<>(AT_ONCE, false, List.of(one, other));
            new StartupCaches(distribution, (program, cache) -> {
                TrainingRun run = free.take();
                try {
                    run.train(program, cache);
                } finally {
                    free.add(run);
                }
            }).make();
        }
    }

    /** Dates the jars, makes the caches that are missing, removes those of other jars and writes the build id. */
    void make() throws IOException, InterruptedException {
        distribution.dateJars();
        Set<Path> caches = new HashSet<>();
        // Two at a time: the end of each run has one thread.
        try (ExecutorService trainers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Path>> made = new ArrayList<>();
            for (Program program : Program.ofThisUser()) {
                made.add(trainers.submit(() -> cache(program)));
            }
            for (Future<Path> cache : made) {
                caches.add(cache.get());
            }
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        }
        removeAllBut(caches);
        distribution.complete();
    }

    private Path cache(Program program) throws IOException, InterruptedException {
        Path cache = distribution.cache(program);
        if (!distribution.startsFromCache(program)) {
            train(program, cache);
        }
        return cache;
    }

    /** Dates the jars and writes the build id: a cache of these very jars that a build before has left is of use. */
    static void makeNone(Distribution distribution) throws IOException, InterruptedException {
        distribution.dateJars();
        distribution.complete();
    }

    private void train(Program program, Path cache) throws IOException, InterruptedException {
        Files.deleteIfExists(cache);
        try {
            training.train(program, cache);
        } catch (IOException failure) {
            Files.deleteIfExists(cache); // of a run that did something else than serve
            System.err.println("no start-up cache for " + program.kind() + ": " + failure.getMessage());
        }
    }

    private void removeAllBut(Set<Path> caches) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(distribution.lib(), "*.aot")) {
            for (Path file : files) {
                if (!caches.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
