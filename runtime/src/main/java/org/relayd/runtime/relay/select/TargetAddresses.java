package org.relayd.runtime.relay.select;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.relayd.ir.config.Relay.Mapping;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayPath;

/**
 * Makes targets of addresses: applies the address family mapping of {@code forward ... inet|inet6} and finds targets
 * that are the relay itself.
 */
final class TargetAddresses {
    /** RFC 1123 2.1, and the underscore that people use; what ends in a number is no name. */
    private static final Pattern HOST_NAME = Pattern
            .compile("(?=.{1,253}+$)(?!(?:.*\\.)?\\d++\\.?$)[\\w-]{1,63}+(?:\\.[\\w-]{1,63}+)*+\\.?");
    private static final int INET_BYTES = 4;
    private static final int INET6_BYTES = 16;

    private final RelayPath path;

    TargetAddresses(RelayPath path) {
        this.path = path;
    }

    /**
     * Makes a target of an address.
     *
     * @param word
     *            what stands for it in the configuration
     */
    TargetHost target(String word, IpAddress address, Port port, int retry) {
        return target(address, port, retry, path.connect().tls().isPresent() ? name(word) : Optional.empty());
    }

    private TargetHost target(IpAddress written, Port port, int retry, Optional<String> name) {
        IpAddress address = path.connect().mapping().map(mapping -> map(mapping, written)).orElse(written);
        boolean mapped = !address.equals(written);
        return TargetHost.of(address, port, retry, state(address, port, mapped), name);
    }

    /**
     * Makes a target of the address that a client meant. A relay on all addresses of the machine is none for itself.
     */
    TargetHost meant(InetSocketAddress address) {
        TargetHost target = target(IpAddress.of(address.getAddress()), new Port(address.getPort()),
                path.select().retry(), Optional.empty());
        boolean own = path.listen().address().isWildcard() && address.getPort() == path.listen().port().number()
                && isLocal(address.getAddress());
        return own ? target.asLoop() : target;
    }

    /** Returns the host name that a word is, if it is no address and no interface. */
    private static Optional<String> name(String word) {
        boolean host = HOST_NAME.matcher(word).matches() && IpAddress.parse(word).isEmpty() && !isInterface(word);
        return host ? Optional.of(word.endsWith(".") ? word.substring(0, word.length() - 1) : word) : Optional.empty();
    }

    private static boolean isInterface(String word) {
        try {
            return NetworkInterface.getByName(word) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }

    private TargetHost.State state(IpAddress address, Port port, boolean mapped) {
        if (mapped && !isHost(address)) {
            return TargetHost.State.INVALID;
        }
        boolean own = address.equals(path.listen().address()) && port.equals(path.listen().port());
        return own ? TargetHost.State.LOOP : TargetHost.State.USABLE;
    }

    private static IpAddress map(Mapping mapping, IpAddress address) {
        byte[] bytes = address.bytes();
        return switch (mapping) {
            case Mapping.ToInet() -> address.family() == IpFamily.INET ? address
                    : IpAddress.of(Arrays.copyOfRange(bytes, INET6_BYTES - INET_BYTES, INET6_BYTES));
            case Mapping.ToInet6(IpAddress prefix) -> {
                if (address.family() == IpFamily.INET6) {
                    yield address;
                }
                byte[] sixteen = prefix.bytes();
                System.arraycopy(bytes, 0, sixteen, INET6_BYTES - INET_BYTES, INET_BYTES);
                yield IpAddress.of(sixteen);
            }
        };
    }

    /** Neither the wildcard, nor broadcast, nor multicast. */
    private static boolean isHost(IpAddress address) {
        byte[] bytes = address.bytes();
        boolean broadcast = bytes.length == INET_BYTES && bytes[0] == -1 && bytes[1] == -1 && bytes[2] == -1
                && bytes[3] == -1;
        boolean multicast = address.toInetAddress().isMulticastAddress();
        return !address.isWildcard() && !broadcast && !multicast;
    }
}
