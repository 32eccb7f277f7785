package org.relayd.runtime.platform.linux.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.image.MultipathRoute;
import org.relayd.ir.image.RouteImage;
import org.relayd.runtime.platform.Footprint;
import org.relayd.runtime.platform.KernelException;

/**
 * A footprint in files: one for each process that has something in the kernel, named after its network namespace and
 * itself, with one line for each group that it may demote and each route that it may make. The folder does not
 * survive the machine, nor does what is in the kernel. The routes are for other daemons, which cannot tell by the
 * kernel whose a route is.
 */
public final class KernelFiles implements Footprint {
    /** Where the files are. */
    public static final Path FOLDER = Path.of("/run/relayd/kernel");

    private static final String DEMOTE = "demote ";
    private static final Pattern ROUTE = Pattern.compile("route (\\S+)/(\\d{1,3}) table (\\d{1,3}) metric (\\d{1,9})");

    private final TableOwner self;
    private final OwnerFiles files;

    /**
     * Creates a footprint.
     *
     * @param folder
     *            where the files are
     * @param self
     *            this daemon
     */
    public KernelFiles(Path folder, TableOwner self) {
        this.self = self;
        this.files = new OwnerFiles(folder, "net", self);
    }

    @Override
    public Optional<Set<String>> left() throws KernelException {
        List<Path> abandoned = abandoned();
        Set<String> groups = files.lines(abandoned).stream().filter(line -> line.startsWith(DEMOTE))
                .map(line -> line.substring(DEMOTE.length())).collect(Collectors.toSet());
        return abandoned.isEmpty() ? Optional.empty() : Optional.of(groups);
    }

    /** Returns the files of this namespace whose processes do not run any more. */
    private List<Path> abandoned() throws KernelException {
        return files.of(owner -> !owner.runs());
    }

    /**
     * Returns the routes of this namespace that daemons may have made that run beside this one.
     *
     * @throws KernelException
     *             if that cannot be known
     */
    public Set<MultipathRoute.Key> routesOfOthers() throws KernelException {
        return files.lines(files.of(self::hasBeside)).stream().map(ROUTE::matcher).filter(Matcher::matches)
                .flatMap(route -> IpAddress.parse(route.group(1)).stream()
                        .map(network -> new MultipathRoute.Key(
                                new IpPrefix(network, Integer.parseInt(route.group(2))),
                                Integer.parseInt(route.group(3)), Integer.parseInt(route.group(4)))))
                .collect(Collectors.toSet());
    }

    @Override
    public void set(Set<String> groups, RouteImage routes) throws KernelException {
        Set<String> lines = new TreeSet<>();
        groups.forEach(group -> lines.add(DEMOTE + group));
        MultipathRoute.of(routes, router -> true, gateway -> true).stream().map(MultipathRoute::key).forEach(
                key -> lines.add("route " + key.destination() + " table " + key.table() + " metric " + key.metric()));
        try {
            // In this order: at no moment is nothing written down.
            files.say(lines);
            OwnerFiles.remove(abandoned());
        } catch (KernelException refused) {
            throw new KernelException("what a kill leaves in the kernel may stay there: " + refused.getMessage(),
                    refused);
        }
    }

    @Override
    public void clear() throws KernelException {
        List<Path> ended = new ArrayList<>(abandoned());
        ended.add(files.own());
        OwnerFiles.remove(ended);
    }
}
