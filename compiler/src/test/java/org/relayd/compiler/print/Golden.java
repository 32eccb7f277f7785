package org.relayd.compiler.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that are kept beside the tests; {@code -Dgolden.update=true} writes them anew, to be read
 * before they are committed.
 */
final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources");

    private Golden() {}

    static void assertText(String file, String actual) throws IOException {
        Path path = FOLDER.resolve(file);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, actual);
        }
        assertEquals(Files.exists(path) ? Files.readString(path) : "", actual, file);
    }
}
