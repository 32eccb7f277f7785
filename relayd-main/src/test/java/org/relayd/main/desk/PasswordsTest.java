package org.relayd.main.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.recording.Content;
import org.relayd.compiler.recording.Question;
import org.relayd.compiler.recording.RecordingEnvironment;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.bundle.Bundle;
import org.relayd.main.bundle.PlanPrint;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.plans.PlanCompiler;

class PasswordsTest {
    private static final String SECRET = "correct horse";

    private static PlanCompiler with(List<String> macros) {
        return new PlanCompiler(new RelaydOptions(false, false, 0, macros, "f", Optional.empty(),
                new RelaydOptions.BackendOption.None(), Optional.empty(), DiagnosticStyle.HUMAN, false,
                Optional.empty(), RelaydOptions.DEFAULT_DRAIN, false), OperatingSystem.LINUX);
    }

    /** A bundle with what it means. */
    private record Scene(Bundle bundle, CheckedConfig config, PlanCompiler compiler) {

        static Scene of(byte[] text, byte[] included, String... macros) {
            PlanCompiler compiler = with(List.of(macros));
            RecordingEnvironment recorder = new RecordingEnvironment(new FileEnvironment(
                    new Description(Map.of(), new LinkedHashMap<>(), Map.of(), Optional.empty()),
                    path -> path.equals("f") ? text : included));
            Compilation compilation = compiler.compile("f", recorder);
            assertTrue(compilation.isAccepted(), () -> compilation.diagnostics().toString());
            return new Scene(new Bundle(compiler.options(), "f", recorder.answers(),
                    PlanPrint.of(compiler.plan(compilation))), compilation.config().orElseThrow(), compiler);
        }

        static Scene of(String text, String... macros) {
            return of(text.getBytes(StandardCharsets.UTF_8), new byte[0], macros);
        }

        Optional<Bundle> hidden() {
            return Passwords.of(config).hiddenIn(bundle, config, compiler);
        }

        /** What a worker reads in a file. */
        String text(String file) {
            return hidden().flatMap(bundle -> bundle.answers().answer(new Question.Read(file)))
                    .map(content -> ((Content.Octets) content).characters()).orElseThrow();
        }
    }

    private static String inspecting(String key) {
        return """
                http protocol p {
                 tls ca cert "/etc/ssl/ca.crt"
                 tls ca key "/etc/ssl/ca.key" %s
                }
                relay r {
                 listen on 127.0.0.1 port 443 tls
                 protocol p
                 forward with tls to 127.0.0.1 port 443
                }
                """.formatted(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password \"correct horse\"", "password\t  \"correct horse\" # correct",
            "password \\\n \"correct horse\""})
    void anotherTextStandsInTheirPlace(String key) {
        String text = inspecting(key);
        assertEquals(text.replace(SECRET, "x".repeat(SECRET.length())), Scene.of(text).text("f"));
    }

    @Test
    void macrosAreBlankedToo() {
        String text = "pw = \"battery\"\nother = \"battery staple\"\n" + inspecting("password $pw");
        String hidden = Scene.of(text).text("f");
        assertTrue(hidden.startsWith("pw = \"xxxxxxx\"\nother = \"battery staple\"\n"), hidden);
    }

    @Test
    void macrosOfTheCommandLineAreBlankedToo() {
        Scene scene = Scene.of(inspecting("password $pw"), "pw=battery", "x=battery staple");
        assertEquals(List.of("pw=xxxxxxx", "x=battery staple"), scene.hidden().orElseThrow().options().macros());
    }

    @Test
    void includedFilesAreBlankedToo() {
        Scene scene = Scene.of("include \"g\"\n".getBytes(StandardCharsets.UTF_8),
                inspecting("password battery").getBytes(StandardCharsets.UTF_8));
        assertFalse(scene.text("g").contains("battery"));
    }

    @Test
    void otherWordsThatAreTheSameStay() {
        String text = "table <battery> { 127.0.0.1 }\n" + inspecting("password battery")
                .replace("with tls to 127.0.0.1", "with tls to <battery>");
        assertEquals(text.replace("password battery", "password xxxxxxx"), Scene.of(text).text("f"));
    }

    @Test
    void inAnyEncoding() {
        String text = inspecting("password \"gr\u00fcn\"");
        assertFalse(Scene.of(text).text("f").contains("gr"));
        assertFalse(Scene.of(text.getBytes(StandardCharsets.ISO_8859_1), new byte[0]).text("f").contains("gr"));
    }

    @Test
    void whatIsWrittenInAnotherWayIsSaidToBeTold() {
        assertEquals(Optional.empty(), Scene.of(inspecting("password \"correct\\\" horse\"")).hidden());
        assertEquals(Optional.empty(),
                Scene.of("n = 127.0.0.1\n" + inspecting("password $n").replace("on 127.0.0.1", "on $n")).hidden(),
                "the macro means an address too");
        assertEquals(Optional.empty(), Scene.of(inspecting("password xxx")).hidden());
    }

    @Test
    void filesWithoutPasswordsAreAsTheyAre() {
        Scene scene = Scene.of("relay r {\n listen on 127.0.0.1 port 80\n forward to 127.0.0.1 port 80\n}\n");
        assertEquals(Optional.of(scene.bundle()), scene.hidden());
    }
}
