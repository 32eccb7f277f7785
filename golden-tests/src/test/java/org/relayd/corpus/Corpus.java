package org.relayd.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.relayd.compiler.environment.EnvironmentFile;
import org.relayd.compiler.environment.EnvironmentFileException;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.json.JsonException;
import org.relayd.compiler.json.JsonReader;
import org.relayd.compiler.json.JsonValue.JsonObject;
import org.relayd.ir.term.Dialect;

/** The corpus: files of the test's class path. */
final class Corpus {
    private Corpus() {}

    /** Returns all cases of a dialect in file order. */
    static List<CorpusCase> cases(Dialect dialect) {
        List<CorpusCase> cases = new ArrayList<>();
        for (String line : text("relayd-" + dialect.word() + ".jsonl").lines().toList()) {
            try {
                cases.add(CorpusCase.of((JsonObject) JsonReader.read(line), dialect));
            } catch (JsonException fault) {
                throw new IllegalStateException("case " + (cases.size() + 1), fault);
            }
        }
        return cases;
    }

    /** Returns the machine that the corpus was made on. */
    static Description world() {
        try {
            return EnvironmentFile.read(text("environment.json"));
        } catch (EnvironmentFileException fault) {
            throw new IllegalStateException(fault);
        }
    }

    static String text(String name) {
        try (InputStream in = Corpus.class.getResourceAsStream("/corpus/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
