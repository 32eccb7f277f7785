package org.relayd.ir.config;

import java.util.Optional;
import org.relayd.ir.net.DnsName;
import org.relayd.ir.net.IpAddress;

/** How it is found out whether a host is up. relayd.conf(5): TABLES, health checking methods. */
public sealed interface HealthCheck {

    /** Returns whether the check speaks TLS. */
    default boolean speaksTls() {
        return switch (this) {
            case Icmp(),TcpConnect(),Script(String _),Dns(DnsName _, IpAddress _) -> false;
            case TlsHandshake() -> true;
            case HttpCode(boolean tls, String _, Optional<String> _, int _) -> tls;
            case HttpDigest(boolean tls, String _, Optional<String> _, Digest _) -> tls;
            case SendExpect(boolean tls, Optional<String> _, String _) -> tls;
            case BinarySendExpect(boolean tls, Optional<String> _, String _) -> tls;
        };
    }

    /** Returns the text that is sent first; hex digits for a binary check; empty if nothing is sent. */
    default Optional<String> request() {
        return switch (this) {
            case Icmp(),TcpConnect(),TlsHandshake(),Script(String _),Dns(DnsName _, IpAddress _) -> Optional.empty();
            case HttpCode(boolean _, String path, Optional<String> host, int _)
                    -> Optional.of(http("HEAD", path, host));
            case HttpDigest(boolean _, String path, Optional<String> host, Digest _)
                    -> Optional.of(http("GET", path, host));
            case SendExpect(boolean _, Optional<String> send, String _) -> send;
            case BinarySendExpect(boolean _, Optional<String> send, String _) -> send;
        };
    }

    private static String http(String method, String path, Optional<String> host) {
        return host.map(name -> method + " " + path + " HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n")
                .orElse(method + " " + path + " HTTP/1.0\r\n\r\n");
    }

    /** An ICMP echo request is answered. */
    record Icmp() implements HealthCheck {}

    /** A TCP connection opens. */
    record TcpConnect() implements HealthCheck {}

    /** A TLS handshake completes. */
    record TlsHandshake() implements HealthCheck {}

    /**
     * An HTTP HEAD request gets the wanted status.
     *
     * @param tls
     *            whether it goes over TLS
     * @param path
     *            path and query
     * @param host
     *            value of the Host header; without it the request is HTTP/1.0
     * @param code
     *            wanted status code, above 0
     */
    record HttpCode(boolean tls, String path, Optional<String> host, int code) implements HealthCheck {}

    /**
     * The body of an HTTP GET request has the wanted hash.
     *
     * @param tls
     *            whether it goes over TLS
     * @param path
     *            path and query
     * @param host
     *            value of the Host header; without it the request is HTTP/1.0
     * @param digest
     *            wanted hash of the body
     */
    record HttpDigest(boolean tls, String path, Optional<String> host, Digest digest) implements HealthCheck {}

    /**
     * What the host sends matches a glob.
     *
     * @param tls
     *            whether it goes over TLS
     * @param send
     *            text sent first, as written; empty to send nothing
     * @param expect
     *            glob over everything received, escapes already resolved
     */
    record SendExpect(boolean tls, Optional<String> send, String expect) implements HealthCheck {}

    /**
     * What the host sends begins with the wanted bytes.
     *
     * @param tls
     *            whether it goes over TLS
     * @param send
     *            hex digits of the bytes sent first; empty to send nothing
     * @param expect
     *            hex digits of the wanted bytes
     */
    record BinarySendExpect(boolean tls, Optional<String> send, String expect) implements HealthCheck {}

    /**
     * A program, called with the host's name, exits with a status other than 0.
     *
     * @param path
     *            path of the program
     */
    record Script(String path) implements HealthCheck {}

    /**
     * A name server knows an address of a name. An extension.
     *
     * @param name
     *            the name
     * @param address
     *            the address, whose family says what is asked for
     */
    record Dns(DnsName name, IpAddress address) implements HealthCheck {}
}
