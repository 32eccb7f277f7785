package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.parent.message.Request;

/** Each request has a row in PROCESSES.md. */
class ProcessesDocTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]+ \\| [^|]+ \\|[^|]*\\|$");

    private static Stream<String> names(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(ProcessesDocTest::names)
                : Stream.of(type.getSimpleName());
    }

    @Test
    void eachRequestHasARow() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(Path.of("PROCESSES.md"))).results()
                .map(row -> row.group(1)).toList();
        assertEquals(names(Request.class).sorted().toList(), rows.stream().sorted().toList());
    }
}
