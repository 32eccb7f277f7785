package org.relayd.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.compiler.print.ConfPrinter.Printed;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.term.Dialect;

/** A configuration that is written anew means the same, and has its final form. */
class CanonicalConfigProperties {
    private static final List<IpAddress> ADDRESS = List.of(IpAddress.parse("192.0.2.1").orElseThrow());
    private static final SequencedMap<String, List<IpAddress>> INTERFACES = new LinkedHashMap<>(
            Map.of("lo0", ADDRESS));
    private static final Description MACHINE = new Description(Map.of("www.example.com", ADDRESS), INTERFACES,
            Map.of(), Optional.empty());

    /** A text and what it is written in. */
    record Source(String text, Dialect dialect) {}

    @Property(tries = 400, seed = "2026")
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void readingWhatWasWrittenGivesTheSame(@ForAll("sources") Source source) {
        Compilation compilation = compile(source.text(), source.dialect());
        Optional<CheckedConfig> config = compilation.config();
        assertEquals(config.isPresent(), compilation.plan(new BackEnd.Nftables()).isPresent());
        Statistics.collect(config.isPresent());
        config.ifPresent(accepted -> {
            Printed first = CanonicalConfig.print(accepted, environment(source.text()));
            assertEquals(List.of(),
                    first.refusals().stream().filter(reason -> !isOfOldActions(source, reason)).toList(),
                    () -> source.text() + "\nbecame\n" + first.text());
            if (first.refusals().isEmpty()) {
                CheckedConfig again = compile(first.text(), Dialect.CURRENT).config().orElseThrow();
                assertEquals(first.text(), CanonicalConfig.print(again, environment(first.text())).text());
            }
        });
        Statistics.coverage(accepted -> accepted.check(true).percentage(share -> share > 30));
    }

    @Example
    void everyKindOfCheckIsAmongThem() {
        Set<Class<?>> seen = LongStream.range(0, 200).mapToObj(Random::new)
                .map(random -> compile(RandomConfig.of(random, Dialect.CURRENT), Dialect.CURRENT).config())
                .flatMap(Optional::stream).flatMap(config -> config.tables().stream())
                .flatMap(table -> table.check().stream()).map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.of(HealthCheck.class.getPermittedSubclasses()), seen);
    }

    // What only dialect 5.1 can say; ActionTranslator knows the reasons.
    private static boolean isOfOldActions(Source source, String reason) {
        return source.dialect() == Dialect.V5_1 && reason.startsWith("protocol p")
                && !reason.endsWith("would not be the same");
    }

    private static Compilation compile(String text, Dialect dialect) {
        return RelaydCompiler.compile("relayd.conf",
                new CompilerOptions(Optional.of(dialect), List.of(), ExtensionPolicy.OPT_IN),
                environment(text));
    }

    private static Environment environment(String text) {
        return new FileEnvironment(MACHINE, _ -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<Source> sources() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.of(Dialect.class))
                .as((seed, dialect) -> new Source(RandomConfig.of(new Random(seed), dialect), dialect));
    }
}
