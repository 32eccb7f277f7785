package org.relayd.compiler.lower;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.relayd.compiler.environment.NameDatabase;
import org.relayd.compiler.print.PfFreebsdPrinter;
import org.relayd.compiler.print.PfLoadPrinter;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.KernelTerms;
import org.relayd.ir.image.PfImage;
import org.relayd.ir.image.PfRequest;
import org.relayd.ir.image.PfctlText;
import org.relayd.ir.pf.PfAnchor;
import org.relayd.ir.pf.PfPlan;

/** pf anchors as what each of the two systems is given. */
final class PfImages {
    private PfImages() {}

    /** Rules by requests to /dev/pf, and as text for a release whose struct for rules is not known. */
    static KernelTerms ofOpenBsd(PfPlan plan) {
        if (plan.anchors().isEmpty()) {
            return KernelTerms.wholly(new KernelImage.PfOfOpenBsd(List.of()));
        }
        NameDatabase protocols = NameDatabase.protocols();
        List<PfImage> images = images(plan, anchor -> requests(anchor, protocols),
                anchor -> new PfctlText(PfLoadPrinter.lines(anchor), PfLoadPrinter.obstacles(anchor)));
        return new KernelTerms(new KernelImage.PfOfOpenBsd(images),
                Stream.concat(refusals(plan), plan.anchors().stream().flatMap(anchor -> unknown(anchor, protocols)))
                        .toList(),
                List.of());
    }

    /** Rules as text only. */
    static KernelTerms ofFreeBsd(PfPlan plan) {
        List<PfImage> images = images(plan, _ -> List.of(),
                anchor -> new PfctlText(PfFreebsdPrinter.lines(anchor), PfFreebsdPrinter.obstacles(anchor)));
        Stream<String> obstacles = images.stream().flatMap(image -> image.text().obstacles().stream()
                .map(reason -> "redirect \"" + image.redirect().name() + "\" on FreeBSD: " + reason));
        return new KernelTerms(new KernelImage.PfOfFreeBsd(images), Stream.concat(refusals(plan), obstacles).toList(),
                PfFreebsdPrinter.warnings(plan));
    }

    private static List<PfImage> images(PfPlan plan, Function<PfAnchor, List<PfRequest>> requests,
            Function<PfAnchor, PfctlText> text) {
        return plan.anchors().stream().map(anchor -> new PfImage(KernelDemand.redirect(anchor), anchor.name(),
                anchor.table(), requests.apply(anchor), text.apply(anchor))).toList();
    }

    private static List<PfRequest> requests(PfAnchor anchor, NameDatabase protocols) {
        return anchor.rules().stream().flatMap(rule -> protocols.number(rule.protocol().name()).stream()
                .mapToObj(number -> new PfRequest(rule, number))).toList();
    }

    /** A rule is not left out because of a name that only a protocols(5) of this machine has. */
    private static Stream<String> unknown(PfAnchor anchor, NameDatabase protocols) {
        return anchor.rules().stream().map(rule -> rule.protocol().name())
                .filter(name -> protocols.number(name).isEmpty()).distinct()
                .map(name -> "not supported by pf: redirect " + anchor.redirect().name() + ": protocol " + name);
    }

    private static Stream<String> refusals(PfPlan plan) {
        return PfLowering.refusals(plan).stream().map(Diagnostic::message);
    }
}
