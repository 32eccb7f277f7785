package org.relayd.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs as a user calls them, but for the process: words in, exit status and both outputs back. */
class CommandsTest {
    private static final String RELAY = """
            relay "r" {
                listen on 127.0.0.1 port 8080
                forward to 127.0.0.1 port 8081
            }
            """;
    @TempDir
    private Path folder;

    private record Outcome(int status, String out, String err) {}

    @Test
    void checkAcceptsAGoodFile() throws IOException {
        assertEquals(new Outcome(0, "", "configuration OK\n"), relayd("-n", "-f", file(RELAY)));
    }

    @Test
    void checkNamesFileLineAndFault() throws IOException {
        String file = file(RELAY.replace("forward", "foward"));
        Outcome outcome = relayd("-n", "--diagnostics", "classic", "-f", file);
        assertEquals(1, outcome.status());
        assertEquals(file + ":3: syntax error", outcome.err().lines().findFirst().orElse(""));
    }

    @Test
    void wrongOptionPrintsTheUsage() {
        Outcome outcome = relayd("-q");
        assertEquals(new Outcome(1, "", "relayd: unknown option: -q\n" + RelaydCommandLine.USAGE + "\n"), outcome);
    }

    @Test
    void missingFileIsOneMessage() {
        Outcome outcome = relayd("-n", "--diagnostics", "classic", "-f", folder.resolve("none").toString());
        assertEquals(new Outcome(1, "", "pushfile: " + folder.resolve("none") + ": No such file or directory\n"),
                outcome);
    }

    @Test
    void relativeIncludesStartAtTheWorkingDirectory() throws IOException {
        Path included = Files.createTempFile(Path.of("target"), "included", ".conf");
        try {
            Files.writeString(included, RELAY);
            assertEquals(new Outcome(0, "", "configuration OK\n"),
                    relayd("-n", "-f", file("include \"" + included + "\"\n")));
        } finally {
            Files.delete(included);
        }
    }

    @Test
    void warningsRefuseOnlyWhenAskedTo() throws IOException {
        String file = file("protocol \"p\"\n" + RELAY);
        assertEquals(0, relayd("-n", "-f", file).status());
        assertEquals(1, relayd("-n", "-W", "error", "-f", file).status());
    }

    @Test
    void unusedMacrosAreNamedWithVerbose() throws IOException {
        String file = file("spare=\"x\"\n" + RELAY);
        assertEquals("configuration OK\n", relayd("-n", "--diagnostics", "classic", "-f", file).err());
        assertEquals("warning: macro 'spare' not used\nconfiguration OK\n",
                relayd("-nv", "--diagnostics", "classic", "-f", file).err());
    }

    @Test
    void needsAreThoseOfTheServices() throws IOException {
        assertEquals("""
                address       \t127.0.0.1               \trelay r
                open port     \ttcp 127.0.0.1 8080      \trelay r
                """, compile("--emit", "needs", "-f", file(RELAY)).out());
    }

    @Test
    void canonicalConfigurationIsAcceptedAndCanonicalAlready() throws IOException {
        Outcome first = compile("--emit", "config", "-f", file(RELAY));
        Outcome second = compile("--emit", "config", "-f", file(first.out()));
        assertEquals(0, second.status(), second.err());
        assertEquals(first.out(), second.out());
    }

    @Test
    void strictCompatRefusesExtensionsThatTheFileAsksFor() throws IOException {
        String file = file("extensions on\n" + RELAY);
        assertEquals(0, compile("--emit", "config", "-f", file).status());
        Outcome strict = compile("--strict-compat", "--diagnostics", "classic", "--emit", "config", "-f", file);
        assertEquals(new Outcome(1, "", file + ":1: extensions on is an extension: --strict-compat refuses it\n"),
                strict);
        assertEquals(0, compile("--strict-compat", "--emit", "config", "-f", file(RELAY)).status());
    }

    @Test
    void formatterKeepsExtensions() throws IOException {
        String text = "extensions  on\nhttp protocol p {\nlog   access to \"/a\" format json\n}\n";
        assertEquals("extensions on\nhttp protocol p {\n\tlog access to \"/a\" format json\n}\n",
                compile("fmt", file(text)).out());
    }

    @Test
    void formatterWritesInPlace() throws IOException {
        String file = file("relay \"r\"{\nlisten on 127.0.0.1 port 80\n}\n");
        assertEquals(new Outcome(0, "", ""), compile("fmt", "-w", file));
        assertEquals("relay \"r\" {\n\tlisten on 127.0.0.1 port 80\n}\n", Files.readString(Path.of(file)));
    }

    @Test
    void everyVerbOfTheCompilerHasTheSameHelp() {
        Outcome help = compile("--help");
        assertEquals(0, help.status());
        assertTrue(help.out().startsWith("usage: relayd-compile "), help.out());
        for (String verb : List.of("fmt", "explain-code")) {
            assertEquals(help, compile(verb, "--help"));
        }
        assertEquals(compile("--version"), compile("fmt", "--version"));
    }

    @Test
    void codesAreExplained() {
        assertTrue(compile("explain-code", "E0301").out().startsWith("E0301 (error)\n"));
        assertEquals(1, compile("explain-code", "E9999").status());
    }

    @Test
    void environmentFileMustDescribeAMachine() throws IOException {
        Path environment = Files.writeString(folder.resolve("e.json"), "[]");
        Outcome outcome = relayd("-n", "--environment", environment.toString(), "-f", file(RELAY));
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().startsWith("relayd: " + environment + ": "), outcome.err());
        String missing = folder.resolve("missing.json").toString();
        assertEquals("relayd: " + missing + ": No such file or directory\n",
                relayd("-n", "--environment", missing, "-f", file(RELAY)).err());
        Files.write(environment, new byte[]{'{', (byte) 0xff});
        assertEquals("relayd: " + environment + ": not UTF-8 text\n",
                relayd("-n", "--environment", environment.toString(), "-f", file(RELAY)).err());
    }

    @Test
    void rulesAreForTheRoutingDomainOfTheEnvironmentFile() throws IOException {
        String file = file("""
                table <web> { 10.0.0.1 }
                redirect "www" {
                    listen on 192.0.2.1 port 80
                    forward to <web> check tcp
                }
                """);
        String environment = Files.writeString(folder.resolve("e.json"), "{ \"rdomain\": 255 }").toString();
        Outcome rules = compile("--emit", "pf", "--environment", environment, "-f", file);
        assertTrue(rules.out().contains("pass in quick on rdomain 255 inet proto tcp"), rules.toString());
        for (String wrong : List.of("256", "-1", "1.5", "\"3\"", "1e2")) {
            Files.writeString(Path.of(environment), "{ \"rdomain\": " + wrong + " }");
            assertEquals(new Outcome(1, "", "relayd: " + environment + ": rdomain: no number from 0 to 255\n"),
                    relayd("-n", "--environment", environment, "-f", file));
        }
    }

    @Test
    void namesThatPfCannotHaveAreRefusedForPf() throws IOException {
        String name = "n".repeat(32);
        String file = file("""
                table <web> { 10.0.0.1 }
                redirect %s {
                    listen on 192.0.2.1 port 80
                    forward to <web> check tcp
                }
                """.formatted(name));
        for (String kind : List.of("pf", "pf-load", "pf-freebsd")) {
            Outcome refused = compile("--emit", kind, "--diagnostics", "classic", "-f", file);
            assertEquals(new Outcome(1, "", "not supported by pf: redirect " + name
                    + ": its table has a name of more than 31 bytes\n"), refused);
        }
        assertEquals(0, compile("--emit", "nft", "-f", file).status());
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("relayd.conf"), text).toString();
    }

    private static Outcome relayd(String... words) {
        return run(RelaydMain::run, words);
    }

    private static Outcome compile(String... words) {
        return run(CompileMain::run, words);
    }

    private static Outcome run(ToIntFunction<String[]> program, String[] words) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, UTF_8));
            System.setErr(new PrintStream(errBytes, true, UTF_8));
            int status = program.applyAsInt(words);
            return new Outcome(status, outBytes.toString(UTF_8), errBytes.toString(UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
