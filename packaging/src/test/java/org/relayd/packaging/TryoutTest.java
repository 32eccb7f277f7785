package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.packaging.FakeTree.Ran;
import org.w3c.dom.Document;

/** What a launcher does in a checkout that was never built, with a Maven that only says how it was run. */
class TryoutTest {
    private static final String JDK = System.getProperty("java.home");

    @TempDir
    Path folder;
    private FakeTree checkout;
    private Path tools;

    @BeforeEach
    void install() throws IOException {
        checkout = FakeTree.checkout(folder.resolve("checkout"));
        tools = Files.createDirectory(folder.resolve("tools"));
    }

    @Test
    void aCheckoutIsBuiltOnFirstUseWithoutTestsAndCaches() throws Exception {
        maven("", "");
        Ran first = relayctl();
        assertEquals("says hello", first.output().getFirst(), first::toString);
        assertEquals("relayctl: not built yet: mvn builds it to be tried out; the first time it also gets libraries",
                first.errors().getFirst());
        assertTrue(first.errors().getLast().matches("relayctl: built in \\d+ s\\. Programs start faster after:"
                + " mvn -q -pl packaging -am -DskipTests package"), first::toString);
        assertEquals(List.of("-B -f " + folder + "/checkout/bin/../pom.xml"
                + " -Ptryout -Dmaven.test.skip -pl packaging -am package"),
                Files.readAllLines(folder.resolve("mvn.log")));
        Ran second = relayctl();
        assertEquals(List.of(), second.errors());
        assertEquals(1, Files.readAllLines(folder.resolve("mvn.log")).size());
    }

    @Test
    void theModuleAndTheGoalThatMavenIsAtAreSaid() throws Exception {
        // What Maven 3.8 writes and what Maven 3.9 does.
        for (String plugin : List.of("maven-compiler-plugin", "compiler")) {
            maven("""
                    [INFO] Building jar: /somewhere/relayd-ir.jar
                    [INFO] Building relayd-ir 0.1.0-SNAPSHOT                                  [2/9]
                    [INFO] --- %s:3.16.0:compile (default-compile) @ relayd-ir ---
                    """.formatted(plugin), "");
            Ran ran = relayctl();
            assertTrue(ran.errors().stream()
                    .anyMatch(line -> line.matches("relayctl: \\d+ s: \\[2/9] relayd-ir: compile")), ran::toString);
            Files.delete(folder.resolve("checkout/target/dist/lib/BUILD-ID"));
        }
    }

    @Test
    void aFailedBuildIsTheEnd() throws Exception {
        maven("[INFO] Scanning\n[ERROR] why it failed\n", "exit 1");
        Ran ran = relayctl();
        assertEquals(1, ran.status());
        assertEquals(List.of(), ran.output());
        assertEquals(List.of("[ERROR] why it failed", "relayctl: the build failed; the lines above say why"),
                ran.errors().subList(ran.errors().size() - 2, ran.errors().size()));
        assertFalse(ran.errors().contains("[INFO] Scanning"), ran::toString);
    }

    @Test
    void withoutMavenItSaysSo() throws Exception {
        Ran ran = FakeTree.run(folder, Map.of("RELAYD_JAVA", JDK, "PATH", tools.toString()),
                checkout.launcher("relayctl").toString());
        assertEquals(1, ran.status());
        assertEquals(List.of("relayctl: not built yet, and no mvn on the PATH to build it with"), ran.errors());
    }

    @Test
    void aWholeBuildAfterwardsFindsNoClassesThatErrorProneHasNotSeen() throws Exception {
        Path pom = Path.of("../pom.xml");
        assertEquals("${project.basedir}/target/tryout", tryout(pom, "build/directory"));
        assertTrue(Files.readString(pom).contains("-Xplugin:ErrorProne"));
        assertFalse(tryout(pom, "build").contains("ErrorProne"));
    }

    @Test
    void noTrainingIsRun() throws Exception {
        assertEquals(List.of("-cp", "${project.build.outputDirectory}", StartupCaches.class.getName(), "${dist}"),
                List.of(tryout(Path.of("pom.xml"), "build//arguments").strip().split("\\s+")));
    }

    /** Text at an XPath below the profile. */
    private static String tryout(Path pom, String path) throws Exception {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        XPath paths = XPathFactory.newInstance().newXPath();
        return paths.evaluate("/project/profiles/profile[id='tryout']/" + path, document);
    }

    /** Writes a Maven that says the lines, does the shell command and leaves a distribution. */
    private void maven(String lines, String command) throws IOException {
        FakeTree built = FakeTree.distribution(Files.createTempDirectory(folder, "built"));
        Path maven = tools.resolve("mvn");
        Files.writeString(maven, """
                #!/bin/sh
                echo "$*" >>'%1$s/mvn.log'
                cat <<'END'
                %3$sEND
                %4$s
                mkdir -p '%1$s/checkout/target/dist/lib' && cp -r '%2$s/.' '%1$s/checkout/target/dist/lib' &&
                    echo 1 >'%1$s/checkout/target/dist/lib/BUILD-ID'
                """.formatted(folder, built.lib(), lines, command));
        assertTrue(maven.toFile().setExecutable(true));
    }

    private Ran relayctl() throws IOException, InterruptedException {
        return FakeTree.run(folder, Map.of("RELAYD_JAVA", JDK, "PATH", tools + ":/usr/bin:/bin"),
                checkout.launcher("relayctl").toString());
    }
}
