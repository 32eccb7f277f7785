package org.relayd.main.daemon;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.relayd.compiler.lower.NftLowering;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.plan.Plan;
import org.relayd.main.RelaydOptions.Backend;
import org.relayd.runtime.pfe.KernelPlan;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.linux.LinuxKernel;
import org.relayd.runtime.platform.recorder.Recording;

/** What carries out redirections, routes and demotion. relayd(8): {@code --backend}. */
final class KernelChoice {
    private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    private KernelChoice() {}

    /** Returns the kernel of a back end that does not refuse the plan. It is not touched before something is asked of it. */
    static Kernel of(Backend backend) {
        return switch (backend) {
            case Backend.Auto _,Backend.Nftables _,Backend.Pf _
                    -> LinuxKernel.of(filter -> NftLowering.lower(filter).plan(), RandomGenerator.getDefault());
            case Backend.RecordTo(String path) -> Recording.to(Path.of(path)).kernel();
            case Backend.None _ -> nowhere().kernel();
        };
    }

    private static Recording nowhere() {
        return line -> {
            // What would be done is not even written down.
        };
    }

    /** Returns what a back end cannot do of a plan, one line each; empty if it can do all of it. */
    static List<String> refusals(Backend backend, Plan plan) {
        return switch (backend) {
            case Backend.Auto _ when LINUX -> nftables(plan, Diagnostic::isError);
            case Backend.Auto _ -> kernelParts(plan);
            case Backend.Nftables _ when LINUX -> nftables(plan, Diagnostic::isError);
            case Backend.Nftables _ -> List.of("back end nftables: only Linux has it");
            case Backend.Pf _ -> List.of("not supported yet: back end pf");
            case Backend.RecordTo _,Backend.None _ -> List.of();
        };
    }

    /** Returns what a back end does of a plan in another way than one may think, one line each. */
    static List<String> advice(Backend backend, Plan plan) {
        return switch (backend) {
            case Backend.Auto _,Backend.Nftables _,Backend.Pf _ -> nftables(plan, Predicate.not(Diagnostic::isError));
            case Backend.RecordTo(String path) when !KernelPlan.of(plan).isEmpty()
                    -> List.of("redirections and routes are only written to " + path);
            case Backend.None _ when !KernelPlan.of(plan).isEmpty()
                    -> List.of("redirections and routes are not carried out: back end none");
            case Backend.RecordTo _,Backend.None _ -> List.of();
        };
    }

    private static List<String> nftables(Plan plan, Predicate<Diagnostic> which) {
        return plan.filter().anchors().isEmpty() ? List.of()
                : NftLowering.lower(plan.filter()).diagnostics().stream().filter(which).map(Diagnostic::message)
                        .toList();
    }

    private static List<String> kernelParts(Plan plan) {
        List<String> parts = new ArrayList<>();
        plan.filter().anchors()
                .forEach(anchor -> parts.add("not supported yet: redirect \"" + anchor.redirect().name() + "\""));
        plan.routes().routers().forEach(router -> parts.add("not supported yet: router \"" + router.name() + "\""));
        plan.health().tables().forEach(table -> table.demoteGroup().ifPresent(
                group -> parts.add("not supported yet: table \"" + table.name() + "\": demote " + group)));
        return parts;
    }
}
