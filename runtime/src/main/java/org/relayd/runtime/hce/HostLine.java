package org.relayd.runtime.hce;

import java.time.Duration;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Table;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.hce.check.CheckOutcome;

/**
 * The log lines about hosts. Tools search for their words; dialect 5.1 says {@code ssl} and leaves the result out, as
 * its release did.
 *
 * @param dialect
 *            whose words are used
 */
record HostLine(Dialect dialect) {

    /** Returns the line about the end of a check; {@code host} is the host after it. */
    String checked(CheckedHost host, HostState before, CheckOutcome outcome, Duration took) {
        StringBuilder line = new StringBuilder(begin(host)).append(" (").append(took.toMillis()).append("ms");
        if (dialect == Dialect.CURRENT) {
            line.append(',').append(outcome.result().text());
            outcome.httpCode().ifPresent(code -> line.append(',').append(code));
        }
        return line.append("), state ").append(before.word()).append(" -> ").append(host.condition().state().word())
                .append(", availability ").append(host.view().availability()).toString();
    }

    /** Returns the line about the end of a check of a host that was disabled meanwhile. */
    String ignored(CheckedHost host) {
        return begin(host) + " (ignoring result, host disabled)";
    }

    private String begin(CheckedHost host) {
        return "host " + host.host().name() + ", check " + checkWords(host.table().table());
    }

    private String checkWords(Table table) {
        return table.check().map(check -> words(check) + (check.speaksTls() ? " use " + tlsWord() : "")).orElse("none");
    }

    private String tlsWord() {
        return dialect == Dialect.CURRENT ? "tls" : "ssl";
    }

    private static String words(HealthCheck check) {
        return switch (check) {
            case HealthCheck.Icmp() -> "icmp";
            case HealthCheck.TcpConnect(),HealthCheck.TlsHandshake() -> "tcp";
            case HealthCheck.HttpCode _ -> "http code";
            case HealthCheck.HttpDigest _ -> "http digest";
            case HealthCheck.SendExpect _,HealthCheck.BinarySendExpect _ -> "send expect";
            case HealthCheck.Script _ -> "script";
            case HealthCheck.Dns _ -> "dns";
        };
    }
}
