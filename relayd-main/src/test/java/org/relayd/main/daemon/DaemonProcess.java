package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.relayd.ir.control.ControlCodec;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;
import org.relayd.runtime.BuiltPrograms;

/** A relayd in a process of its own, as a user starts it: {@code relayd -d -vv -f FILE --socket SOCKET}. */
public final class DaemonProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path socket;
    private final boolean inBackground;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private DaemonProcess(Process process, Path socket, boolean inBackground) {
        this.process = process;
        this.socket = socket;
        this.inBackground = inBackground;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts it with a file that is made in a folder, where its control socket is too. */
    public static DaemonProcess start(Path folder, String configuration, String... more) throws IOException {
        return start(List.of(), folder, configuration, List.of("-d", "-vv"), more);
    }

    /** Starts it by way of another program, whose words come first. */
    public static DaemonProcess startBy(List<String> starter, Path folder, String configuration) throws IOException {
        return start(starter, folder, configuration, List.of("-d", "-vv"));
    }

    /** Starts it without {@code -d}: this is the process that ends when another serves. */
    static DaemonProcess background(Path folder, String configuration) throws IOException {
        return backgroundBy(List.of(), folder, configuration);
    }

    /** Starts it without {@code -d} by way of another program, whose words come first. */
    static DaemonProcess backgroundBy(List<String> starter, Path folder, String configuration) throws IOException {
        return start(starter, folder, configuration, List.of());
    }

    /** Starts it with a limit of open files. */
    static DaemonProcess startWithOpenFiles(int limit, Path folder, String configuration) throws IOException {
        return start(List.of("sh", "-c", "ulimit -n " + limit + "; exec \"$@\"", "sh"), folder, configuration,
                List.of("-d", "-vv"));
    }

    private static DaemonProcess start(List<String> starter, Path folder, String configuration, List<String> mode,
            String... more)
            throws IOException {
        Path file = folder.resolve("relayd.conf");
        Files.writeString(file, configuration);
        Path socket = folder.resolve("relayd.sock");
        List<String> command = new ArrayList<>(signalsAsUsual());
        command.addAll(starter);
        command.addAll(BuiltPrograms.relayd());
        command.addAll(List.of("org.relayd.main.RelaydMain", "-f", file.toString(), "--socket", socket.toString()));
        command.addAll(mode);
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(
                Path.of("/dev/null").toFile())).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        return new DaemonProcess(builder.start(), socket, !mode.contains("-d"));
    }

    /** Words before the command so that a build under nohup(1) or in the background does not have it ignore signals. */
    private static List<String> signalsAsUsual() throws IOException {
        List<String> words = List.of("env", "--default-signal=HUP,INT,TERM");
        Process probe = new ProcessBuilder(Stream.concat(words.stream(), Stream.of("true")).toList())
                .redirectErrorStream(true).start();
        return probe.onExit().join().exitValue() == 0 ? words : List.of();
    }

    private void read() {
        try (BufferedReader err = new BufferedReader(
                new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            err.lines().forEach(lines::add);
        } catch (IOException closed) {
            lines.add("standard error: " + closed.getMessage());
        }
    }

    /** Returns the lines of its log so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns whether it has not ended yet. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Returns its process number. */
    public long pid() {
        return process.pid();
    }

    /** Returns its control socket. */
    public Path socket() {
        return socket;
    }

    /** Waits for a line of the log. */
    public void await(String line) {
        await("line: " + line, () -> lines.contains(line));
    }

    /** Waits for a line of the log that begins so. */
    public void awaitStart(String start) {
        await("line: " + start, () -> lines.stream().anyMatch(line -> line.startsWith(start)));
    }

    /** Waits until something is so. */
    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            // The one in the background goes on after what it was started by, and what it wrote to, has ended.
            boolean over = !inBackground && !reader.isAlive() && !condition.getAsBoolean();
            if (over || System.nanoTime() > deadline) {
                fail("still waiting for " + what + (over ? " after the end" : " after " + PATIENCE) + "; log: "
                        + lines);
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    /** Sends a signal, such as {@code HUP}. */
    public void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        assertTrue(status == 0, "kill");
    }

    /** Sends SIGTERM without another process in between. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Sends a signal to it and to the one that serves in its place in the background, whichever there is. */
    void signalAll(String name) throws IOException, InterruptedException {
        for (ProcessHandle one : Stream.concat(process.toHandle().isAlive() ? Stream.of(process.toHandle())
                : Stream.empty(), inBackground()).toList()) {
            // One of them may just have ended.
            new ProcessBuilder("kill", "-" + name, Long.toString(one.pid())).redirectErrorStream(true).start()
                    .waitFor();
        }
    }

    private Stream<ProcessHandle> inBackground() {
        return ProcessHandle.allProcesses()
                .filter(other -> inBackground && other.pid() != process.pid() && hasTheSocket(other));
    }

    /** Waits for some time, or for the end. Returns whether it ended. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for the end. Returns the exit status; all lines are there then. */
    public int exit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            fail("does not end; log: " + lines);
        }
        reader.join(PATIENCE);
        return process.exitValue();
    }

    /** Asks as relayctl does. Returns all replies until the connection closes. */
    public List<ControlReply> ask(ControlRequest request) throws IOException {
        List<ControlReply> replies = new ArrayList<>();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(ControlCodec.frame(request)));
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            for (byte[] length = in.readNBytes(4); length.length == 4; length = in.readNBytes(4)) {
                replies.add(ControlCodec.reply(in.readNBytes(ByteBuffer.wrap(length).getInt())));
            }
        }
        return replies;
    }

    /**
     * Ends it, and the one that serves in its place in the background: that has the socket, which is
     * in a folder of the test.
     */
    @Override
    public void close() {
        process.destroyForcibly();
        inBackground().forEach(background -> {
            background.destroyForcibly();
            background.onExit().join();
        });
    }

    private boolean hasTheSocket(ProcessHandle other) {
        try {
            return Files
                    .readString(Path.of("/proc", Long.toString(other.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
                    .contains("\0" + socket + "\0");
        } catch (IOException ended) {
            return false;
        }
    }
}
