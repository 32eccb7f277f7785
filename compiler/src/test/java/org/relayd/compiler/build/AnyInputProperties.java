package org.relayd.compiler.build;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.relayd.compiler.source.MacroTable;
import org.relayd.compiler.source.SourceLoader;
import org.relayd.compiler.words.Keyword;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Origin;
import org.relayd.ir.term.Dialect;

/** Whatever the input is, reading ends soon, without an exception, and every message has a place that exists. */
class AnyInputProperties {
    private static final String VALID = everyStatement();
    private static final List<Optional<Dialect>> DIALECTS = List.of(Optional.empty(), Optional.of(Dialect.V5_1),
            Optional.of(Dialect.CURRENT));

    @Property(tries = 300, seed = "2026")
    void arbitraryBytesAreRead(@ForAll byte[] bytes, @ForAll("dialects") Optional<Dialect> dialect) throws IOException {
        read(bytes, dialect);
    }

    @Property(tries = 500, seed = "2026")
    void arbitraryWordsAreRead(@ForAll("words") List<String> words, @ForAll("dialects") Optional<Dialect> dialect)
            throws IOException {
        read(String.join(" ", words).getBytes(StandardCharsets.ISO_8859_1), dialect);
    }

    @Property(tries = 300, seed = "2026")
    void changedConfigurationsAreRead(@ForAll("changed") String text, @ForAll("dialects") Optional<Dialect> dialect)
            throws IOException {
        read(text.getBytes(StandardCharsets.ISO_8859_1), dialect);
    }

    private static void read(byte[] bytes, Optional<Dialect> dialect) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            Map<String, byte[]> files = Map.of("inc", bytes);
            SourceLoader loader = new SourceLoader(
                    path -> path.equals("f") ? bytes : files.getOrDefault(path, new byte[0]));
            ParsedSource parsed = ConfigReader.read(loader.load("f", new Origin.Main()), loader,
                    new MacroTable(),
                    dialect);
            for (Diagnostic diagnostic : parsed.diagnostics()) {
                diagnostic.primary().ifPresent(span -> assertTrue(span.site().line() > 0 && span.site().column() > 0));
            }
        });
    }

    @Provide
    Arbitrary<Optional<Dialect>> dialects() {
        return Arbitraries.of(DIALECTS);
    }

    @Provide
    Arbitrary<List<String>> words() {
        List<String> keywords = Keyword.all().stream().map(Keyword::spelling).toList();
        Arbitrary<String> others = Arbitraries.of("{", "}", "<", ">", ",", "/", "=", "\n", "\n", "a", "10.0.0.1", "80",
                "-1", "\"x y\"",
                "$m", "m=\"80 {\"\n", "include \"inc\"", "#", "\\", "'", "\"", "relay r {\n", "table <t> {");
        return Arbitraries.oneOf(Arbitraries.of(keywords), others).list().ofMaxSize(60);
    }

    // One or several pieces of a valid file are cut out, doubled or replaced by a few odd characters.
    @Provide
    Arbitrary<String> changed() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, VALID.length() - 1);
        Arbitrary<String> pieces = Arbitraries.of("", "{", "}", "\n", "\"", "'", "\\", "\r\n", "#", "$", ",", "=", "\0",
                "\u00e9", "}\n}\n",
                "relay ");
        return Arbitraries.integers().between(0, 40).flatMap(length -> places.flatMap(place -> pieces
                .map(piece -> Tuple.of(place, Math.min(VALID.length(), place + length), piece)))).list().ofMinSize(1)
                .ofMaxSize(4)
                .map(changes -> {
                    StringBuilder text = new StringBuilder(VALID);
                    for (var change : changes) {
                        int end = Math.min(change.get2(), text.length());
                        text.replace(Math.min(change.get1(), end), end, change.get3());
                    }
                    return text.toString();
                });
    }

    private static String everyStatement() {
        try (InputStream text = AnyInputProperties.class
                .getResourceAsStream("/org/relayd/compiler/parse/every-statement.conf")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
