package org.relayd.compiler.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import org.relayd.ir.net.IpAddress;

/**
 * A machine described by a file: nothing but what it says is there. relayd-compile(1): {@code --environment}. Services
 * and protocols are those that every machine has. Files that belong to the configuration itself, which are the main
 * file, included files and files of keys, are read from their place if the description does not hold them.
 */
public final class FileEnvironment implements Environment {
    private final Description description;
    private final Files outside;
    private final NameDatabase services = NameDatabase.services();
    private final NameDatabase protocols = NameDatabase.protocols();

    /** Reads a file that the description does not hold. */
    @FunctionalInterface
    public interface Files {

        /**
         * Reads a whole file.
         *
         * @throws IOException
         *             if it cannot be read
         */
        byte[] read(String path) throws IOException;
    }

    /**
     * What an environment file says.
     *
     * @param hosts
     *            addresses by name
     * @param interfaces
     *            addresses by interface; interfaces are numbered in this order, from 1
     * @param groups
     *            interfaces by group
     * @param files
     *            content by path, empty where only the existence is known; absent if nothing is known about files
     * @param routingDomain
     *            routing domain that the daemon is started in, from 0 to 255
     * @param time
     *            when certificates should be good; absent if they are not judged by their dates
     */
    public record Description(Map<String, List<IpAddress>> hosts, SequencedMap<String, List<IpAddress>> interfaces,
            Map<String, List<String>> groups, Optional<Map<String, Optional<String>>> files, int routingDomain,
            Optional<Instant> time) {

        /** Describes a machine whose daemon is in the default routing domain, at no certain time. */
        public Description(Map<String, List<IpAddress>> hosts, SequencedMap<String, List<IpAddress>> interfaces,
                Map<String, List<String>> groups, Optional<Map<String, Optional<String>>> files) {
            this(hosts, interfaces, groups, files, 0, Optional.empty());
        }
    }

    /**
     * Creates an environment.
     *
     * @param description
     *            what there is
     * @param outside
     *            where the configuration's own files are read from
     */
    public FileEnvironment(Description description, Files outside) {
        this.description = description;
        this.outside = outside;
    }

    @Override
    public byte[] read(String path) throws IOException {
        Map<String, Optional<String>> files = description.files().orElse(Map.of());
        if (!files.containsKey(path)) {
            return outside.read(path);
        }
        return files.get(path).orElseThrow(() -> new IOException("the environment file does not tell its content"))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] credentials(String path) throws IOException {
        return read(path);
    }

    @Override
    public FileState state(String path) {
        return description.files().map(files -> files.containsKey(path) ? FileState.READABLE : FileState.UNREADABLE)
                .orElse(FileState.UNKNOWN);
    }

    @Override
    public Optional<String> openMode(String path) {
        return Optional.empty();
    }

    @Override
    public List<IpAddress> resolve(String name) {
        return description.hosts().getOrDefault(name, List.of());
    }

    @Override
    public Optional<List<IpAddress>> interfaceAddresses(String name) {
        return Optional.ofNullable(description.interfaces().get(name));
    }

    @Override
    public List<String> interfaces() {
        return List.copyOf(description.interfaces().keySet());
    }

    @Override
    public Optional<List<String>> groupMembers(String group) {
        return Optional.ofNullable(description.groups().get(group));
    }

    @Override
    public OptionalInt interfaceIndex(String name) {
        int index = 1;
        for (String known : description.interfaces().keySet()) {
            if (known.equals(name)) {
                return OptionalInt.of(index);
            }
            index++;
        }
        return OptionalInt.empty();
    }

    @Override
    public OptionalInt service(String name, String transport) {
        return services.number(name + "/" + transport);
    }

    @Override
    public Set<String> services() {
        return services.names();
    }

    @Override
    public boolean isIpProtocol(String name) {
        return protocols.number(name).isPresent();
    }

    @Override
    public boolean isDemotionGroup(String name) {
        return description.groups().containsKey(name);
    }

    @Override
    public int routingDomain() {
        return description.routingDomain();
    }

    @Override
    public Optional<Instant> time() {
        return description.time();
    }
}
