package org.relayd.ir.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A numeric IPv4 or IPv6 address with an optional scope (interface name) for link-local ones. Never the
 * result of a look-up here.
 */
public final class IpAddress {
    private final byte[] bytes;
    private final String scope;

    private IpAddress(byte[] bytes, String scope) {
        this.bytes = bytes;
        this.scope = scope;
    }

    /**
     * Creates an address.
     *
     * @param bytes
     *            4 or 16 bytes in network order
     */
    public static IpAddress of(byte[] bytes) {
        if (bytes.length != 4 && bytes.length != 16) {
            throw new IllegalArgumentException(bytes.length + " address bytes");
        }
        return new IpAddress(bytes.clone(), "");
    }

    /** Creates the address of a socket; its scope is not kept. */
    public static IpAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    /**
     * Reads a numeric address the way getaddrinfo(3) with AI_NUMERICHOST and inet_pton(3) do: four decimal parts
     * without leading zeros, or IPv6 text with an optional {@code %scope}.
     *
     * @return the address, or empty if the text is none
     */
    public static Optional<IpAddress> parse(String text) {
        if (text.indexOf(':') < 0) {
            byte[] four = IpText.parseInet(text);
            return four == null ? Optional.empty() : Optional.of(new IpAddress(four, ""));
        }
        int percent = text.indexOf('%');
        String scope = percent < 0 ? "" : text.substring(percent + 1);
        if (percent >= 0 && scope.isEmpty()) {
            return Optional.empty();
        }
        byte[] sixteen = IpText.parseInet6(percent < 0 ? text : text.substring(0, percent));
        return sixteen == null ? Optional.empty() : Optional.of(new IpAddress(sixteen, scope));
    }

    /** Returns the family. */
    public IpFamily family() {
        return bytes.length == 4 ? IpFamily.INET : IpFamily.INET6;
    }

    /** Returns a copy of the 4 or 16 bytes, in network order. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the interface name after {@code %}, or an empty text. */
    public String scope() {
        return scope;
    }

    /** Returns whether all bytes are 0: the wildcard address. */
    public boolean isWildcard() {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the address for the JDK's socket calls, with its scope where the machine has that interface. */
    public InetAddress toInetAddress() {
        try {
            return scope.isEmpty() ? InetAddress.getByAddress(bytes) : InetAddress.getByName(this.toString());
        } catch (UnknownHostException noSuchInterface) {
            throw new IllegalStateException("no interface " + scope, noSuchInterface);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes) && scope.equals(address.scope);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) * 31 + scope.hashCode();
    }

    /** Returns the canonical text: dotted decimal, or RFC 5952 for IPv6, with {@code %scope} if there is one. */
    @Override
    public String toString() {
        String text = bytes.length == 4 ? IpText.printInet(bytes, 0) : IpText.printInet6(bytes);
        return scope.isEmpty() ? text : text + "%" + scope;
    }
}
