package org.relayd.runtime.platform.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.plan.MultipathRoute;
import org.relayd.ir.plan.RoutePlan;
import org.relayd.runtime.platform.Footprint;
import org.relayd.runtime.platform.KernelException;

/**
 * A footprint in files: one for each process that has something in the kernel, named after its network namespace and itself, with one
 * line for each group that it may demote and each route that it may make. The folder does not survive the machine, nor does what is in
 * the kernel. The routes are for other daemons, which cannot tell by the kernel whose a route is.
 */
final class KernelFiles implements Footprint {
    /** Where the files are. */
    static final Path FOLDER = Path.of("/run/relayd/kernel");
    /** A link whose target is the name of the network namespace of the thread that reads it. namespaces(7). */
    private static final Path NAMESPACE = Path.of("/proc/thread-self/ns/net");

    private static final String DEMOTE = "demote ";
    private static final Pattern ROUTE = Pattern.compile("route (\\S+)/(\\d{1,3}) table (\\d{1,3}) metric (\\d{1,9})");

    private final Path folder;

    KernelFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Set<String>> left() throws KernelException {
        List<Path> files = abandoned();
        Set<String> groups = lines(files).stream().filter(line -> line.startsWith(DEMOTE))
                .map(line -> line.substring(DEMOTE.length())).collect(Collectors.toSet());
        return files.isEmpty() ? Optional.empty() : Optional.of(groups);
    }

    /**
     * Returns the routes of this namespace that daemons may have made that run beside this one.
     *
     * @throws KernelException
     *             if that cannot be known
     */
    Set<MultipathRoute.Key> routesOfOthers() throws KernelException {
        return lines(files(TableOwner::runsBesideUs)).stream().map(ROUTE::matcher).filter(Matcher::matches)
                .flatMap(route -> IpAddress.parse(route.group(1)).stream()
                        .map(network -> new MultipathRoute.Key(
                                new IpPrefix(network, Integer.parseInt(route.group(2))),
                                Integer.parseInt(route.group(3)), Integer.parseInt(route.group(4)))))
                .collect(Collectors.toSet());
    }

    private static List<String> lines(List<Path> files) throws KernelException {
        List<String> lines = new ArrayList<>();
        for (Path file : files) {
            try {
                lines.addAll(Files.readAllLines(file));
            } catch (NoSuchFileException ended) {
                // Its process has removed it since, with what it says.
            } catch (IOException e) {
                throw new KernelException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return lines;
    }

    /** Returns the files of this namespace whose processes do not run any more. */
    private List<Path> abandoned() throws KernelException {
        return files(owner -> !owner.runs());
    }

    private List<Path> files(Predicate<TableOwner> which) throws KernelException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        String prefix = namespace() + "-";
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> TableOwner.named(file.getFileName().toString().substring(prefix.length()))
                            .filter(which).isPresent())
                    .forEach(files::add);
            return files;
        } catch (IOException e) {
            throw new KernelException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Another daemon may read at any moment, so a new file takes the place of the old one. */
    @Override
    public void set(Set<String> groups, RoutePlan routes) throws KernelException {
        Path file = own();
        Set<String> lines = new TreeSet<>();
        groups.forEach(group -> lines.add(DEMOTE + group));
        MultipathRoute.of(routes, router -> true, gateway -> true).stream().map(MultipathRoute::key).forEach(
                key -> lines.add("route " + key.destination() + " table " + key.table() + " metric " + key.metric()));
        try {
            Files.createDirectories(folder);
            Path next = folder.resolve("." + file.getFileName());
            Files.write(next, lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
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
