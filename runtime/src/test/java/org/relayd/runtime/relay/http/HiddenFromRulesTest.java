package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.ir.config.Action;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.Peers;

/**
 * Ways to write a value so that a rule does not see it, while whoever reads the message does. Each is refused: as
 * request and as response, in both dialects, by name and by glob, among few rules and among many, with lines that end
 * in CR LF and in LF, at once and octet by octet.
 */
class HiddenFromRulesTest {
    private static final List<HttpScene> REQUESTS = new ArrayList<>();
    private static final List<HttpScene> RESPONSES = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        REQUESTS.add(HttpScene.of(rules(RuleSource::block, "X-Deny", "X-Two", "session")));
        REQUESTS.add(HttpScene.of(rules(RuleSource::block, "x-d[e]ny", "*wo", "SESSION")));
        REQUESTS.add(HttpScene.of(Stream.concat(Stream.of(rules(RuleSource::block, "X-Deny", "X-Two", "session")),
                IntStream.range(0, 30).mapToObj(i -> RuleSource.match().on(EntityType.HEADER, "Other-" + i, "v")))
                .toArray(RuleSource[]::new)));
        REQUESTS.add(HttpScene.of(actions(Direction.REQUEST)));
        for (HttpScene scene : REQUESTS) {
            scene.stopTarget();
        }
        RESPONSES.add(HttpScene.of(rules(RuleSource::blockResponse, "X-Deny", "X-Two", "session")));
        RESPONSES.add(HttpScene.of(rules(RuleSource::blockResponse, "X-D*", "X-T[w]o", "session")));
        RESPONSES.add(HttpScene.of(actions(Direction.RESPONSE)));
    }

    @AfterAll
    static void stop() throws IOException {
        for (HttpScene scene : Stream.concat(REQUESTS.stream(), RESPONSES.stream()).toList()) {
            scene.close();
        }
        REQUESTS.clear();
        RESPONSES.clear();
    }

    private static RuleSource[] rules(java.util.function.Supplier<RuleSource> rule, String deny, String two,
            String cookie) {
        return new RuleSource[]{rule.get().on(EntityType.HEADER, deny, "evil"),
                rule.get().on(EntityType.HEADER, two, "very evil"), rule.get().on(EntityType.COOKIE, cookie, "evil")};
    }

    private static List<Action> actions(Direction direction) {
        return List.of(filter(direction, EntityType.HEADER, "X-Deny", "evil"),
                filter(direction, EntityType.HEADER, "X-Two", "very evil"),
                filter(direction, EntityType.COOKIE, "session", "evil"));
    }

    private static Action filter(Direction direction, EntityType type, String key, String value) {
        return new Action(direction, type, ActionKind.FILTER, key, Optional.empty(), Optional.of(value),
                OptionalInt.empty(), OptionalInt.empty(), false, Optional.empty());
    }

    /** Folds and blanks. */
    static Stream<String> folds() {
        return Stream.of("X-Deny:\n evil", "X-Deny:\n\tevil", "X-Deny: \t\n \t evil \t", "X-Deny:\n \n evil",
                "X-Deny:\n\t\n\t\n\tevil\n \n\t", "X-Deny: evil\n ", "X-Deny: evil\n\t\n \t", "X-Deny:evil",
                "X-Deny:\t\tevil\t\t", "X-DENY: \t evil", "X-Two: very\n evil", "X-Two: very \t\n \t evil",
                "X-Two: very\n \n\t\n evil", "X-Two:\n very\n evil\n ", "X-Two:very\n\tevil",
                "A: b\n c\nX-Deny:\n evil",
                "X-Deny:\n evil\nA:\n b", "A:\nX-Deny:\n \n evil\nB:", "X-Deny:" + "\n ".repeat(100) + "evil",
                "X-Deny:" + " ".repeat(3000) + "evil" + "\t".repeat(3000), "X-Deny:" + "\n\t \t".repeat(100) + "evil",
                "A: evil\n x\nX-Deny: evil\n", "X-Two: very\n evil\nX-Two: very\n good");
    }

    /** Several lines of one name. */
    static Stream<String> lines() {
        return Stream.of("X-Deny: ok\nX-Deny: evil", "X-Deny: evil\nX-Deny: ok", "X-Deny:\nX-Deny: evil",
                "X-Deny: evil\nX-Deny:", "x-deny: ok\nX-DENY: evil", "X-Deny: ok\nx-deny: ok\nX-dEnY: evil",
                "X-Deny: ok\nA: b\nX-Deny: evil\nC: d", "X-Deny: ok\n" + many("F%d: 1", 60) + "\nX-Deny: evil",
                many("X-Deny: ok%d", 100) + "\nX-Deny: evil", "X-Deny: evil\n" + many("X-Deny: ok%d", 100),
                many("X-Deny:", 100) + "\nX-Deny:evil", "X-Deny: ok\nX-Deny:\n evil", "X-Deny: ok\n x\nX-Deny: evil",
                "X-Two: very good\nX-Two: very evil", "X-Two: very\nX-Two: evil\nX-Two: very evil",
                "X-Deny: e\nX-Deny: vil\nX-Deny: evil", "X-Deny: evil\nX-Deny: evil", "X-Two: a\nX-Deny: evil",
                "X-Denya: ok\nX-Den: ok\nX-Deny: evil", "Z: 1\nX-Deny: ok\nY: 2\nx-Deny:\tevil\t\nX-Deny: ok",
                "X-Deny: evil2\nX-Deny: 2evil\nX-Deny: evil", "X-Deny: \"evil\"\nX-Deny: evil");
    }

    private static String many(String line, int count) {
        return String.join("\n", IntStream.range(0, count).mapToObj(i -> String.format(line, i)).toList());
    }

    /** Cookies; in a response each line sets one. */
    static Stream<String> cookies() {
        return Stream.of("C: session=evil", "C:session=evil", "C: session = evil", "C:\tsession\t=\tevil\t",
                "C: session=\"evil\"", "C: session= \"evil\" ", "C: session=evil;", "C: session=evil ;  a=b",
                "C: Session=evil", "C: SESSION=evil; Path=/", "C: a=b\nC: session=evil", "C: session=evil\nC: a=b",
                "C:\nC: session=evil", "C: session=ok\nC: session=evil", "c: session=evil", "C:\n session=evil",
                "C: session=evil\n ; a=b", "C: session\n =evil", "C: session=\n evil", "C: session=\n \n\tevil\n ",
                "C: session=evil;;;", many("C: k%d=v", 100) + "\nC: session=evil", "C: ;session=evil",
                "C: a; session=evil", "C: a=b;  session=evil", "C: a=b;session=evil;c=d", "C: a=b;\n session=evil",
                "C: a=b; session=ok; session=evil", "C: =; session=evil", "C: a=\"b\"; session=\"evil\"",
                "C: $Version=1; session=evil; $Path=/");
    }

    private static void isRefused(String lines) throws Exception {
        for (String end : List.of("\r\n", "\n")) {
            String request = ("GET / HTTP/1.1\nHost: x\n" + lines + "\n\n").replace("\n\n\n", "\n\n").replace("\n",
                    end);
            for (HttpScene scene : REQUESTS) {
                for (int piece : new int[]{request.length(), 1}) {
                    try (Socket client = scene.client()) {
                        offer(client, request, piece);
                        forbidden(Peers.readAll(client), request);
                    }
                }
            }
        }
    }

    private static void isRefusedAsResponse(String lines, List<HttpScene> scenes) throws Exception {
        for (String end : List.of("\r\n", "\n")) {
            String response = ("HTTP/1.1 200 OK\nContent-Length: 4\n" + lines + "\n\n").replace("\n\n\n", "\n\n")
                    .replace("\n", end) + "evil";
            for (HttpScene scene : scenes) {
                for (int piece : new int[]{response.length(), 1}) {
                    try (Socket client = scene.client()) {
                        Peers.send(client, "POST / HTTP/1.1\r\nHost: x\r\n\r\n");
                        try (Socket target = scene.target()) {
                            Peers.readUntil(target, "\r\n\r\n");
                            offer(target, response, piece);
                            forbidden(Peers.readAll(client), response);
                        }
                    }
                }
            }
        }
    }

    private static void offer(Socket socket, String text, int piece) {
        // The last octets in pieces tell as much as all.
        int rest = Math.max(0, text.length() - 150);
        Peers.offer(socket, text.substring(0, rest));
        for (int at = rest; at < text.length(); at += piece) {
            Peers.offer(socket, text.substring(at, Math.min(text.length(), at + piece)));
        }
    }

    private static void forbidden(String answer, String message) {
        assertTrue(answer.startsWith("HTTP/1.0 403 "), () -> message + "\n" + answer);
    }

    @ParameterizedTest
    @MethodSource("folds")
    void byAFold(String lines) throws Exception {
        isRefused(lines);
        isRefusedAsResponse(lines, RESPONSES);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void byAnotherLine(String lines) throws Exception {
        isRefused(lines);
        isRefusedAsResponse(lines, RESPONSES);
    }

    @ParameterizedTest
    @MethodSource("cookies")
    void byAnotherCookie(String lines) throws Exception {
        isRefused(lines.replaceAll("(?m)^C:", "Cookie:").replaceAll("(?m)^c:", "cOOKIE:"));
        if (lines.indexOf(";") < 0 || lines.indexOf("session") < lines.indexOf(";")) {
            // Dialect 5.1 does not look at the cookies of responses.
            isRefusedAsResponse(lines.replaceAll("(?m)^C:", "Set-Cookie:").replaceAll("(?m)^c:", "sET-cOOKIE:"),
                    RESPONSES.subList(0, 2));
        }
    }
}
