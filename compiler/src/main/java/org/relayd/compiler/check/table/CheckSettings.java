package org.relayd.compiler.check.table;

import java.util.Optional;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Table.Leftovers;

/**
 * The check of a forward line while it is read. Of several checks the last one wins, but the TLS flag and the text to
 * send of earlier ones stay, as OpenBSD keeps them.
 */
final class CheckSettings {

    /**
     * What two uses of a table must have in common to share it.
     *
     * @param check
     *            the check
     * @param leftovers
     *            what earlier checks left
     */
    record Compared(Optional<HealthCheck> check, Leftovers leftovers) {}

    private Optional<HealthCheck> check = Optional.empty();
    private boolean tls;
    private Optional<String> send = Optional.empty();

    /** Switches on TLS for this check and all that follow on the line. */
    void useTls() {
        tls = true;
    }

    /** Returns whether TLS was asked for on this line. */
    boolean tls() {
        return tls;
    }

    /** Sets the check. One that has no text to send keeps the text of the one before. */
    void set(HealthCheck value) {
        check = Optional.of(value);
        switch (value) {
            case HealthCheck.Icmp _,HealthCheck.TcpConnect _,HealthCheck.TlsHandshake _,HealthCheck.Script _,HealthCheck.Dns _ -> {
                // The text of an earlier check stays.
            }
            case HealthCheck.HttpCode _,HealthCheck.HttpDigest _,HealthCheck.SendExpect _,HealthCheck.BinarySendExpect _
                    -> send = value.request();
        }
    }

    Optional<HealthCheck> check() {
        return check;
    }

    Leftovers leftovers() {
        if (check.isEmpty()) {
            return Leftovers.none();
        }
        return switch (check.get()) {
            case HealthCheck.Icmp _,HealthCheck.Script _,HealthCheck.Dns _ -> new Leftovers(tls, send);
            case HealthCheck.TcpConnect _,HealthCheck.TlsHandshake _ -> new Leftovers(false, send);
            case HealthCheck.HttpCode _,HealthCheck.HttpDigest _,HealthCheck.SendExpect _,HealthCheck.BinarySendExpect _
                    -> Leftovers.none();
        };
    }

    Compared compared() {
        return new Compared(check, leftovers());
    }
}
