package org.relayd.runtime.platform.linux;

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
import org.relayd.runtime.platform.Footprint;
import org.relayd.runtime.platform.KernelException;

/**
 * A footprint in files: one for each process that has something in the kernel, named after its network namespace and itself, with one
 * line for each group that it may demote. The folder does not survive the machine, nor does what is in the kernel.
 */
final class KernelFiles implements Footprint {
    /** Where the files are. */
    static final Path FOLDER = Path.of("/run/relayd/kernel");
    /** A link whose target is the name of the network namespace of the thread that reads it. namespaces(7). */
    private static final Path NAMESPACE = Path.of("/proc/thread-self/ns/net");

    private final Path folder;

    KernelFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Set<String>> left() throws KernelException {
        List<Path> files = abandoned();
        Set<String> groups = new HashSet<>();
        for (Path file : files) {
            try {
                groups.addAll(Files.readAllLines(file));
            } catch (IOException e) {
                throw new KernelException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(groups);
    }

    /** Returns the files of this namespace whose processes do not run any more. */
    private List<Path> abandoned() throws KernelException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        String prefix = namespace() + "-";
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> TableOwner.named(file.getFileName().toString().substring(prefix.length()))
                            .filter(owner -> !owner.runs()).isPresent())
                    .forEach(files::add);
            return files;
        } catch (IOException e) {
            throw new KernelException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void set(Set<String> groups) throws KernelException {
        Path file = own();
        try {
            Files.createDirectories(folder);
            Files.write(file, new TreeSet<>(groups));
        } catch (IOException e) {
            throw new KernelException("cannot write " + file + ", so that after a kill left-overs stay in the kernel"
                    + " unless the next configuration needs it: " + e.getMessage(), e);
        }
    }

    @Override
    public void clear() throws KernelException {
        List<Path> files = new ArrayList<>(abandoned());
        files.add(own());
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new KernelException("cannot remove " + file + ": " + e.getMessage(), e);
            }
        }
    }

    private Path own() throws KernelException {
        return folder.resolve(namespace() + "-" + TableOwner.self().counter());
    }

    /** Returns the number of the namespace. */
    private static String namespace() throws KernelException {
        try {
            return Files.readSymbolicLink(NAMESPACE).toString().replaceAll("\\D", "");
        } catch (IOException e) {
            throw new KernelException("cannot read " + NAMESPACE + ": " + e.getMessage(), e);
        }
    }
}
