package org.relayd.runtime.relay.http.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.config.Rule;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.http.RuleSource;
import org.relayd.runtime.relay.http.head.HeadParser;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.HeadWriter;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;
import org.relayd.runtime.relay.select.HashInput;

/** A line of a field is not the field: rules hold for any line, however it is written, and act on all that fit. */
class LinesOfAFieldTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

    private final FilterSession session = new FilterSession(new FilterSession.Endpoint("127.0.0.1", 80),
            Octets.of("600"), CLIENT, () -> IpAddress.of(CLIENT.getAddress()), new HashInput(), true);

    private static MessageHead head(String lines) {
        byte[] octets = Octets.of("GET /?a=1&b=2&a=3 HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n");
        MessageHead head = new MessageHead();
        head.load(Unpooled.wrappedBuffer(octets), octets.length);
        assertEquals(HeadVerdict.COMPLETE, HeadParser.request(head, 1 << 20));
        return head;
    }

    private RuleProgram.Judgement judge(MessageHead head, RuleSource... rules) {
        List<Rule> all = Stream.of(rules).map(RuleSource::build).toList();
        return RuleProgram.of(all, Direction.REQUEST, _ -> Optional.empty()).evaluate(new RuleRun(), head, session);
    }

    /** The rules with so many others that an index is made of them. */
    private static RuleSource[] among(RuleSource rule) {
        return Stream.concat(Stream.of(rule), IntStream.range(0, 20)
                .mapToObj(i -> RuleSource.match().on(EntityType.HEADER, "Other-" + i, "v"))).toArray(RuleSource[]::new);
    }

    private String written(MessageHead head) {
        HeadWriter writer = new HeadWriter();
        writer.writeInOrder(head, Direction.REQUEST);
        String text = Octets.text(writer.octets(), 0, writer.length());
        return text.substring(text.indexOf("Host: x\r\n") + 9, text.length() - 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Deny:\r\n evil\r\n", "X-Deny:  \r\n  evil\r\n", "X-Deny:\t\r\n\t\r\n\t evil \t\r\n \r\n",
            "X-Deny: ok\r\nX-Deny: evil\r\n", "X-Deny:\r\nX-Deny: evil\r\n", "x-deny: evil\r\nX-Deny: ok\r\n",
            "X-Deny: ok\r\nA: b\r\nX-DENY:evil\t\r\nX-Deny: ok\r\n"})
    void aHeaderConditionHoldsForAnyLine(String lines) {
        for (String key : List.of("X-Deny", "X-D*", "*", "x-[d]eny")) {
            RuleSource rule = RuleSource.block().on(EntityType.HEADER, key, "evil");
            assertEquals(RuleProgram.Judgement.BLOCK, judge(head(lines), rule), key);
            assertEquals(RuleProgram.Judgement.BLOCK, judge(head(lines), among(rule)), key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cookie: a=b;  session=evil\r\n", "Cookie: a=b;\tsession\t=\tevil\t\r\n",
            "Cookie: a=b\r\nCookie: session=evil\r\n", "Cookie:\r\ncookie: session=evil\r\n",
            "Cookie: session=ok; session=evil\r\n", "Cookie: a=b;\r\n session=evil\r\n",
            "Cookie: session= \"evil\" ;\r\n",
            "Cookie: a;;  ;Session=EVIL\r\n", "Cookie:\r\n \r\n session\r\n =evil\r\n"})
    void aCookieConditionHoldsForAnyCookieOfAnyLine(String lines) {
        assertEquals(RuleProgram.Judgement.BLOCK,
                judge(head(lines), RuleSource.block().on(EntityType.COOKIE, "session", "evil")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Deny: evil x\r\n", "X-Deny: evil\r\n x\r\n", "X-Denya: evil\r\n", "A: X-Deny\r\n evil\r\n"})
    void whatFitsNoLinePasses(String lines) {
        assertEquals(RuleProgram.Judgement.PASS,
                judge(head(lines), RuleSource.block().on(EntityType.HEADER, "X-Deny", "evil")));
    }

    @Test
    void removeTakesEveryLineOfEveryNameThatFits() {
        MessageHead head = head("X-Beg1: a\r\nA: b\r\nX-Beg2: b\r\nx-beg1: c\r\nX-Be: d\r\n");
        judge(head, RuleSource.match().on(EntityType.HEADER, EntityOption.REMOVE, "X-Beg*"));
        assertEquals("A: b\r\nX-Be: d\r\n", written(head));
    }

    @Test
    void removeOfACookieTakesEveryLineThatHasIt() {
        MessageHead head = head("Cookie: a=b; k=1\r\nCookie: c=d\r\nCookie:  K = 2\r\n");
        judge(head, RuleSource.match().on(EntityType.COOKIE, EntityOption.REMOVE, "k"));
        assertEquals("Cookie: c=d\r\n", written(head));
    }

    @Test
    void logEntersEachThatFits() {
        judge(head("X-A: 1\r\nx-b:\r\n 2\r\nX-A: 3\r\nCookie: k=4;  k=5\r\nCookie: K=6\r\n"),
                RuleSource.match().on(EntityType.HEADER, EntityOption.LOG, "X-*"),
                RuleSource.match().on(EntityType.COOKIE, EntityOption.LOG, "k"),
                RuleSource.match().on(EntityType.QUERY, EntityOption.LOG, "a"));
        assertEquals(" [X-A: 1] [x-b: 2] [X-A: 3] [Cookie: k=4;  k=5] [Cookie: K=6] [a: 1] [a: 3]", session.entries());
    }
}
