package org.relayd.runtime.platform.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.image.MultipathRoute;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.image.RouterImage;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.platform.RouteTable;
import org.relayd.runtime.system.ErrorName;

/**
 * Routes by rtnetlink. A destination has one route with all its gateways, which is replaced as a whole: there is no
 * moment without it. A socket lives for one call, so that nothing can be left in it.
 */
final class LinuxRoutes implements RouteTable {
    private final OtherDaemons others;
    private Optional<LinuxLibrary> c = Optional.empty();
    private RouteImage image = RouteImage.nothing();
    private final Set<HostId> up = new HashSet<>();
    private final Map<MultipathRoute.Key, MultipathRoute> installed = new HashMap<>();

    /**
     * Knows which routes are those of daemons that run beside this one: the kernel tells only that
     * one of them has made them.
     */
    @FunctionalInterface
    interface OtherDaemons {

        /**
         * Returns the routes that they may make.
         *
         * @throws KernelException
         *             if that cannot be known
         */
        Set<MultipathRoute.Key> routes() throws KernelException;
    }

    LinuxRoutes(OtherDaemons others) {
        this.others = others;
    }

    /** Something to do with a socket. */
    private interface Use<T> {
        T with(NetlinkSocket socket) throws NetlinkException, KernelException;
    }

    private <T> T use(Use<T> use) throws KernelException {
        LinuxLibrary library = c.orElseGet(LinuxLibrary::load);
        c = Optional.of(library);
        try (NetlinkSocket socket = new NetlinkSocket(library, NetlinkSocket.ROUTE)) {
            return use.with(socket);
        } catch (NetlinkException e) {
            throw refused("routing table", e);
        }
    }

    private static KernelException refused(String what, NetlinkException e) {
        String advice = e.is(ErrorName.EPERM)
                ? ": routers need root or the capability CAP_NET_ADMIN"
                : "";
        return new KernelException(what + ": " + e.getMessage() + advice, e);
    }

    /**
     * Gateways that have the same address as before stay in use until more is known, so that a
     * reload interrupts nothing.
     */
    @Override
    public void open(RouteImage next) throws KernelException {
        Set<IpAddress> before = new HashSet<>();
        gateways(image).filter(host -> up.contains(host.id())).forEach(host -> before.add(host.address()));
        image = next;
        up.clear();
        gateways(next).filter(host -> before.contains(host.address())).forEach(host -> up.add(host.id()));
        installed.clear();
        use(socket -> {
            Map<MultipathRoute.Key, MultipathRoute> wanted = new HashMap<>();
            wanted().forEach(route -> wanted.put(route.key(), route));
            // A route is in the kernel only after its daemon has said so; asked the other way round, a new one
            // could be taken for left.
            List<KernelRoute> there = ours(socket);
            Set<MultipathRoute.Key> theirs = others.routes();
            for (KernelRoute route : there) {
                MultipathRoute same = wanted.get(route.key());
                if (theirs.contains(route.key())) {
                    continue;
                }
                if (same == null) {
                    remove(socket, route.key(), route.protocol());
                } else if (route.is(same)) {
                    installed.put(same.key(), same);
                }
            }
            change(socket);
            return "";
        });
    }

    private static Stream<RouterImage.Gateway> gateways(RouteImage image) {
        return image.routers().stream().flatMap(router -> router.gateways().stream());
    }

    @Override
    public void apply(List<RouteOperation> round) throws KernelException {
        for (RouteOperation operation : round) {
            switch (operation) {
                case RouteOperation.Add(var _, var _, var gateway) -> up.add(gateway);
                case RouteOperation.Delete(var _, var _, var gateway) -> up.remove(gateway);
            }
        }
        if (!round.isEmpty()) {
            use(socket -> {
                change(socket);
                return "";
            });
        }
    }

    private List<MultipathRoute> wanted() {
        Set<RouterId> disabled = image.routers().stream().filter(RouterImage::disabled).map(RouterImage::id)
                .collect(Collectors.toSet());
        return MultipathRoute.of(image, router -> !disabled.contains(router), up::contains);
    }

    /** Does what can be done, and complains about the first thing that could not. */
    private void change(NetlinkSocket socket) throws KernelException {
        List<KernelException> failures = new ArrayList<>();
        Set<MultipathRoute.Key> gone = new HashSet<>(installed.keySet());
        for (MultipathRoute route : wanted()) {
            gone.remove(route.key());
            if (!route.equals(installed.get(route.key()))) {
                attempt(failures, () -> install(socket, route));
            }
        }
        for (MultipathRoute.Key key : gone) {
            attempt(failures, () -> {
                remove(socket, key, installed.get(key).protocol());
                installed.remove(key);
            });
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /** A change of one route. */
    private interface Change {
        void run() throws NetlinkException, KernelException;
    }

    private static void attempt(List<KernelException> failures, Change change) {
        try {
            change.run();
        } catch (NetlinkException e) {
            failures.add(refused("route", e));
        } catch (KernelException e) {
            failures.add(e);
        }
    }

    /** A gateway that the kernel refuses takes no other one away, and keeps none that is not to be used any more. */
    private void install(NetlinkSocket socket, MultipathRoute route) throws KernelException {
        try {
            put(socket, route);
        } catch (KernelException refused) {
            Optional<MultipathRoute> there = Optional.ofNullable(installed.get(route.key()));
            List<IpAddress> good = new ArrayList<>(there.map(MultipathRoute::gateways).orElse(List.of()));
            if (good.retainAll(route.gateways())) {
                shrink(socket, there.orElseThrow(), good);
            }
            if (route.gateways().size() > 1) {
                extend(socket, route, good);
            }
            throw refused;
        }
    }

    private void shrink(NetlinkSocket socket, MultipathRoute route, List<IpAddress> good) throws KernelException {
        if (!good.isEmpty()) {
            put(socket, route.by(good));
            return;
        }
        try {
            remove(socket, route.key(), route.protocol());
            installed.remove(route.key());
        } catch (NetlinkException e) {
            throw refused("route " + route.key().destination(), e);
        }
    }

    private void extend(NetlinkSocket socket, MultipathRoute route, List<IpAddress> good) {
        for (IpAddress gateway : route.gateways()) {
            if (!good.contains(gateway)) {
                good.add(gateway);
                try {
                    put(socket, route.by(good));
                } catch (KernelException refusedToo) {
                    // What the kernel says of all of them is said; it is tried again in each round.
                    good.remove(gateway);
                }
            }
        }
    }

    /** A route that another program has made is never replaced. */
    private void put(NetlinkSocket socket, MultipathRoute route) throws KernelException {
        try {
            boolean known = installed.containsKey(route.key());
            try {
                socket.request(RouteMessages.add(route, known ? RouteMessages.REPLACE : RouteMessages.ONLY_NEW));
            } catch (NetlinkException e) {
                if (!e.is(ErrorName.EEXIST)) {
                    throw e;
                }
                Optional<KernelRoute> there = all(socket, route.key().destination().address().family()).stream()
                        .filter(other -> other.key().equals(route.key()) && !other.ours()).findFirst();
                if (others.routes().contains(route.key())) {
                    throw new KernelException("route " + route.key().destination() + " metric "
                            + route.key().metric() + ": another relayd has it", e);
                }
                if (there.isPresent()) {
                    throw new KernelException("route " + route.key().destination() + " metric "
                            + route.key().metric() + ": there is one of another program, protocol "
                            + there.get().protocol(), e);
                }
                socket.request(RouteMessages.add(route, RouteMessages.REPLACE));
            }
            installed.put(route.key(), route);
        } catch (NetlinkException e) {
            throw refused("route " + route.key().destination() + " via " + route.gateways(), e);
        }
    }

    private static void remove(NetlinkSocket socket, MultipathRoute.Key key, int protocol) throws NetlinkException {
        try {
            socket.request(RouteMessages.delete(key, protocol));
        } catch (NetlinkException e) {
            if (!e.is(ErrorName.ESRCH)) {
                throw e;
            }
        }
    }

    private static List<KernelRoute> ours(NetlinkSocket socket) throws NetlinkException {
        List<KernelRoute> routes = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            all(socket, family).stream().filter(KernelRoute::ours).forEach(routes::add);
        }
        return routes;
    }

    private static List<KernelRoute> all(NetlinkSocket socket, IpFamily family) throws NetlinkException {
        List<KernelRoute> routes = new ArrayList<>();
        socket.list(RouteMessages.list(family)).forEach(message -> KernelRoute.read(message).ifPresent(routes::add));
        return routes;
    }

    @Override
    public int repair() throws KernelException {
        return use(socket -> {
            List<KernelRoute> there = ours(socket);
            int missing = 0;
            for (MultipathRoute route : List.copyOf(installed.values())) {
                if (there.stream().noneMatch(one -> one.is(route))) {
                    installed.remove(route.key());
                    missing++;
                }
            }
            change(socket);
            return missing;
        });
    }

    @Override
    public void close() throws KernelException {
        up.clear();
        use(socket -> {
            change(socket);
            return "";
        });
    }
}
