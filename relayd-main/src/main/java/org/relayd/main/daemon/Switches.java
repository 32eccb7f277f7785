package org.relayd.main.daemon;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.TableId;
import org.relayd.runtime.hce.HealthCheckEngine;
import org.relayd.runtime.pfe.PacketFilterEngine;
import org.relayd.runtime.pfe.RedirectView;

/**
 * What relayctl(8) enables and disables. Each is done when the kernel has been told; its result is false if it cannot
 * be done. Engine thread only.
 *
 * @param health
 *            knows hosts and tables
 * @param filter
 *            knows redirections
 */
public record Switches(HealthCheckEngine health, PacketFilterEngine filter) {

    /** Switches a host and the hosts that name it as parent; one that has a parent itself cannot be switched. */
    public CompletableFuture<Boolean> host(HostId host, boolean enabled) {
        return toldIf(health.switchHost(host, enabled));
    }

    /** Switches a table. */
    public CompletableFuture<Boolean> table(TableId table, boolean enabled) {
        return toldIf(health.switchTable(table, enabled));
    }

    private CompletableFuture<Boolean> toldIf(boolean switched) {
        return switched ? filter.settled().thenApply(_ -> true) : CompletableFuture.completedFuture(false);
    }

    /** Switches a redirection. Its tables go with it, after it so that its backup does not take over in between. */
    public CompletableFuture<Boolean> redirect(Redirect redirect, boolean enabled) {
        CompletableFuture<Boolean> switched = filter.switchRedirect(redirect.id(), enabled);
        if (enabled) {
            health.switchTable(redirect.table().id(), true);
            redirect.backup().ifPresent(table -> health.switchTable(table.id(), true));
        } else if (!usedElsewhere(redirect)) {
            health.switchTable(redirect.table().id(), false);
        }
        return switched;
    }

    /** Redirections that ask for exactly the same share a table. */
    private boolean usedElsewhere(Redirect redirect) {
        return filter.redirects().stream().map(RedirectView::redirect)
                .filter(other -> !other.id().equals(redirect.id()))
                .flatMap(other -> Stream.concat(Stream.of(other.table()), other.backup().stream()))
                .anyMatch(table -> table.id().equals(redirect.table().id()));
    }
}
