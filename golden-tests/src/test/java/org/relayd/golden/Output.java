package org.relayd.golden;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.compiler.lower.NftLowering;
import org.relayd.compiler.lower.PfLowering;
import org.relayd.compiler.print.ConfPrinter;
import org.relayd.compiler.print.GraphPrinter;
import org.relayd.compiler.print.ModelPrinter;
import org.relayd.compiler.print.NftPrinter;
import org.relayd.compiler.print.PfFreebsdPrinter;
import org.relayd.compiler.print.PfLoadPrinter;
import org.relayd.compiler.print.PfPrinter;
import org.relayd.compiler.print.RoutePrinter;
import org.relayd.compiler.report.DiagnosticPrinter;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.compiler.report.Silencer;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.HostId;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.plan.Plan;

/**
 * What is compared with the files beside a case; the file is named after the output. All but the messages need a plan.
 */
enum Output {
    /** What the kernel is asked for while the events of the case happen. */
    CALLS,
    /** Messages, as people read them. */
    ERR,
    /** The resolved configuration, shortened. */
    MODEL,
    /** Canonical configuration, with what could not be said in it. */
    CONFIG,
    /** Relays as Graphviz text. */
    GRAPH,
    /** Script for nftables. */
    NFT,
    /** Rules as pfctl shows them. */
    PF,
    /** Rules for pfctl of FreeBSD. */
    PF_FREEBSD,
    /** Rules as pfctl reads them. */
    PF_LOAD,
    /** Operations on routes. */
    ROUTES;

    static Output of(String word) {
        return Stream.of(values()).filter(output -> output.suffix().equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no output: " + word));
    }

    /** Returns the ending of the file, and the word after {@code emit:}. */
    String suffix() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Writes the output of a compilation; empty if there is none.
     *
     * @param world
     *            the hosts that are taken as down, and what happens
     */
    String print(Compilation compilation, World world) {
        if (this == ERR) {
            return DiagnosticPrinter.print(Silencer.filter(compilation.diagnostics()), DiagnosticStyle.HUMAN, false);
        }
        return compilation.plan(new BackEnd.None()).map(plan -> print(compilation.config().orElseThrow(), plan, world))
                .orElse("");
    }

    private String print(CheckedConfig config, Plan plan, World world) {
        PfPlan filter = new PfLowering(world.machine().routingDomain()).lower(config);
        Predicate<HostId> up = host -> !hosts(config, world.down()).contains(host);
        return switch (this) {
            case CALLS -> new KernelCalls(plan, world.down()).after(world.events());
            case ERR -> throw new IllegalStateException("written without a plan");
            case MODEL -> ModelText.of(ModelPrinter.print(config));
            case CONFIG -> config(ConfPrinter.print(config));
            case GRAPH -> GraphPrinter.dot(plan.relays());
            case NFT -> NftPrinter.print(filter, NftLowering.lower(filter).plan(), up);
            case PF -> PfPrinter.print(filter, up);
            case PF_FREEBSD -> PfFreebsdPrinter.print(filter, up);
            case PF_LOAD -> PfLoadPrinter.print(filter, up);
            case ROUTES -> RoutePrinter.print(plan.routes(), up);
        };
    }

    private static Set<HostId> hosts(CheckedConfig config, Set<String> names) {
        return config.tables().stream().flatMap(table -> table.hosts().stream())
                .filter(host -> names.contains(host.name())).map(host -> host.id()).collect(Collectors.toSet());
    }

    private static String config(ConfPrinter.Printed printed) {
        StringBuilder text = new StringBuilder();
        printed.refusals().forEach(refusal -> text.append("# refused: ").append(refusal).append('\n'));
        printed.notices().forEach(notice -> text.append("# notice: ").append(notice).append('\n'));
        return text.append(printed.text()).toString();
    }
}
