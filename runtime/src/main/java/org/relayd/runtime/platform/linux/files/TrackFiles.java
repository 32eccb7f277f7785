package org.relayd.runtime.platform.linux.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.runtime.platform.CarpDemotion;
import org.relayd.runtime.platform.KernelException;

/**
 * Demotion for keepalived(8): one file for each group, with the number of tables that demote it. keepalived's
 * {@code track_file} takes the number times a weight off the priority of its VRRP instances. Linux has no carp(4) and
 * no counters of interface groups.
 *
 * <p>Several daemons may demote one group: each says in a file of its own by how much, and the number is the sum over
 * all that run. What one that was killed has said is dropped by the next one that looks. They look one after the other.
 */
public final class TrackFiles implements CarpDemotion {
    /** Where the numbers are. */
    public static final Path FOLDER = Path.of("/run/relayd/demote");
    /** Where the daemons say what they add. */
    public static final Path SHARES = Path.of("/run/relayd/demoted");

    private static final Pattern SHARE = Pattern.compile("(\\S+) (\\d{1,9})");

    private final Path folder;
    private final OwnerFiles shares;
    private final Map<String, Integer> counts = new TreeMap<>();

    /**
     * Creates a demotion that has not been opened.
     *
     * @param folder
     *            where the numbers are
     * @param shares
     *            where the daemons say what they add
     * @param self
     *            this daemon
     */
    public TrackFiles(Path folder, Path shares, TableOwner self) {
        this.folder = folder;
        this.shares = new OwnerFiles(shares, "pid", self);
    }

    @Override
    public void open(Set<String> groups) throws KernelException {
        for (String group : groups) {
            file(group);
        }
        Set<String> dropped = new HashSet<>(counts.keySet());
        dropped.removeAll(groups);
        counts.keySet().retainAll(groups);
        groups.forEach(group -> counts.putIfAbsent(group, 0));
        publish(dropped);
    }

    @Override
    public void change(String group, int delta) throws KernelException {
        int before = counts.getOrDefault(group, 0);
        counts.put(group, Math.max(0, before + delta));
        try {
            publish(Set.of());
        } catch (KernelException refused) {
            counts.put(group, before);
            throw refused;
        }
    }

    @Override
    public void repair() throws KernelException {
        publish(Set.of());
    }

    @Override
    public void close() throws KernelException {
        Set<String> dropped = Set.copyOf(counts.keySet());
        counts.clear();
        publish(dropped);
    }

    /** Says what this daemon adds, and brings the numbers into step with what all say. */
    private void publish(Set<String> dropped) throws KernelException {
        try (FileChannel channel = lockFile(); FileLock _ = channel.lock()) {
            Set<String> groups = new TreeSet<>(dropped);
            groups.addAll(counts.keySet());
            groups.addAll(sums().keySet());
            OwnerFiles.remove(shares.of(owner -> !owner.runs()));
            if (counts.isEmpty()) {
                OwnerFiles.remove(List.of(shares.own()));
            } else {
                shares.say(counts.entrySet().stream().map(share -> share.getKey() + " " + share.getValue()).toList());
            }
            Map<String, Integer> sums = sums();
            for (String group : groups) {
                write(group, sums.getOrDefault(group, 0));
            }
        } catch (KernelException refused) {
            throw refused;
        } catch (IOException e) {
            throw OwnerFiles.refused("cannot lock", shares.folder(), e);
        }
    }

    private FileChannel lockFile() throws IOException {
        Files.createDirectories(shares.folder());
        return FileChannel.open(shares.folder().resolve(".lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    private Map<String, Integer> sums() throws KernelException {
        Map<String, Integer> sums = new TreeMap<>();
        for (String line : shares.lines(shares.all())) {
            Matcher share = SHARE.matcher(line);
            if (share.matches()) {
                sums.merge(share.group(1), Integer.parseInt(share.group(2)), Integer::sum);
            }
        }
        return sums;
    }

    /** keepalived looks again at each file that is new, so one that is right stays. */
    private void write(String group, int count) throws KernelException {
        Path file = file(group);
        String text = count + "\n";
        if (!OwnerFiles.text(file).equals(Optional.of(text))) {
            OwnerFiles.replace(file, text);
        }
    }

    private Path file(String group) throws KernelException {
        Path file = folder.resolve(group).normalize();
        if (!folder.equals(file.getParent())) {
            throw new KernelException("group " + group + ": not a file name");
        }
        return file;
    }
}
