package org.relayd.compiler.print;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.nft.NftContent;
import org.relayd.ir.nft.NftInstance;
import org.relayd.ir.nft.NftPlan;
import org.relayd.ir.nft.NftRedirect;
import org.relayd.ir.nft.NftScript;
import org.relayd.ir.nft.NftSlots;
import org.relayd.ir.nft.NftState;
import org.relayd.ir.nft.NftTag;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.plan.ActiveTable;

/** The script that the daemon loads on Linux; {@code nft -f} takes it too. */
public final class NftPrinter {
    private NftPrinter() {}

    /**
     * Prints how marks show tags, then the tables.
     *
     * @param filter
     *            the redirections
     * @param plan
     *            what they were lowered to
     * @param up
     *            tells whether a host is up
     */
    public static String print(PfPlan filter, NftPlan plan, Predicate<HostId> up) {
        StringBuilder text = new StringBuilder();
        plan.tags().forEach(tag -> text.append(String.format("# tag %s = 0x%06x/0x%06x%n", tag.name(), tag.bits(),
                NftTag.MASK)));
        if (plan.diverts()) {
            text.append(String.format(
                    "# with: ip rule add pref %d fwmark 0x%x/0x%x lookup %d; ip route add local default "
                            + "dev lo table %d; the same with ip -6%n",
                    NftContent.DIVERTED_PRIORITY, NftContent.DIVERTED,
                    NftContent.DIVERTED, NftContent.DIVERTED_TABLE, NftContent.DIVERTED_TABLE));
        }
        return text.append(NftScript.replacing(NftContent.of(plan, state(filter, plan, up), NftInstance.first())))
                .toString();
    }

    private static NftState state(PfPlan filter, NftPlan plan, Predicate<HostId> up) {
        Map<RedirectId, List<HostId>> open = new HashMap<>();
        filter.anchors().forEach(anchor -> open.put(anchor.redirect().id(),
                ActiveTable.configured(anchor.redirect(), up).hosts().stream().map(Host::id).toList()));
        return new NftState(plan.redirects().stream().collect(Collectors.toMap(NftRedirect::id,
                redirect -> NftSlots.of(open.get(redirect.id()), redirect.hostIds()))));
    }
}
