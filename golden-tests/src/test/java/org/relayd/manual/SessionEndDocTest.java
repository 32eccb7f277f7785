package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.Side;

/** The ends of sessions that relayd.conf(5) lists, and what it says of each, are those of the code. */
class SessionEndDocTest {
    /** Stands for any status. */
    private static final int CODE = 999;
    /** Ends whose words differ from one to the next, with those that the manual puts in their place. */
    private static final List<SessionEnd> OTHERS = List.of(new SessionEnd.Broken(Side.CLIENT, "TEXT"),
            new SessionEnd.Broken(Side.CLIENT, "TLS: TEXT"), new SessionEnd.Broken(Side.TARGET, "TEXT"),
            new SessionEnd.Broken(Side.TARGET, "TLS: TEXT"), new SessionEnd.SocketError("TEXT", Dialect.CURRENT),
            noHandshake(Side.CLIENT, Optional.of("TEXT"), SessionEnd.Closing.AFTER_OUTPUT),
            noHandshake(Side.CLIENT, Optional.empty(), SessionEnd.Closing.AT_ONCE),
            noHandshake(Side.TARGET, Optional.of("TEXT"), SessionEnd.Closing.RESET),
            noHandshake(Side.TARGET, Optional.empty(), SessionEnd.Closing.AT_ONCE), new SessionEnd.LongChunk("LIMIT"),
            new SessionEnd.TargetFailed("TEXT", 502, "Bad Gateway", true),
            new SessionEnd.TargetFailed("TEXT", 502, "Bad Gateway", false),
            new SessionEnd.TargetFailed("buffer event timeout", 504, "Gateway Timeout", true),
            new SessionEnd.Refused(CODE, "TEXT", Optional.of("NAME")),
            new SessionEnd.Refused(CODE, "TEXT", Optional.empty()));

    private static SessionEnd noHandshake(Side side, Optional<String> why, SessionEnd.Closing closing) {
        return new SessionEnd.NoHandshake(side, why, Dialect.CURRENT, closing);
    }

    private static String item(SessionEnd end) {
        return end.text().replace(Integer.toString(CODE), "CODE") + end.detail().map(": "::concat).orElse("");
    }

    private static String row(SessionEnd end) {
        String status = end.status().isEmpty() ? "no status of its own"
                : "status " + code(end.status().getAsInt()) + "; access log: " + end.entry();
        return item(end) + " | " + (end.detail().isPresent() ? "An error" : "No error") + "; " + status + "; "
                + closing(end.closing()) + ".";
    }

    private static String code(int status) {
        return status == CODE ? "CODE" : Integer.toString(status);
    }

    private static String closing(SessionEnd.Closing closing) {
        return switch (closing) {
            case AFTER_OUTPUT -> "closed after output";
            case LINGERING -> "closed after reading";
            case AT_ONCE -> "closed";
            case RESET -> "reset";
            case RESET_AFTER_OUTPUT -> "reset after output";
        };
    }

    private static List<String> documented() throws IOException {
        List<String> lines = ManualPage.read("relayd.conf.5").lines().stream()
                .dropWhile(line -> !line.equals(".Ss Ends of sessions")).skip(1)
                .takeWhile(line -> !line.startsWith(".S")).toList();
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(".It ")) {
                rows.add(lines.get(i).substring(4).replace("\\&", "") + " | " + lines.get(i + 1));
            }
        }
        return rows;
    }

    @Test
    void eachEndHasItsRow() throws IOException {
        assertEquals(Stream.concat(Stream.of(SessionEnd.Fixed.values()), OTHERS.stream())
                .map(SessionEndDocTest::row).distinct().collect(Collectors.joining("\n")),
                String.join("\n", documented()));
    }

    @Test
    void noKindOfEndIsForgotten() {
        Set<String> kinds = OTHERS.stream().map(end -> end.getClass().getSimpleName()).collect(Collectors.toSet());
        kinds.add(SessionEnd.Fixed.class.getSimpleName());
        assertEquals(Stream.of(SessionEnd.class.getPermittedSubclasses()).map(Class::getSimpleName)
                .collect(Collectors.toSet()), kinds);
    }
}
