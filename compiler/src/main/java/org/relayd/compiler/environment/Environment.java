package org.relayd.compiler.environment;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.relayd.ir.net.IpAddress;

/**
 * The machine that a configuration is meant for, and the compiler's only door to it: names, interfaces, services and
 * files are looked up here and nowhere else, so that a check gives the same answer anywhere. Asked while checking, by
 * one thread; answers may block on DNS.
 */
public interface Environment {

    /**
     * Reads a whole file that a configuration consists of: itself, what it includes, its lists of keys for rules.
     *
     * @param path
     *            name exactly as written; relative names are relative to the working directory
     * @throws IOException
     *             if there is no such file, it may not be read, or it is a directory
     */
    byte[] read(String path) throws IOException;

    /**
     * Reads a whole file of certificates or of a private key, only to judge it: what a configuration means does not
     * depend on its content.
     *
     * @param path
     *            name exactly as written, or made from the names in relayd.conf(5): FILES
     * @return for the caller to wipe
     * @throws IOException
     *             if it cannot be read, or its content is not known here; nothing is concluded from that
     */
    byte[] credentials(String path) throws IOException;

    /**
     * Returns whether a file can be read without reading it: certificates, keys and CA files.
     *
     * @param path
     *            name exactly as written, or made from the names in relayd.conf(5): FILES
     */
    FileState state(String path);

    /**
     * Returns the mode of a file that its group or others can read, such as {@code 0644}; empty if only its owner can,
     * or nothing is known.
     */
    Optional<String> openMode(String path);

    /**
     * Returns the addresses that DNS or hosts(5) have for a name, in the order of the answer; empty if there are none.
     */
    List<IpAddress> resolve(String name);

    /**
     * Returns the addresses of a network interface in the system's order; an empty Optional if
     * there is no such interface.
     */
    Optional<List<IpAddress>> interfaceAddresses(String name);

    /** Returns the names of the network interfaces that there are, for advice. */
    List<String> interfaces();

    /** Returns the interfaces of an interface group; an empty Optional if there is no such group. */
    Optional<List<String>> groupMembers(String group);

    /** Returns the system's number of a network interface; empty if there is no such interface. */
    OptionalInt interfaceIndex(String name);

    /**
     * Returns the port of a service, services(5).
     *
     * @param name
     *            name or alias
     * @param transport
     *            {@code tcp} or {@code udp}
     */
    OptionalInt service(String name, String transport);

    /** Returns the names and aliases of the services that there are, for suggestions. */
    Set<String> services();

    /** Returns whether protocols(5) has an IP protocol of this name. */
    boolean isIpProtocol(String name);

    /** Returns whether an interface group can be demoted, as {@code demote} asks for. */
    boolean isDemotionGroup(String name);

    /**
     * Returns the routing domain of the daemon, rdomain(4), from 0 to 255; systems without
     * routing domains are all in 0.
     */
    int routingDomain();

    /** Returns the time at which certificates should be good; empty if nothing is known, and none is judged. */
    Optional<Instant> time();

    /** What is known about a file. */
    enum FileState {
        /** It is there and can be read. */
        READABLE,
        /** It is not there or cannot be read. */
        UNREADABLE,
        /** The environment does not know; nothing is concluded from that. */
        UNKNOWN
    }
}
