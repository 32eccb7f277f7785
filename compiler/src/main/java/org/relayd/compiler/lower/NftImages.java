package org.relayd.compiler.lower;

import java.util.List;
import java.util.function.Predicate;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.KernelTerms;
import org.relayd.ir.nft.NftPlan;
import org.relayd.ir.pf.PfPlan;

/** pf anchors as what the daemon on Linux is given. */
final class NftImages {
    private NftImages() {}

    static KernelTerms of(PfPlan plan) {
        if (plan.anchors().isEmpty()) {
            return KernelTerms.wholly(new KernelImage.Nftables(new NftPlan(List.of(), List.of(), plan.diverts())));
        }
        NftLowering.Lowered lowered = NftLowering.lower(plan);
        return new KernelTerms(new KernelImage.Nftables(lowered.plan()), lines(lowered, Diagnostic::isError),
                lines(lowered, Predicate.not(Diagnostic::isError)));
    }

    private static List<String> lines(NftLowering.Lowered lowered, Predicate<Diagnostic> which) {
        return lowered.diagnostics().stream().filter(which).map(Diagnostic::message).toList();
    }
}
