package org.relayd.runtime.platform.linux.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.relayd.ir.source.FileReason;
import org.relayd.runtime.platform.KernelException;

/**
 * Files in one folder, one for each daemon, named after a namespace that it lives in and itself, with a line for each
 * thing that it says.
 *
 * @param folder
 *            where they are; it is made when it is needed
 * @param kind
 *            the kind of namespace that counts, as in /proc/self/ns; namespaces(7)
 * @param self
 *            this process
 */
record OwnerFiles(Path folder, String kind, TableOwner self) {

    /** Returns the files of this namespace whose daemons are of a kind. */
    List<Path> of(Predicate<TableOwner> which) throws KernelException {
        String prefix = namespace() + "-";
        return all().stream().filter(file -> name(file).startsWith(prefix)).filter(
                file -> TableOwner.named(name(file).substring(prefix.length())).filter(which).isPresent()).toList();
    }

    /** Returns the files of all namespaces. */
    List<Path> all() throws KernelException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !name(file).startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw refused("cannot read", folder, e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** Returns what is said in files; nothing for one that was removed since. */
    List<String> lines(List<Path> files) throws KernelException {
        List<String> lines = new ArrayList<>();
        for (Path file : files) {
            text(file).stream().flatMap(String::lines).forEach(lines::add);
        }
        return lines;
    }

    /** Returns what a file says; empty if there is none. */
    static Optional<String> text(Path file) throws KernelException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException ended) {
            return Optional.empty();
        } catch (IOException e) {
            throw refused("cannot read", file, e);
        }
    }

    /** Says something in this process's file in place of what it said before. */
    void say(Collection<String> lines) throws KernelException {
        replace(own(), String.join("", lines.stream().map(line -> line + "\n").toList()));
    }

    /** Others may read at any moment, so a new file takes the place of the old one. */
    static void replace(Path file, String text) throws KernelException {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling("." + name(file) + ".new");
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw refused("cannot write", file, e);
        }
    }

    /** Removes files, if they are there. */
    static void remove(List<Path> files) throws KernelException {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw refused("cannot remove", file, e);
            }
        }
    }

    /** Returns the file of this process. */
    Path own() throws KernelException {
        return folder.resolve(namespace() + "-" + self.counter());
    }

    /** Returns the number of the namespace that the thread is in. */
    private String namespace() throws KernelException {
        Path link = Path.of("/proc/thread-self/ns", kind);
        try {
            return Files.readSymbolicLink(link).toString().replaceAll("\\D", "");
        } catch (IOException e) {
            throw refused("cannot read", link, e);
        }
    }

    /**
     * Returns the exception for something that cannot be done with a file or folder, which says what to
     * do if a right is missing.
     */
    static KernelException refused(String what, Path path, IOException e) {
        Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        String advice = e instanceof AccessDeniedException
                ? ": run relayd as root, or give its user the folder: install -d -o "
                        + System.getProperty("user.name") + " " + folder
                : "";
        return new KernelException(what + " " + path + ": " + FileReason.of(e) + advice, e);
    }
}
