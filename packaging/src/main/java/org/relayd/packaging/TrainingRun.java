package org.relayd.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs the programs once each, with a small configuration on free ports of the loopback and an origin server here. */
final class TrainingRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(50);
    /** How many of the ports are of relays without TLS: the first. */
    private static final int PLAIN = 4;

    /** The program that runs leaves a cache. */
    private static final Map<String, String> TRAIN = Map.of("RELAYD_TRAIN_CACHE", "yes");
    private static final String LIST = "-Xshare:off -XX:DumpLoadedClassList=";
    /** As somebody who is not root, and who may read and write what root may all the same. */
    private static final List<String> SOMEBODY = List.of("setpriv", "--reuid=" + TrainingTls.READER,
            "--inh-caps=+dac_override", "--ambient-caps=+dac_override");

    private final Distribution distribution;
    private final Path folder;
    private final Path recorded;
    private final boolean withRights = Program.isRoot();
    private final Path config;
    private final Path checked;
    private final Path socket;
    private final Path log;
    private final TrainingOrigin origin;
    private final TrainingTls tls;
    private final boolean withTls;
    private final List<Integer> ports = List.of(freePort(), freePort(), freePort(), freePort(), freePort(),
            freePort(), freePort());

    /**
     * @param samples
     *            folder with {@code relayd.conf} to be run, its ports as {@code @NAME@}, {@code tls.conf}, which is
     *            added to it where TLS can be trained, and {@code check.conf}
     */
    TrainingRun(Distribution distribution, Path samples) throws IOException, InterruptedException {
        this.distribution = distribution;
        checked = samples.resolve("check.conf");
        folder = Files.createTempDirectory("relayd-training");
        config = folder.resolve("relayd.conf");
        socket = folder.resolve("relayd.sock");
        log = folder.resolve("log");
        recorded = workerFolder().resolve("worker.aotconf");
        origin = new TrainingOrigin();
        tls = TrainingTls.in(folder);
        withTls = tls.isPossible();
        String text = (Files.readString(samples.resolve("relayd.conf"))
                + (withTls ? Files.readString(samples.resolve("tls.conf")) : ""))
                .replace("@ORIGIN@", Integer.toString(origin.port()));
        for (int i = 0; i < ports.size(); i++) {
            text = text.replace("@PORT" + (i + 1) + "@", Integer.toString(ports.get(i)));
        }
        Files.writeString(config, text);
    }

    /** Makes a folder in which the worker, who is nobody, can leave what it has learned. */
    private Path workerFolder() throws IOException {
        Path open = Files.createDirectory(folder.resolve("worker"));
        if (withRights) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        return open;
    }

    /**
     * Runs the program until it has done its work, and checks that it left the cache.
     *
     * @throws IOException
     *             when it ends with another status than 0, does not end, or leaves no cache
     */
    void train(Program program, Path cache) throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        switch (program) {
            case DAEMON -> {
                if (withRights) {
                    // Who builds as root runs two processes: of the one, what it takes to start is what counts.
                    visit(serve(TRAIN, SOMEBODY), TrainingClients::runOnce);
                } else {
                    visit(serve(TRAIN), TrainingClients::run);
                }
            }
            case WORKER -> {
                visit(serve(Map.of("RELAYD_TRAIN_WORKER", recorded.toString(), "RELAYD_PARENT_JAVA_OPTS",
                        "-Drelayd.patience=" + PATIENCE.toSeconds())), TrainingClients::run);
                distribution.assemble(program, recorded, cache);
            }
            case PARENT -> {
                if (withRights) {
                    Process daemon = serve(TRAIN);
                    try {
                        // The worker asks for everything once at the start, and once more.
                        finish(launch(Map.of(), Program.RELAYCTL, "-s", socket.toString(), "reload"));
                    } finally {
                        stop(daemon);
                    }
                } else {
                    // Most of what it does is to compile; it can be root elsewhere.
                    distribution.train(program, "-n", "-f", config.toString());
                }
            }
            case CHECK -> finish(launch(TRAIN, program, "-n", "-f", checked.toString()));
            case COMPILE -> finish(launch(TRAIN, program, "-f", checked.toString(), "--emit", "pf"));
            case RELAYCTL -> {
                Process daemon = serve(Map.of());
                try {
                    finish(launch(TRAIN, program, "-s", socket.toString(), "show", "summary"));
                } finally {
                    stop(daemon);
                }
            }
        }
        if (!Files.exists(cache)) {
            throw new IOException("no start-up cache came of the training run: " + cache + said());
        }
    }

    /**
     * Runs a program until it has done its work, and has it list the classes that it loads.
     *
     * @param list
     *            the new file
     * @param parent
     *            where the parent of a daemon leaves its list
     */
    void list(Program program, Path list, Path parent) throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        Map<String, String> listing = Map.of("RELAYD_JAVA_OPTS", LIST + list, "RELAYD_PARENT_JAVA_OPTS",
                LIST + parent + " -Drelayd.patience=" + PATIENCE.toSeconds());
        switch (program) {
            case DAEMON, WORKER, PARENT -> {
                Process daemon = serve(listing);
                finish(launch(Map.of(), Program.RELAYCTL, "-s", socket.toString(), "reload"));
                visit(daemon, TrainingClients::run);
            }
            case CHECK -> finish(launch(listing, program, "-n", "-f", checked.toString()));
            case COMPILE -> finish(launch(listing, program, "-f", checked.toString(), "--emit", "pf"));
            case RELAYCTL -> {
                Process daemon = serve(Map.of());
                try {
                    finish(launch(listing, program, "-s", socket.toString(), "show", "summary"));
                } finally {
                    stop(daemon);
                }
            }
        }
    }

    /** Returns a folder that the worker can write to. */
    Path open() {
        return recorded.getParent();
    }

    /** Has clients of every kind come to a daemon, and stops it. */
    private void visit(Process daemon, Visit visit) throws IOException, InterruptedException {
        try {
            for (int port : ports.subList(0, PLAIN)) {
                visit.by(new TrainingClients(port));
            }
            if (withTls) {
                visit.by(TrainingClients.overTls(ports.get(PLAIN)));
                visit.by(new TrainingClients(ports.get(PLAIN + 1)));
            }
        } finally {
            stop(daemon);
        }
    }

    /** How many come. */
    private interface Visit {
        void by(TrainingClients clients) throws IOException, InterruptedException;
    }

    private Process serve(Map<String, String> environment) throws IOException, InterruptedException {
        return serve(environment, List.of());
    }

    /** Starts a daemon with words before its command, and waits until it answers. */
    private Process serve(Map<String, String> environment, List<String> starter)
            throws IOException, InterruptedException {
        Process daemon = launch(environment, starter, Program.DAEMON, "-d", "-f", config.toString(), "--socket",
                socket.toString());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!daemon.isAlive() || System.nanoTime() > deadline) {
                daemon.destroyForcibly();
                throw new IOException("relayd did not come to serve in its training run" + said());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return daemon;
    }

    private boolean answers() {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + ports.getFirst() + "/").toURL()
                    .openConnection();
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            try (InputStream body = connection.getInputStream()) {
                body.readAllBytes();
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            }
        } catch (IOException _) {
            return false; // not listening yet, or the origin is not known to be up yet
        }
    }

    private Process launch(Map<String, String> environment, Program program, String... arguments)
            throws IOException {
        return launch(environment, List.of(), program, arguments);
    }

    private Process launch(Map<String, String> environment, List<String> starter, Program program, String... arguments)
            throws IOException {
        ProcessBuilder builder = distribution.start(program, arguments);
        builder.command().addAll(0, starter);
        if (withTls && program == Program.DAEMON) {
            builder.command().addAll(0, tls.starter());
        }
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    private void stop(Process process) throws IOException, InterruptedException {
        process.destroy();
        finish(process);
    }

    private void finish(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("a training run did not end within " + PATIENCE.toSeconds() + " s" + said());
        }
        if (process.exitValue() != 0) {
            throw new IOException("a training run ended with status " + process.exitValue() + said());
        }
    }

    private String said() throws IOException {
        return Files.exists(log) ? "; it said:\n" + Files.readString(log) : "";
    }

    /** Returns a port of the loopback that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        origin.close();
        Files.deleteIfExists(log);
        Files.deleteIfExists(socket);
        Files.delete(config);
        tls.close();
        Files.deleteIfExists(recorded);
        Files.delete(recorded.getParent());
        Files.delete(folder);
    }
}
