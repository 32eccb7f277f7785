package org.relayd.compiler.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.term.Dialect;

/** What OpenBSD says and what people read are two lists. Lines are separated by {@code ~}. */
class AudiencesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    relay r {~ bogus~ session timeout x~}                 | 2: syntax error, no actions, nothing to do | 2: syntax error, 3: syntax error
                    protocol p {~ tcp backlog 9999~ tls bogus~}~protocol p { }  | 2: invalid backlog: 9999, no actions, nothing to do | 2: invalid backlog: 9999, 3: invalid TLS flag: bogus
                    protocol p {~ bogus~}~relay r {~ protocol p~}         | 2: syntax error, 5: no such protocol: p, no actions, nothing to do | 2: syntax error
                    table <t> { a b~router u {~ forward to <t> check icmp~} | 2: syntax error, no actions, nothing to do | 2: syntax error
                    p=80~interval $p~prefork 99                           | 1: syntax error, 2: macro 'p' not defined, 3: invalid number of preforked relays: 99 | 1: syntax error, 3: invalid number of preforked relays: 99
                    prefork 99~relay r {~ session timeout -1~}            | 1: invalid number of preforked relays: 99 | 1: invalid number of preforked relays: 99, 3: invalid timeout: -1
                    relay r {~ listen on $a port 1~ forward to $b port 1~} | 2: macro 'a' not defined, 2: syntax error, 3: macro 'b' not defined, no actions, nothing to do | 2: macro 'a' not defined, 3: macro 'b' not defined
                    relay r {~ listen on a~ session timeot 5~}            | 2: syntax error, no actions, nothing to do | 2: syntax error, 3: syntax error
                    protocol p {~ tls { cipher "x" }~}                    | 2: invalid TLS flag: cipher, no actions, nothing to do | 2: invalid TLS flag: cipher
                    """)
    void faultIsToldToWhomItConcerns(String text, String classic, String human) {
        List<Diagnostic> found = compile(text.replace('~', '\n') + "\n").diagnostics();
        assertEquals(classic, lines(found, DiagnosticStyle.CLASSIC));
        assertEquals(human, lines(found, DiagnosticStyle.HUMAN));
    }

    private static Compilation compile(String text) {
        Description nothing = new Description(Map.of(), new LinkedHashMap<>(), Map.of(), Optional.of(Map.of()));
        return RelaydCompiler.compile("f",
                new CompilerOptions(Optional.of(Dialect.CURRENT), List.of(), ExtensionPolicy.OPT_IN),
                new FileEnvironment(nothing, path -> main(path, text)));
    }

    private static byte[] main(String path, String text) throws IOException {
        if (!path.equals("f")) {
            throw new NoSuchFileException(path);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** First lines of the messages, in one line. */
    private static String lines(List<Diagnostic> found, DiagnosticStyle style) {
        return String.join(", ", DiagnosticPrinter.print(found, style, false).lines()
                .filter(line -> line.startsWith("f:") || line.startsWith("no actions"))
                .map(line -> line.startsWith("f:") ? line.substring(2) : line).toList());
    }
}
