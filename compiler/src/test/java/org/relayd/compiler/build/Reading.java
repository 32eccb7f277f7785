package org.relayd.compiler.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.compiler.source.MacroTable;
import org.relayd.compiler.source.SourceLoader;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;
import org.relayd.ir.term.Dialect;

/** Reads configurations given as text in tests. */
public final class Reading {
    private Reading() {}

    public static ParsedSource read(String text) {
        return read(text, Map.of(), Optional.empty());
    }

    public static ParsedSource read(String text, Dialect dialect) {
        return read(text, Map.of(), Optional.of(dialect));
    }

    public static ParsedSource read(String text, Map<String, String> files, Optional<Dialect> dialect) {
        SourceLoader loader = new SourceLoader(path -> file(files, path));
        return ConfigReader.read(new SourceText("f", text, new Origin.Main()), loader, new MacroTable(),
                dialect);
    }

    private static byte[] file(Map<String, String> files, String path) throws IOException {
        if (!files.containsKey(path)) {
            throw new NoSuchFileException(path);
        }
        return files.get(path).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the first lines of all messages, without the file name of the main file. */
    public static List<String> messages(ParsedSource parsed) {
        List<String> messages = new ArrayList<>();
        for (Diagnostic diagnostic : parsed.diagnostics()) {
            String place = diagnostic.primary().map(span -> {
                SourceText source = span.site().source();
                return (source.name().equals("f") ? "" : source.name() + ":") + span.site().line() + ": ";
            }).orElse("");
            messages.add(place + diagnostic.message());
        }
        return messages;
    }
}
