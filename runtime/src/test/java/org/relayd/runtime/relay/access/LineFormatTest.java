package org.relayd.runtime.relay.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.AccessLogFormat;

/** What the lines of an access log look like, whatever comes from the network. */
class LineFormatTest {
    /** The expression that readers of the combined format use; inside quotes only what is escaped or harmless. */
    private static final Pattern COMBINED = Pattern.compile(
            "127\\.0\\.0\\.1 - - \\[22/Nov/2026:09:05:09 \\+0100\\] \"(Q)\" 200 1234 \"(Q)\" \"(Q)\"\n"
                    .replace("Q", "(?:[ !#-\\[\\]-~]|\\\\x[0-9A-F]{2})+"));
    private static final String STRING = "\"(?:[ !#-\\[\\]-~]|\\\\u[0-9A-F]{4})*\"";
    private static final Pattern JSON = Pattern
            .compile("\\{\"time\":S(,\"[a-z_]+\":(null|\\d+(\\.\\d+)?|S))+\\}\n".replace("S", STRING));
    private static final Pattern TARGET = Pattern.compile("\"target\":\"(.*?)\",\"version\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");

    @Test
    void combinedIsThatOfApacheAndNginx() {
        assertEquals(
                "127.0.0.1 - - [22/Nov/2026:09:05:09 +0100] \"GET /a?b HTTP/1.1\" 200 1234 \"http://r/\" \"agent/1\"\n",
                Entries.line(AccessLogFormat.COMBINED,
                        Entries.entry(Entries.request("GET", "/a?b", "host", "http://r/", "agent/1"))));
    }

    @Test
    void jsonHasTheDocumentedMembers() {
        assertEquals("{\"time\":\"2026-11-22T09:05:09.042+01:00\",\"relay\":\"www\",\"protocol\":\"http\","
                + "\"client\":\"127.0.0.1\",\"port\":4711,\"method\":\"GET\",\"target\":\"/a?b\","
                + "\"version\":\"HTTP/1.1\",\"host\":\"host\",\"referer\":null,\"user_agent\":\"agent/1\","
                + "\"status\":200,\"request_bytes\":7,\"response_bytes\":1234,\"duration\":1.002003,"
                + "\"upstream\":null,\"tag\":\"t\",\"label\":\"t\",\"reason\":\"t\"}\n",
                Entries.line(AccessLogFormat.JSON,
                        Entries.entry(Entries.request("GET", "/a?b", "host", "", "agent/1"), Optional.of("t"))));
    }

    @Property(seed = "2026")
    void noClientCanForgeACombinedLine(@ForAll byte[] host, @ForAll byte[] referer, @ForAll byte[] agent) {
        String line = Entries.line(AccessLogFormat.COMBINED,
                Entries.entry(Entries.request("GET", "/", text(host), text(referer), text(agent))));
        assertTrue(COMBINED.matcher(line).matches(), line);
    }

    @Property(seed = "2026")
    void noRawRequestCanForgeALine(@ForAll byte[] raw) {
        AccessEntry entry = Entries.entry(SentRequest.raw(raw), Optional.of(text(raw)));
        assertTrue(COMBINED.matcher(Entries.line(AccessLogFormat.COMBINED, entry)).matches());
        String json = Entries.line(AccessLogFormat.JSON, entry);
        assertTrue(JSON.matcher(json).matches(), json);
    }

    @Property(seed = "2026")
    void jsonGivesBackWhatWasValid(@ForAll String target) {
        String sent = target.isEmpty() ? "/" : target.replace(' ', '+');
        byte[] octets = sent.getBytes(StandardCharsets.UTF_8);
        String line = Entries.line(AccessLogFormat.JSON,
                Entries.entry(Entries.request("GET", text(octets), "h", "", "")));
        assertTrue(JSON.matcher(line).matches(), line);
        String written = TARGET.matcher(line).results().map(found -> found.group(1)).findFirst().orElseThrow();
        assertEquals(new String(octets, StandardCharsets.UTF_8), ESCAPE.matcher(written).replaceAll(
                LineFormatTest::decoded));
    }

    private static String decoded(MatchResult escape) {
        return java.util.regex.Matcher
                .quoteReplacement(Character.toString((char) Integer.parseInt(escape.group(1), 16)));
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
