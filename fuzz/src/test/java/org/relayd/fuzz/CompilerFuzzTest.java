package org.relayd.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.relayd.compiler.CanonicalConfig;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.format.ConfFormatter;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.compiler.report.DiagnosticPrinter;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.term.Dialect;

/**
 * Whatever a file holds, the compiler comes to an end with a verdict, and what it writes itself it reads as the same.
 */
class CompilerFuzzTest {
    private static final String MAIN = "relayd.conf";
    private static final List<Optional<Dialect>> DIALECTS = List.of(Optional.empty(), Optional.of(Dialect.V5_1),
            Optional.of(Dialect.CURRENT));
    private static final List<IpAddress> ADDRESS = List.of(IpAddress.parse("192.0.2.1").orElseThrow());
    private static final SequencedMap<String, List<IpAddress>> INTERFACES = new LinkedHashMap<>(
            Map.of("lo0", ADDRESS));
    private static final Description MACHINE = new Description(Map.of("www.example.com", ADDRESS), INTERFACES,
            Map.of("carp", List.of("lo0")), Optional.empty());

    private final FileEnvironment environment = new FileEnvironment(MACHINE, this::read);
    private byte[] input = new byte[0];

    @FuzzTest(maxDuration = "5m")
    void anyFile(byte[] bytes) {
        input = bytes;
        Compilation compilation = RelaydCompiler.compile(MAIN,
                new CompilerOptions(DIALECTS.get(input.length % DIALECTS.size()), List.of(),
                        ExtensionPolicy.OPT_IN),
                environment);
        compilation.plan(new BackEnd.None());
        for (DiagnosticStyle style : DiagnosticStyle.values()) {
            DiagnosticPrinter.print(compilation.diagnostics(), style, false);
        }
        assertEquals(compilation.diagnostics().stream().noneMatch(Diagnostic::isError), compilation.isAccepted());
        compilation.config().ifPresent(config -> assertTrue(
                CanonicalConfig.print(config, environment).refusals().stream()
                        .noneMatch(reason -> reason.endsWith("would not be the same")),
                () -> CanonicalConfig.print(config, environment).toString()));
        String once = ConfFormatter.format(new String(input, StandardCharsets.UTF_8));
        assertEquals(once, ConfFormatter.format(once));
    }

    /** The file includes itself, or a list of keys. */
    private byte[] read(String path) throws IOException {
        return switch (path) {
            case MAIN, "self" -> input;
            case "keys" -> "a\nb value\n".getBytes(StandardCharsets.UTF_8);
            default -> throw new NoSuchFileException(path);
        };
    }
}
