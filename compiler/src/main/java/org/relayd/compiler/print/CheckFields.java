package org.relayd.compiler.print;

import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.Digest;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.net.DnsName;
import org.relayd.ir.net.IpAddress;

/**
 * A health check as the flat row of fields that the model shows.
 *
 * @param word
 *            kind of check
 * @param code
 *            wanted HTTP status
 * @param digest
 *            wanted hash
 * @param expect
 *            pattern, or hex digits
 * @param script
 *            path of the program
 * @param query
 *            name that DNS is asked for
 */
record CheckFields(String word, OptionalInt code, Optional<Digest> digest, Optional<String> expect,
        Optional<String> script, Optional<String> query) {

    static CheckFields none() {
        return plain("none");
    }

    static CheckFields of(HealthCheck check) {
        return switch (check) {
            case HealthCheck.Icmp() -> plain("icmp");
            case HealthCheck.TcpConnect(),HealthCheck.TlsHandshake() -> plain("tcp");
            case HealthCheck.HttpCode(boolean _, String _, Optional<String> _, int code) -> new CheckFields("http-code",
                    OptionalInt.of(code), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
            case HealthCheck.HttpDigest(boolean _, String _, Optional<String> _, Digest digest)
                    -> new CheckFields("http-digest", OptionalInt.empty(), Optional.of(digest), Optional.empty(),
                            Optional.empty(), Optional.empty());
            case HealthCheck.SendExpect(boolean _, Optional<String> _, String expect)
                    -> expecting("send-expect", expect);
            case HealthCheck.BinarySendExpect(boolean _, Optional<String> _, String expect)
                    -> expecting("binary-send-expect", expect);
            case HealthCheck.Script(String path) -> new CheckFields("script", OptionalInt.empty(), Optional.empty(),
                    Optional.empty(), Optional.of(path), Optional.empty());
            case HealthCheck.Dns(DnsName name, IpAddress address) -> new CheckFields("dns", OptionalInt.empty(),
                    Optional.empty(), Optional.of(address.toString()), Optional.empty(), Optional.of(name.text()));
        };
    }

    private static CheckFields plain(String word) {
        return new CheckFields(word, OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    private static CheckFields expecting(String word, String expect) {
        return new CheckFields(word, OptionalInt.empty(), Optional.empty(), Optional.of(expect), Optional.empty(),
                Optional.empty());
    }
}
