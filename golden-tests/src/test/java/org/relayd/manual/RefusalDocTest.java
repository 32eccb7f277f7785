package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.relay.http.filter.Refusal;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.session.SessionEnd;
import org.relayd.runtime.relay.session.Side;

/** The reasons with a status that relayd(8), LOGGING, lists are those that HTTP requests are refused for. */
class RefusalDocTest {
    private static final Pattern STATUS = Pattern.compile("\\((\\d{3})\\)");
    private static final int ANY_LIMIT = 8192;

    /** The words before a colon: what follows it differs from one to the next. */
    private static String row(String words, int status) {
        return status + " " + words.replaceFirst(" ?:.*", "");
    }

    private static Set<String> documented() throws IOException {
        String items = ManualPage.read("relayd.8").lines().stream().dropWhile(line -> !line.equals(".Sh LOGGING"))
                .skip(1).takeWhile(line -> !line.startsWith(".Sh ")).collect(Collectors.joining("\n"));
        Set<String> rows = new TreeSet<>();
        Matcher item = Pattern.compile("\\.It (?:Xo\\n(.*?)\\n\\.Xc|([^\\n]*))", Pattern.DOTALL).matcher(items);
        while (item.find()) {
            String text = Optional.ofNullable(item.group(1)).orElseGet(() -> item.group(2)).replace('\n', ' ')
                    .replace(" ,", ",");
            int from = 0;
            Matcher status = STATUS.matcher(text);
            while (status.find()) {
                for (String words : text.substring(from, status.start()).split(",", -1)) {
                    if (!words.isBlank()) {
                        rows.add(row(words.strip(), Integer.parseInt(status.group(1))));
                    }
                }
                from = status.end();
            }
        }
        return rows;
    }

    /** What a connect to a target can come to, and a target that leaves. */
    private static Stream<String> ofTargets() {
        return Stream.concat(
                Stream.of(SessionEnd.Fixed.CONNECT_TIMEOUT, SessionEnd.Fixed.EXHAUSTED, SessionEnd.Fixed.FAILED,
                        SessionEnd.Fixed.NAT_LOOKUP, SessionEnd.Fixed.LOOP,
                        new SessionEnd.SocketError("TEXT", Dialect.CURRENT), noHandshake(Optional.of("TEXT")),
                        noHandshake(Optional.empty()))
                        .map(end -> row(end.text(), end.status().orElseThrow())),
                Stream.of(row(Side.TARGET.left(), 502)));
    }

    private static SessionEnd noHandshake(Optional<String> why) {
        return new SessionEnd.NoHandshake(Side.TARGET, why, Dialect.CURRENT, SessionEnd.Closing.RESET);
    }

    @Test
    void everyRefusalIsListedAndNoOther() throws IOException {
        Stream<String> ofHeads = Stream.of(HeadVerdict.values()).filter(HeadVerdict::isFault)
                .map(fault -> row(fault.reason(ANY_LIMIT), fault.status()));
        Stream<String> ofRules = Stream.of(Refusal.Reason.values()).map(why -> Refusal.of(why, Optional.empty()))
                .map(refusal -> row(refusal.reason(), refusal.status()));
        Set<String> refusals = Stream.concat(Stream.concat(ofHeads, ofRules), ofTargets())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", refusals), String.join("\n", documented()));
    }
}
