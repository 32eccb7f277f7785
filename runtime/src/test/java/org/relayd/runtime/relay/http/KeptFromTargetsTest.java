package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.Peers;

/**
 * Ways to have a field arrive that rules take out by a glob, or that they set: none does, in requests and in responses,
 * with lines that end in CR LF and in LF, at once and octet by octet.
 */
class KeptFromTargetsTest {

    private static RuleSource[] rules() {
        return new RuleSource[]{RuleSource.match().on(EntityType.HEADER, EntityOption.REMOVE, "X-Beg*"),
                RuleSource.match().on(EntityType.HEADER, EntityOption.SET, "X-Own", "ours"),
                RuleSource.matchResponse().on(EntityType.HEADER, EntityOption.REMOVE, "X-Beg*"),
                RuleSource.matchResponse().on(EntityType.HEADER, EntityOption.SET, "X-Own", "ours")};
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Beg1: evil", "X-Beg1: a\nX-Beg2: evil", "X-Beg: evil", "x-beg: evil", "X-BEG1: evil",
            "X-Beg1:\n evil", "X-Beg1: a\n evil", "X-Beg1:\nX-Beg2:\n\tevil",
            "X-Beg1: evil\nX-Beg1: evil\nX-beg1: evil",
            "A: b\nX-Beg-: evil\nB: c\nx-BEGin: evil", "X-Beg!#$%&'*+.^_`|~: evil", "X_Beg1: evil", "X-Beg_1: evil",
            "X_Beg: evil\nX-Beg: evil", "Connection: X-Beg2\nX-Beg1: evil\nX-Beg2: evil", "X-Own: evil", "x-own: evil",
            "X-Own: a\nX-Own: evil", "X-Own:\n evil", "X_Own: evil", "x_OWN: evil\nX-Own: a",
            "Connection: X-Own\nX-Own: evil", "X-Own: evil\nA: b\nX-OWN:\n evil\nX-Own:",
            "X-Beg1: a\nX-Beg1:\n \n evil",
            "Transfer-Encoding: chunked\nTrailer: X-Beg1\n\n0\nX-Beg1: evil",
            "Transfer-Encoding: chunked\n\n0\nA: b\nx-begin: evil\nX_Beg1: evil\nX-Own: evil\nX_Own: evil"})
    void noneArrives(String lines) throws Exception {
        for (String end : List.of("\r\n", "\n")) {
            // Chunks and trailers end in CR LF only.
            boolean chunked = lines.contains("\n\n");
            String head = chunked ? lines.substring(0, lines.indexOf("\n\n")) : "Content-Length: 0\n" + lines;
            String rest = chunked ? (lines.substring(lines.indexOf("\n\n") + 2) + "\n\n").replace("\n", "\r\n") : "";
            arrives("POST / HTTP/1.1\nHost: x\n", "HTTP/1.1 200 OK\n", (head + "\n\n").replace("\n", end) + rest, end);
        }
    }

    private static void arrives(String request, String response, String lines, String end) throws Exception {
        try (HttpScene scene = HttpScene.of(rules())) {
            for (int piece : new int[]{10_000, 1}) {
                try (Socket client = scene.client()) {
                    offer(client, request.replace("\n", end) + lines, piece);
                    try (Socket target = scene.target()) {
                        // With chunks the empty line of the trailers is the second one.
                        String seen = Peers.readUntil(target, "\r\n\r\n");
                        isClean(lines.contains("chunked") ? seen + Peers.readUntil(target, "\r\n\r\n") : seen);
                        // Clients tell an underscore from a hyphen, many targets do not.
                        String answer = lines.replaceAll("(?im)^x_", "X-").replace("X-Beg_", "X-Beg");
                        offer(target, response.replace("\n", end) + answer, piece);
                        client.shutdownOutput();
                        isClean(Peers.readAll(client));
                    }
                }
            }
        }
    }

    private static void offer(Socket socket, String text, int piece) {
        for (int at = 0; at < text.length(); at += piece) {
            Peers.offer(socket, text.substring(at, Math.min(text.length(), at + piece)));
        }
    }

    private static void isClean(String seen) {
        assertFalse(seen.contains("evil"), seen);
        assertTrue(seen.toLowerCase(Locale.ROOT).contains("x-own: ours\r\n"), seen);
    }
}
