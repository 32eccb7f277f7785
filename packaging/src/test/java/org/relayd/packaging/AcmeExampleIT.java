package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.packaging.FakeTree.Ran;

/** {@code examples/acme}: certificates come from an ACME server to relayd as its README says. */
@Tag("netns")
class AcmeExampleIT {
    @TempDir
    Path folder;

    private static boolean isInstalled(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program));
    }

    @Test
    void certificatesComeFromAnAcmeServerWithoutAFailedRequest() throws Exception {
        assumeTrue(isInstalled("pebble") && (isInstalled("lego") || isInstalled("certbot")),
                "pebble, or both lego and certbot, are not installed");
        Ran ran = FakeTree.run(folder, Map.of("RELAYD_JAVA", System.getProperty("java.home")),
                Path.of(System.getProperty("relayd.tree"), "examples/acme/try").toString());
        assertEquals(0, ran.status(), ran::toString);
        assertTrue(ran.output().getLast().matches("\\d+ requests meanwhile, 0 failed"), ran::toString);
        assertEquals(List.of(), ran.output().stream().filter(line -> line.contains("no new certificate")).toList());
    }
}
