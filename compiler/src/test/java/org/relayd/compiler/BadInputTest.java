package org.relayd.compiler;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.report.DiagnosticPrinter;
import org.relayd.ir.diagnostic.Diagnostic;

/**
 * Input that nobody means: the compiler refuses it with a message, in seconds and without the memory for all of it. The
 * limit of time is far above what is needed (two seconds at most) and far below what a runaway takes.
 */
class BadInputTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MB = 1 << 20;

    static Stream<Input> inputs() {
        byte[] junk = new byte[MB];
        new Random(1).nextBytes(junk);
        return Stream.of(
                new Input("includes itself", "include \"f\"\n", "f:1: failed to include file f"),
                new Input("lines of another system", "interval 5\r\ntimeout 5\r\n", "f:1: syntax error"),
                new Input("byte order mark", "\u00ef\u00bb\u00bfinterval 5\n", "f:1: syntax error"),
                new Input("random bytes", new String(junk, ISO_8859_1),
                        "f:1: warning: file is not UTF-8, read as ISO 8859-1"),
                new Input("two-byte characters", "i\0n\0t\0\n\0",
                        "f:1: syntax error"),
                new Input("NUL bytes", "interval 5\n\0\0", "f:2: syntax error"),
                new Input("one word", "x".repeat(10 * MB), "f:1: string too long"),
                new Input("one string", "\"" + "x".repeat(10 * MB),
                        "f:1: reached end of file while parsing quoted string"),
                new Input("one line", "x ".repeat(5 * MB), "f:1: syntax error"),
                new Input("braces", "{".repeat(MB), "f:1: syntax error"),
                new Input("sections in sections", "relay \"r\" {\n".repeat(100_000), "f:2: syntax error"),
                new Input("hosts", "table <t> {\n" + "10.0.0.1\n".repeat(MB), "f:499999: statement too long"),
                new Input("dollar signs", "$".repeat(MB), "f:1: macro '' not defined"),
                new Input("macro bomb", "a=\"" + "x\n".repeat(4000) + "\"\n" + "$a\n".repeat(5000),
                        "f:4002: syntax error"),
                new Input("empty lines", "\n".repeat(10 * MB), "no actions, nothing to do"),
                new Input("continued lines", "\\\n".repeat(5 * MB), "no actions, nothing to do"));
    }

    /** The text has one character for each byte. */
    record Input(String name, String text, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void isRefusedAtOnce(Input input) {
        Compilation compilation = assertTimeout(LIMIT, () -> compile(Map.of("f", input.text().getBytes(ISO_8859_1))));
        assertFalse(compilation.isAccepted());
        assertEquals(input.message(), firstLine(compilation.diagnostics().getFirst()));
        assertTrue(compilation.diagnostics().size() <= 2000, () -> compilation.diagnostics().size() + " messages");
    }

    @Test
    void filesThatIncludeManyFilesEndSomewhere() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("f", "include \"1\"\n".repeat(10).getBytes(UTF_8));
        for (int depth = 1; depth < 9; depth++) {
            files.put("" + depth, ("include \"" + (depth + 1) + "\"\n").repeat(10).getBytes(UTF_8));
        }
        files.put("9", new byte[0]);
        Compilation compilation = assertTimeout(LIMIT, () -> compile(files));
        assertFalse(compilation.isAccepted());
        assertEquals("more than 64 MB of text is included", compilation.diagnostics().getFirst().caption());
    }

    @Test
    void macrosEndSomewhere() {
        String bomb = "a=\"" + "x ".repeat(4000) + "\"\n" + "$a\n".repeat(5000);
        List<Diagnostic> said = assertTimeout(LIMIT, () -> compile(Map.of("f", bomb.getBytes(UTF_8)))).diagnostics();
        assertTrue(said.stream().anyMatch(each -> each.code().id().equals("E0108")), said::toString);
    }

    private static Compilation compile(Map<String, byte[]> files) {
        Description nothing = new Description(Map.of(), new LinkedHashMap<>(), Map.of(), Optional.of(Map.of()));
        return RelaydCompiler.compile("f", CompilerOptions.defaults(),
                new FileEnvironment(nothing, path -> Optional.ofNullable(files.get(path))
                        .map(bytes -> Arrays.copyOf(bytes, bytes.length))
                        .orElseThrow(() -> new NoSuchFileException(path))));
    }

    private static String firstLine(Diagnostic diagnostic) {
        return DiagnosticPrinter.firstLine(diagnostic);
    }
}
