package org.relayd.ctl.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The machine, as far as an ordinary user may look at it.
 *
 * @param root
 *            where its files are; {@code /} but in tests
 */
public record Machine(Path root) {
    private static final long LONGEST_RUN_SECONDS = 10;
    /** Bytes; lists of modules are some hundred thousand long. */
    private static final int LONGEST_FILE = 16 << 20;
    private static final int LONGEST_TAIL = 1 << 18;

    /**
     * Returns the text of a file without its last line end; empty if there is none that can be read. Settings of
     * Linux say that they are empty and answer one read, so that has to be a large one: {@code Files.readString}
     * begins with a single byte.
     */
    Optional<String> read(String path) {
        try (InputStream file = Files.newInputStream(at(path))) {
            return Optional.of(new String(file.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8).stripTrailing());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns the end of a file, from the beginning of a line; empty if it cannot be read. */
    Optional<String> tail(String path) {
        try (SeekableByteChannel file = Files.newByteChannel(at(path))) {
            file.position(Math.max(0, file.size() - LONGEST_TAIL));
            String text = new String(Channels.newInputStream(file).readNBytes(LONGEST_TAIL), StandardCharsets.UTF_8);
            return Optional.of(text.length() < LONGEST_TAIL ? text : text.substring(text.indexOf('\n') + 1));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns where a symbolic link goes. */
    Optional<String> link(String path) {
        try {
            return Optional.of(Files.readSymbolicLink(at(path)).toString());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Returns the path of a program, looked for where a shell would, and where administrators have theirs. */
    Optional<String> program(String name) {
        Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .filter(folder -> folder.startsWith("/"));
        return Stream.concat(path, Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"))
                .map(folder -> folder + "/" + name).filter(file -> Files.isExecutable(at(file))).findFirst();
    }

    /** Returns the names in a folder, sorted; none if it cannot be read. */
    List<String> list(String folder) {
        try (Stream<Path> files = Files.list(at(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    boolean exists(String path) {
        return Files.exists(at(path));
    }

    /** Returns whether its owner may write a file, whoever asks. */
    boolean writable(String path) {
        try {
            return Files.getPosixFilePermissions(at(path)).contains(PosixFilePermission.OWNER_WRITE);
        } catch (IOException unknown) {
            return false;
        }
    }

    private Path at(String path) {
        return root.resolve(path.substring(1));
    }

    /** Returns what a program prints; empty if it cannot be run, fails, or does not end. */
    Optional<String> run(String program, String... arguments) {
        return run(new ProcessBuilder(words(program, arguments)).redirectError(ProcessBuilder.Redirect.DISCARD), 0);
    }

    /** Returns what a program says, on both outputs, that ends with status 1; empty if it does not. */
    Optional<String> complaint(String program, String... arguments) {
        return run(new ProcessBuilder(words(program, arguments)).redirectErrorStream(true), 1);
    }

    private List<String> words(String program, String... arguments) {
        List<String> words = new ArrayList<>(List.of(at(program).toString()));
        words.addAll(List.of(arguments));
        return words;
    }

    private static Optional<String> run(ProcessBuilder builder, int status) {
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == status ? Optional.of(output) : Optional.empty();
        } catch (IOException notRun) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Returns whether the address is one of this machine's. */
    boolean has(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    /** Returns the names of the network interfaces. */
    Set<String> interfaces() {
        try {
            return NetworkInterface.networkInterfaces().map(NetworkInterface::getName).collect(Collectors.toSet());
        } catch (SocketException none) {
            return Set.of();
        }
    }
}
