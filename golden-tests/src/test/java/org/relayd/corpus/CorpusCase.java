package org.relayd.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.json.JsonValue;
import org.relayd.compiler.json.JsonValue.JsonArray;
import org.relayd.compiler.json.JsonValue.JsonBoolean;
import org.relayd.compiler.json.JsonValue.JsonNull;
import org.relayd.compiler.json.JsonValue.JsonObject;
import org.relayd.compiler.json.JsonValue.JsonString;
import org.relayd.ir.term.Dialect;

/**
 * One configuration of the corpus.
 *
 * @param name
 *            its name, unique in its dialect
 * @param dialect
 *            the dialect of the original that read it
 * @param config
 *            the text; empty if the file does not exist
 * @param files
 *            files beside it
 * @param arguments
 *            arguments of the command line
 * @param accepted
 *            whether the original accepted it
 * @param crashes
 *            whether the original died on it
 * @param messages
 *            what the original wrote, line by line
 * @param model
 *            what the original made of it; null if it was refused
 * @param rules
 *            the pf rules that the original would load, field by field
 */
record CorpusCase(String name, Dialect dialect, Optional<String> config, Map<String, String> files,
        List<String> arguments, boolean accepted, boolean crashes, List<String> messages, JsonValue model,
        List<String> rules) {
    /** Name of the main file. */
    static final String MAIN = "relayd.conf";

    static CorpusCase of(JsonObject json, Dialect dialect) {
        Map<String, JsonValue> members = json.map();
        Map<String, String> files = new HashMap<>();
        ((JsonObject) members.get("files")).map().forEach((path, text) -> files.put(path, ((JsonString) text).text()));
        return new CorpusCase(((JsonString) members.get("name")).text(), dialect,
                members.get("config") instanceof JsonString(String text) ? Optional.of(text) : Optional.empty(), files,
                texts(members.get("args")), ((JsonBoolean) members.get("accepted")).value(),
                ((JsonBoolean) members.get("originalCrashes")).value(), texts(members.get("messages")),
                members.getOrDefault("model", new JsonNull()), texts(members.get("pf")));
    }

    private static List<String> texts(JsonValue array) {
        return ((JsonArray) array).elements().stream().map(element -> ((JsonString) element).text()).toList();
    }

    /** Compiles the case in a world of which everything is known. */
    Compilation compile(Description world) {
        return RelaydCompiler.compile(MAIN, options(), environment(world));
    }

    /** Returns what the command line says. */
    CompilerOptions options() {
        List<String> macros = new ArrayList<>();
        for (int at = 0; at + 1 < arguments.size(); at++) {
            if (arguments.get(at).equals("-D")) {
                macros.add(arguments.get(at + 1));
            }
        }
        return new CompilerOptions(Optional.of(dialect), macros, ExtensionPolicy.OPT_IN);
    }

    /** Returns the machine of the case. */
    FileEnvironment environment(Description world) {
        Map<String, Optional<String>> known = new HashMap<>();
        // The corpus names files below /etc/ssl relative to it, and writes @NAME for a key or
        // certificate that is valid.
        files.forEach((path, text) -> known.put(path.startsWith("ssl/") ? "/etc/" + path : path,
                text.startsWith("@") ? Optional.empty() : Optional.of(text)));
        Description described = new Description(world.hosts(), world.interfaces(), world.groups(), Optional.of(known),
                world.routingDomain(), Optional.empty());
        return new FileEnvironment(described, this::main);
    }

    private byte[] main(String path) throws IOException {
        if (!path.equals(MAIN) || config.isEmpty()) {
            throw new NoSuchFileException(path);
        }
        return config.get().getBytes(StandardCharsets.UTF_8);
    }
}
