package org.relayd.main.daemon;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.relayd.compiler.environment.NameDatabase;
import org.relayd.compiler.lower.NftLowering;
import org.relayd.compiler.lower.PfLowering;
import org.relayd.compiler.print.PfFreebsdPrinter;
import org.relayd.compiler.print.PfLoadPrinter;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.main.options.RelaydOptions.Backend;
import org.relayd.runtime.pfe.KernelPlan;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.platform.bsd.FreeBsdKernel;
import org.relayd.runtime.platform.bsd.OpenBsdKernel;
import org.relayd.runtime.platform.bsd.PfRuleText;
import org.relayd.runtime.platform.linux.LinuxKernel;
import org.relayd.runtime.platform.recorder.Recording;

/** What carries out redirections, routes and demotion. relayd(8): {@code --backend}. */
final class KernelChoice {
    private final Host host;

    /** The systems that have a back end. */
    enum Host {
        LINUX, OPENBSD, FREEBSD, OTHER;

        /** Returns that of this machine. */
        static Host current() {
            return switch (System.getProperty("os.name")) {
                case "Linux" -> LINUX;
                case "OpenBSD" -> OPENBSD;
                case "FreeBSD" -> FREEBSD;
                default -> OTHER;
            };
        }
    }

    KernelChoice(Host host) {
        this.host = host;
    }

    /** Returns the kernel of a back end that does not refuse the plan. It is not touched before something is asked of it. */
    Kernel of(Backend backend) {
        return switch (backend) {
            case Backend.Auto _,Backend.Nftables _,Backend.Pf _ -> own();
            case Backend.RecordTo(String path) -> Recording.to(Path.of(path)).kernel();
            case Backend.None _ -> nowhere().kernel();
        };
    }

    /** A plan that asks anything of a system without a back end is refused. */
    private Kernel own() {
        return switch (host) {
            case LINUX -> LinuxKernel.of(filter -> NftLowering.lower(filter).plan(), RandomGenerator.getDefault());
            case OPENBSD -> OpenBsdKernel.of(PfRuleText.of(PfLoadPrinter::lines, PfLoadPrinter::obstacles),
                    name -> NameDatabase.protocols().number(name).orElseThrow(), RandomGenerator.getDefault());
            case FREEBSD -> FreeBsdKernel.of(PfRuleText.of(PfFreebsdPrinter::lines, PfFreebsdPrinter::obstacles));
            case OTHER -> nowhere().kernel();
        };
    }

    /** Returns what asks the packet filter for translations. On Linux sockets know them. */
    NatLookup natLookup() {
        return switch (host) {
            case OPENBSD -> OpenBsdKernel.natLookup();
            case FREEBSD -> FreeBsdKernel.natLookup();
            case LINUX, OTHER -> NatLookup.none();
        };
    }

    private static Recording nowhere() {
        return line -> {
            // What would be done is not even written down.
        };
    }

    /** Returns what a back end cannot do of a plan, one line each; empty if it can do all of it. */
    List<String> refusals(Backend backend, Plan plan) {
        return switch (backend) {
            case Backend.Auto _ -> ownRefusals(plan);
            case Backend.Nftables _ -> host == Host.LINUX ? ownRefusals(plan)
                    : List.of("back end nftables: only Linux has it");
            case Backend.Pf _ -> host == Host.OPENBSD || host == Host.FREEBSD ? ownRefusals(plan)
                    : List.of("back end pf: only OpenBSD and FreeBSD have it");
            case Backend.RecordTo _,Backend.None _ -> List.of();
        };
    }

    private List<String> ownRefusals(Plan plan) {
        return switch (host) {
            case LINUX -> nftables(plan, Diagnostic::isError);
            case OPENBSD -> pf(plan).toList();
            case FREEBSD -> Stream.concat(pf(plan), plan.filter().anchors().stream()
                    .flatMap(anchor -> PfFreebsdPrinter.obstacles(anchor).stream()
                            .map(reason -> "redirect \"" + anchor.redirect().name() + "\" on FreeBSD: " + reason)))
                    .toList();
            case OTHER -> kernelParts(plan);
        };
    }

    private static Stream<String> pf(Plan plan) {
        return PfLowering.refusals(plan.filter()).stream().map(Diagnostic::message);
    }

    /** Returns what a back end does of a plan in another way than one may think, one line each. */
    List<String> advice(Backend backend, Plan plan) {
        return switch (backend) {
            case Backend.Auto _,Backend.Nftables _,Backend.Pf _ -> ownAdvice(plan);
            case Backend.RecordTo(String path) when !KernelPlan.of(plan).isEmpty()
                    -> List.of("redirections and routes are only written to " + path);
            case Backend.None _ when !KernelPlan.of(plan).isEmpty()
                    -> List.of("redirections and routes are not carried out: back end none");
            case Backend.RecordTo _,Backend.None _ -> List.of();
        };
    }

    private List<String> ownAdvice(Plan plan) {
        return switch (host) {
            case LINUX -> nftables(plan, Predicate.not(Diagnostic::isError));
            case FREEBSD -> PfFreebsdPrinter.warnings(plan.filter());
            case OPENBSD, OTHER -> List.of();
        };
    }

    private static List<String> nftables(Plan plan, Predicate<Diagnostic> which) {
        return plan.filter().anchors().isEmpty() ? List.of()
                : NftLowering.lower(plan.filter()).diagnostics().stream().filter(which).map(Diagnostic::message)
                        .toList();
    }

    private static List<String> kernelParts(Plan plan) {
        Stream<String> parts = Stream.of(
                plan.filter().anchors().stream().map(anchor -> "redirect \"" + anchor.redirect().name() + "\""),
                plan.routes().routers().stream().map(router -> "router \"" + router.name() + "\""),
                plan.relays().paths().stream().filter(path -> path.select().source() != TargetSource.CONFIGURED)
                        .map(path -> "relay \"" + path.name() + "\": forward to destination or nat lookup"),
                plan.health().tables().stream().flatMap(table -> table.demoteGroup().stream()
                        .map(group -> "table \"" + table.name() + "\": demote " + group)))
                .flatMap(texts -> texts);
        return parts.map(part -> "not supported yet: " + part).toList();
    }
}
