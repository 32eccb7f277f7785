package org.relayd.main;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.relayd.compiler.CanonicalConfig;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.compiler.lower.NftLowering;
import org.relayd.compiler.lower.PfLowering;
import org.relayd.compiler.lower.RelayLowering;
import org.relayd.compiler.lower.RouteLowering;
import org.relayd.compiler.print.ConfPrinter.Printed;
import org.relayd.compiler.print.GraphPrinter;
import org.relayd.compiler.print.ModelPrinter;
import org.relayd.compiler.print.NftPrinter;
import org.relayd.compiler.print.PfFreebsdPrinter;
import org.relayd.compiler.print.PfLoadPrinter;
import org.relayd.compiler.print.PfPrinter;
import org.relayd.compiler.print.RoutePrinter;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RoutePlan;
import org.relayd.main.daemon.Needs;
import org.relayd.main.options.DiagnosticOutput;
import org.relayd.main.options.RelaydOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code relayd-compile --emit}: compiles a configuration and prints one view of it. */
final class EmitCommand {
    private final CheckedConfig config;
    private final Supplier<Optional<Plan>> plan;
    private final Predicate<HostId> up;
    private final DiagnosticOutput output;
    private final Environment environment;

    private EmitCommand(CheckedConfig config, Supplier<Optional<Plan>> plan, Predicate<HostId> up,
            DiagnosticOutput output, Environment environment) {
        this.config = config;
        this.plan = plan;
        this.up = up;
        this.output = output;
        this.environment = environment;
    }

    static CommandSpec words() {
        CommandSpec spec = CommandWords.program("relayd-compile");
        CommandWords.addCompilerOptions(spec);
        spec.addOption(CommandWords.choice("--emit", EmitKind.words()));
        spec.addOption(CommandWords.value("--down"));
        spec.addOption(CommandWords.flag("--strict-compat"));
        return spec;
    }

    static int run(ParseResult words) throws UsageException {
        EmitKind kind = EmitKind.of(
                CommandWords.last(words, "--emit").orElseThrow(() -> new UsageException("--emit is missing")));
        DiagnosticOutput output = new DiagnosticOutput(CommandWords.diagnostics(words),
                CommandWords.warningsAreErrors(words), 0);
        Environment environment = Environments.open(CommandWords.last(words, "--environment"));
        Compilation compilation = RelaydCompiler.compile(
                CommandWords.last(words, "-f").orElse(RelaydOptions.DEFAULT_FILE),
                new CompilerOptions(CommandWords.dialect(words), CommandWords.values(words, "-D"),
                        CommandWords.count(words, "--strict-compat") > 0 ? ExtensionPolicy.REFUSED
                                : ExtensionPolicy.OPT_IN),
                environment);
        if (!output.report(compilation.diagnostics()) || !compilation.isAccepted()) {
            return 1;
        }
        CheckedConfig config = compilation.config().orElseThrow();
        Set<HostId> down = down(config, CommandWords.values(words, "--down"));
        return new EmitCommand(config, () -> compilation.plan(new BackEnd.None()), id -> !down.contains(id), output,
                environment).print(kind);
    }

    /** A host of the command line is a name, an address or an id; it may stand in several tables. */
    private static Set<HostId> down(CheckedConfig config, List<String> names) throws UsageException {
        List<Host> hosts = config.tables().stream().flatMap(table -> table.hosts().stream()).toList();
        for (String name : names) {
            if (hosts.stream().noneMatch(host -> isNamed(host, name))) {
                throw new UsageException("unknown host: " + name);
            }
        }
        return hosts.stream().filter(host -> names.stream().anyMatch(name -> isNamed(host, name))).map(Host::id)
                .collect(Collectors.toSet());
    }

    private static boolean isNamed(Host host, String name) {
        return host.name().equals(name) || host.address().toString().equals(name) || host.id().toString().equals(name);
    }

    private int print(EmitKind kind) {
        return switch (kind) {
            case PF -> pf(List.of(), PfPrinter.print(filter(), up));
            case PF_LOAD -> pf(PfLoadPrinter.warnings(filter()), PfLoadPrinter.print(filter(), up));
            case PF_FREEBSD -> pf(PfFreebsdPrinter.warnings(filter()), PfFreebsdPrinter.print(filter(), up));
            case NFT -> nft();
            case ROUTES -> routes(RouteLowering.lower(config));
            case GRAPH -> write(GraphPrinter.dot(RelayLowering.lower(config)));
            case GRAPH_SVG -> write(GraphPrinter.svg(RelayLowering.lower(config)));
            case MODEL -> write(ModelPrinter.print(config));
            case NEEDS -> needs();
            case CONFIG -> configuration();
        };
    }

    private PfPlan filter() {
        return new PfLowering(environment.routingDomain()).lower(config);
    }

    private int routes(RoutePlan routes) {
        return reported(RouteLowering.warnings(routes.image()), RoutePrinter.print(routes, up));
    }

    private int nft() {
        NftLowering.Lowered lowered = NftLowering.lower(filter());
        return output.report(lowered.diagnostics()) ? write(NftPrinter.print(filter(), lowered.plan(), up)) : 1;
    }

    /** In the columns of relayctl(8); no process carries the plan out. */
    private int needs() {
        return write(plan.get().stream().flatMap(made -> Needs.of(made, 0).stream())
                .map(need -> String.format(Locale.ROOT, "%-14s\t%-24s\t%s\n", need.kind().word(), need.detail(),
                        need.service()))
                .collect(Collectors.joining()));
    }

    private int configuration() {
        Printed printed = CanonicalConfig.print(config, environment);
        printed.notices().forEach(notice -> System.err.println("note: " + notice));
        if (!printed.refusals().isEmpty()) {
            printed.refusals().forEach(reason -> System.err.println("no exact translation: " + reason));
            return 1;
        }
        return write(printed.text());
    }

    private int reported(List<Diagnostic> diagnostics, String text) {
        return output.report(diagnostics) ? write(text) : 1;
    }

    private int pf(List<String> warnings, String text) {
        warnings.forEach(warning -> System.err.println("warning: " + warning));
        return reported(PfLowering.refusals(filter()), text);
    }

    private static int write(String text) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        out.print(text);
        out.flush();
        return out.checkError() ? 1 : 0;
    }
}
