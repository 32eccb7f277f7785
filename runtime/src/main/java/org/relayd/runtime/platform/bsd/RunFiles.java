package org.relayd.runtime.platform.bsd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.source.FileReason;
import org.relayd.runtime.platform.Footprint;
import org.relayd.runtime.platform.KernelException;

/**
 * What must outlive this process, in files that do not outlive the machine: which processes have something in the
 * kernel, with the groups that each may demote, and by how much each group is demoted.
 */
final class RunFiles implements Footprint {
    /** Where the files are. */
    static final Path FOLDER = Path.of("/var/run/relayd");

    private final long pid;
    private final Path processes;
    private final Path demoted;

    /**
     * Creates the files of a process.
     *
     * @param folder
     *            where they are
     * @param pid
     *            its number
     */
    RunFiles(Path folder, long pid) {
        this.pid = pid;
        this.processes = folder.resolve("kernel");
        this.demoted = folder.resolve("demoted");
    }

    /** Something to do with a file. */
    private interface Use<T> {
        T with() throws IOException;
    }

    private static <T> T use(Path file, Use<T> use) throws KernelException {
        try {
            return use.with();
        } catch (IOException refused) {
            throw new KernelException(file + ": " + FileReason.of(refused), refused);
        }
    }

    @Override
    public Optional<Set<String>> left() throws KernelException {
        Set<String> groups = new HashSet<>();
        List<Path> files = abandoned();
        for (Path file : files) {
            groups.addAll(use(file, () -> Files.readAllLines(file)));
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(groups);
    }

    /** Returns the files of processes that do not run any more. Each is named after the process's id. */
    private List<Path> abandoned() throws KernelException {
        if (!Files.isDirectory(processes)) {
            return List.of();
        }
        return use(processes, () -> {
            try (Stream<Path> files = Files.list(processes)) {
                return files.filter(file -> file.getFileName().toString().matches("[0-9]{1,9}"))
                        .filter(file -> ProcessHandle.of(Long.parseLong(file.getFileName().toString())).isEmpty())
                        .toList();
            }
        });
    }

    /**
     * Routes are not written down: an OpenBSD routing table does not say who made a route, so what a
     * process left stays there.
     */
    @Override
    public void set(Set<String> groups, RouteImage routes) throws KernelException {
        use(own(), () -> {
            Files.createDirectories(processes);
            return Files.write(own(), new TreeSet<>(groups));
        });
        remove(abandoned());
    }

    @Override
    public void clear() throws KernelException {
        List<Path> files = new ArrayList<>(abandoned());
        files.add(own());
        remove(files);
    }

    private static void remove(List<Path> files) throws KernelException {
        for (Path file : files) {
            use(file, () -> Files.deleteIfExists(file));
        }
    }

    private Path own() {
        return processes.resolve(Long.toString(pid));
    }

    /** Returns by how much relayd has demoted a group, 0 or more. */
    int demotion(String group) throws KernelException {
        Path file = demoted.resolve(group);
        String text = use(file, () -> Files.exists(file) ? Files.readString(file).strip() : "0");
        if (!text.matches("[0-9]{1,9}")) {
            throw new KernelException(file + ": not a number: " + text);
        }
        return Integer.parseInt(text);
    }

    /** Remembers by how much relayd has demoted a group. */
    void setDemotion(String group, int sum) throws KernelException {
        Path file = demoted.resolve(group);
        use(file, () -> {
            Files.createDirectories(demoted);
            return sum == 0 ? Files.deleteIfExists(file) : Files.writeString(file, sum + "\n").isAbsolute();
        });
    }
}
