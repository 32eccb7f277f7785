package org.relayd.main.environment;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.environment.NameDatabase;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.term.OperatingSystem;

/**
 * This machine: its files, its interfaces, its resolver, its services(5). Linux has no interface groups; a group there
 * is a name that {@code demote} counts in a file of its own, so any name is one.
 */
public final class SystemEnvironment implements Environment {
    private final OperatingSystem system;
    private final MachineFiles files;
    private final MachineFiles credentials;
    private NameDatabase services;
    private NameDatabase protocols;

    /** Takes this machine, which runs a system, and the rights of this process. */
    public SystemEnvironment(OperatingSystem system) {
        this(system, new OwnFiles());
    }

    /**
     * Takes this machine.
     *
     * @param system
     *            what it runs
     * @param files
     *            reads what configurations consist of
     */
    public SystemEnvironment(OperatingSystem system, MachineFiles files) {
        this(system, files, files);
    }

    /**
     * Takes this machine.
     *
     * @param system
     *            what it runs
     * @param files
     *            reads what configurations consist of
     * @param credentials
     *            reads certificates and keys
     */
    public SystemEnvironment(OperatingSystem system, MachineFiles files, MachineFiles credentials) {
        this.system = system;
        this.files = files;
        this.credentials = credentials;
    }

    @Override
    public byte[] read(String path) throws IOException {
        return files.read(path);
    }

    @Override
    public byte[] credentials(String path) throws IOException {
        return credentials.read(path);
    }

    @Override
    public FileState state(String path) {
        return credentials.isReadable(path) ? FileState.READABLE : FileState.UNREADABLE;
    }

    @Override
    public Optional<String> openMode(String path) {
        return credentials.openMode(path);
    }

    @Override
    public List<IpAddress> resolve(String name) {
        // The JDK takes nothing for localhost, and half an address for a whole one.
        if (name.isEmpty() || name.indexOf(':') >= 0
                || name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
            return List.of();
        }
        try {
            List<IpAddress> addresses = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(name)) {
                addresses.add(IpAddress.of(address));
            }
            return addresses;
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    @Override
    public Optional<List<IpAddress>> interfaceAddresses(String name) {
        return networkInterface(name).map(card -> {
            List<IpAddress> addresses = new ArrayList<>();
            // The JDK lists the youngest address first; the system's own order is the other way round.
            List<InetAddress> listed = Collections.list(card.getInetAddresses());
            for (InetAddress address : listed.reversed()) {
                // Without its scope a link-local address means nothing.
                if (address instanceof Inet4Address || !address.isLinkLocalAddress()) {
                    addresses.add(IpAddress.of(address));
                }
            }
            return addresses;
        });
    }

    @Override
    public OptionalInt interfaceIndex(String name) {
        return networkInterface(name).map(card -> OptionalInt.of(card.getIndex())).orElse(OptionalInt.empty());
    }

    private static Optional<NetworkInterface> networkInterface(String name) {
        try {
            return Optional.ofNullable(NetworkInterface.getByName(name));
        } catch (SocketException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> interfaces() {
        try {
            return NetworkInterface.networkInterfaces().map(NetworkInterface::getName).sorted().toList();
        } catch (SocketException unreadable) {
            return List.of();
        }
    }

    @Override
    public Optional<List<String>> groupMembers(String group) {
        return Optional.empty();
    }

    @Override
    public boolean isDemotionGroup(String name) {
        return true;
    }

    @Override
    public int routingDomain() {
        if (system != OperatingSystem.OPENBSD) {
            return 0;
        }
        try {
            Process id = new ProcessBuilder("/usr/bin/id", "-R").redirectErrorStream(true).start();
            id.getOutputStream().close();
            return Integer.parseInt(new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim());
        } catch (IOException | NumberFormatException _) {
            // id(1) of a release without routing domains for processes: there is only one.
            return 0;
        }
    }

    @Override
    public Optional<Instant> time() {
        return Optional.of(Instant.now());
    }

    @Override
    public OptionalInt service(String name, String transport) {
        return knownServices().number(name + "/" + transport);
    }

    @Override
    public Set<String> services() {
        return knownServices().names();
    }

    private NameDatabase knownServices() {
        if (services == null) {
            services = database("/etc/services", NameDatabase.services());
        }
        return services;
    }

    @Override
    public boolean isIpProtocol(String name) {
        // The usual two without a look into the file.
        if (name.equals("tcp") || name.equals("udp")) {
            return true;
        }
        if (protocols == null) {
            protocols = database("/etc/protocols", NameDatabase.protocols());
        }
        return protocols.number(name).isPresent();
    }

    /** Small systems come without these files: then the names that every machine has must do. */
    private static NameDatabase database(String path, NameDatabase builtIn) {
        try {
            return NameDatabase.read(Files.readString(Path.of(path)));
        } catch (IOException missing) {
            return builtIn;
        }
    }
}
