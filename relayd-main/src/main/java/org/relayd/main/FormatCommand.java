package org.relayd.main;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.relayd.compiler.format.ConfFormatter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code relayd-compile fmt}: lays out a configuration, from a file or standard input, to standard
 * output or with -w in place.
 */
final class FormatCommand {
    private FormatCommand() {}

    static CommandSpec words() {
        CommandSpec spec = CommandWords.program("relayd-compile fmt");
        spec.addOption(CommandWords.flag("-w"));
        CommandWords.addOperands(spec, CommandWords.FILE);
        return spec;
    }

    static int run(ParseResult words) throws UsageException {
        List<String> files = words.matchedPositionalValue(0, List.of());
        boolean inPlace = CommandWords.count(words, "-w") > 0;
        if (files.size() > 1 || (inPlace && files.isEmpty())) {
            throw new UsageException("fmt takes one file");
        }
        String name = files.isEmpty() ? "standard input" : files.getFirst();
        try {
            byte[] bytes = files.isEmpty() ? standardInput() : Files.readAllBytes(Path.of(name));
            byte[] formatted = ConfFormatter.format(text(bytes)).getBytes(StandardCharsets.UTF_8);
            if (inPlace) {
                Files.write(Path.of(name), formatted);
                return 0;
            }
            PrintStream out = System.out;
            out.write(formatted, 0, formatted.length);
            out.flush();
            return out.checkError() ? 1 : 0;
        } catch (CharacterCodingException binary) {
            System.err.println("relayd-compile: " + name + ": not UTF-8 text");
        } catch (IOException | IllegalArgumentException failure) {
            System.err.println("relayd-compile: " + name + ": cannot be read or written");
        }
        return 1;
    }

    private static byte[] standardInput() throws IOException {
        InputStream in = System.in;
        return in.readAllBytes();
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
}
