package org.relayd.compiler.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** nft(8) itself, in a network namespace that lasts as long as the call, checks and then loads every golden script. */
@Tag("netns")
class NftAcceptsTest {

    static Stream<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "nft"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void nftChecksAndLoadsTheScriptTwice(Path script) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder("unshare", "-n", "sh", "-c",
                "ip link set lo up; nft -c -f \"$1\" && nft -f \"$1\" && nft -f \"$1\" && nft list ruleset | nft -c -f -",
                "sh", script.toString()).redirectErrorStream(true).start();
        String output = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(true, nft.waitFor(30, TimeUnit.SECONDS), "nft did not end");
        assertEquals("", output);
        assertEquals(0, nft.exitValue());
    }
}
