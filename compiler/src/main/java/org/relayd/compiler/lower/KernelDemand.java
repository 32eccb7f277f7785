package org.relayd.compiler.lower;

import java.util.List;
import java.util.stream.Stream;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.image.HostAddress;
import org.relayd.ir.image.RedirectImage;
import org.relayd.ir.pf.PfAnchor;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.plan.HealthPlan;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.ir.plan.RoutePlan;

/**
 * What a configuration asks of the kernel.
 *
 * @param redirections
 *            redirections, and whether relays speak for addresses of other machines
 * @param routes
 *            routers
 * @param health
 *            tables, which may demote
 * @param relays
 *            relays, which may ask for what was redirected
 */
public record KernelDemand(PfPlan redirections, RoutePlan routes, HealthPlan health, RelayGraph relays) {

    /** Returns whether the kernel has nothing to do. */
    boolean isEmpty() {
        return redirections.anchors().isEmpty() && !redirections.diverts() && routes.routers().isEmpty()
                && health.tables().stream().noneMatch(table -> table.demoteGroup().isPresent());
    }

    /** Returns the redirections as every back end knows them. */
    List<RedirectImage> redirects() {
        return redirections.anchors().stream().map(KernelDemand::redirect).toList();
    }

    /** Returns one redirection as every back end knows it. */
    static RedirectImage redirect(PfAnchor anchor) {
        Redirect redirect = anchor.redirect();
        return new RedirectImage(redirect.id(), redirect.name(),
                Stream.concat(Stream.of(redirect.table()), redirect.backup().stream())
                        .flatMap(table -> table.hosts().stream())
                        .map(host -> new HostAddress(host.id(), host.address())).toList());
    }

    /**
     * Returns the constructs that cannot do without a back end, in the order of redirections,
     * routers, relays and tables.
     */
    List<String> constructs() {
        return Stream.of(
                redirections.anchors().stream().map(anchor -> "redirect \"" + anchor.redirect().name() + "\""),
                routes.routers().stream().map(router -> "router \"" + router.name() + "\""),
                relays.paths().stream().filter(path -> path.select().source() != TargetSource.CONFIGURED)
                        .map(path -> "relay \"" + path.name() + "\": forward to destination or nat lookup"),
                health.tables().stream().flatMap(table -> table.demoteGroup().stream()
                        .map(group -> "table \"" + table.name() + "\": demote " + group)))
                .flatMap(texts -> texts).toList();
    }
}
