package org.relayd.runtime.platform.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.relayd.runtime.platform.CarpDemotion;
import org.relayd.runtime.platform.KernelException;

/**
 * Demotion for keepalived(8): one file for each group, with the number of tables that demote it. keepalived's {@code track_file} takes
 * the number times a weight off the priority of its VRRP instances. Linux has no carp(4) and no counters of interface groups.
 */
final class TrackFiles implements CarpDemotion {
    /** Where the files are. */
    static final Path FOLDER = Path.of("/run/relayd/demote");

    private final Path folder;
    private final Map<String, Integer> counts = new TreeMap<>();

    TrackFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public void open(Set<String> groups) throws KernelException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new KernelException("cannot make " + folder + ": " + e.getMessage(), e);
        }
        for (String group : List.copyOf(counts.keySet())) {
            if (!groups.contains(group)) {
                write(group, 0);
                counts.remove(group);
            }
        }
        for (String group : groups) {
            if (!counts.containsKey(group)) {
                write(group, 0);
                counts.put(group, 0);
            }
        }
    }

    @Override
    public void change(String group, int delta) throws KernelException {
        int count = Math.max(0, counts.getOrDefault(group, 0) + delta);
        write(group, count);
        counts.put(group, count);
    }

    @Override
    public void close() throws KernelException {
        for (String group : counts.keySet()) {
            write(group, 0);
        }
        counts.clear();
    }

    /** keepalived may read at any moment, so a new file takes the place of the old one. */
    private void write(String group, int count) throws KernelException {
        Path file = folder.resolve(group).normalize();
        if (!folder.equals(file.getParent())) {
            throw new KernelException("group " + group + ": not a file name");
        }
        try {
            Path next = folder.resolve("." + group + ".new");
            Files.writeString(next, count + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new KernelException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
