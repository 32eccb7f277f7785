package org.relayd.compiler.check.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.environment.Environment;

/**
 * Reads a file of keys. relayd.conf(5): {@code file}. A line holds one key, which ends at the first blank or tab; empty
 * lines, those that begin with a blank, and those that begin with {@code #} are skipped.
 */
final class KeyFileReader {
    private final Environment environment;

    KeyFileReader(Environment environment) {
        this.environment = environment;
    }

    /** Returns the keys in file order; empty if the file cannot be read. */
    Optional<List<String>> read(String path) {
        String text;
        try {
            text = new String(environment.read(path), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return Optional.empty();
        }
        List<String> keys = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int end = 0;
            while (end < line.length() && " \t\r\n".indexOf(line.charAt(end)) < 0) {
                end++;
            }
            if (end > 0 && line.charAt(0) != '#') {
                keys.add(line.substring(0, end));
            }
        }
        return Optional.of(keys);
    }
}
