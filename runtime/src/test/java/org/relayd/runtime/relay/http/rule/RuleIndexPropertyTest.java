package org.relayd.runtime.relay.http.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.relayd.ir.config.Rule;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.http.RuleSource;
import org.relayd.runtime.relay.http.head.HeadParser;
import org.relayd.runtime.relay.http.head.HeadVerdict;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.select.HashInput;

/**
 * The index only saves work: what many rules decide together is what the same rules decide when nothing is left out.
 */
class RuleIndexPropertyTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

    @Property(tries = 300, seed = "2026")
    void manyRulesDecideLikeAWalkOverAll(@ForAll("rules") List<Rule> rules, @ForAll("heads") String text) {
        RuleProgram program = RuleProgram.of(rules, Direction.REQUEST, _ -> Optional.empty());
        FilterSession session = session();
        RuleProgram.Judgement outcome = program.evaluate(new RuleRun(), head(text), session);
        FilterSession walked = session();
        assertEquals(walk(rules, text, walked), outcome);
        assertEquals(walked.tag(), session.tag());
    }

    /** Evaluates each rule in a program of its own, where no index is made. */
    private static RuleProgram.Judgement walk(List<Rule> rules, String text, FilterSession session) {
        RuleProgram.Judgement outcome = RuleProgram.Judgement.PASS;
        Optional<Rule> last = Optional.empty();
        for (Rule rule : rules) {
            FilterSession probe = session();
            probe.tag(session.tag());
            Rule match = new Rule(org.relayd.ir.term.RuleVerdict.BLOCK, rule.direction(), false, rule.family(),
                    rule.from(), rule.to(), rule.method(), Optional.empty(), new Rule.Marking.Keep(),
                    rule.tagged(), new Rule.Marking.Keep(), rule.conditions(), Optional.empty());
            boolean applies = RuleProgram.of(List.of(match), Direction.REQUEST, _ -> Optional.empty())
                    .evaluate(new RuleRun(), head(text), probe) == RuleProgram.Judgement.BLOCK;
            if (applies) {
                switch (rule.verdict()) {
                    case MATCH -> mark(rule, session);
                    case PASS, BLOCK -> last = Optional.of(rule);
                }
                if (rule.quick()) {
                    break;
                }
            }
        }
        if (last.isPresent()) {
            mark(last.get(), session);
            outcome = last.get().verdict() == org.relayd.ir.term.RuleVerdict.BLOCK ? RuleProgram.Judgement.BLOCK
                    : RuleProgram.Judgement.PASS;
        }
        return outcome;
    }

    private static void mark(Rule rule, FilterSession session) {
        if (rule.tag() instanceof Rule.Marking.Set(String tag)) {
            session.tag(Optional.of(tag));
        }
    }

    @Provide
    Arbitrary<List<Rule>> rules() {
        Arbitrary<String> word = Arbitraries.of("a", "b", "ab", "a*", "*", "?");
        Arbitrary<
                RuleSource> rule = Arbitraries.integers().between(0, 7).flatMap(kind -> word.map(text -> switch (kind) {
                    case 0 -> RuleSource.block().on(EntityType.HEADER, "X-Key", text);
                    case 1 -> RuleSource.pass().on(EntityType.PATH, "/" + text);
                    case 2 -> RuleSource.match().on(EntityType.PATH, "/" + text + "*").tag("t" + text);
                    case 5 -> RuleSource.match().on(EntityType.HEADER, "X-Long-Name-1", text).tag("1" + text);
                    case 6 -> RuleSource.block().on(EntityType.HEADER, "x-long-name-2", text);
                    case 7 -> RuleSource.pass().on(EntityType.HEADER, "X-Long*", text);
                    case 3 -> RuleSource.block().on(EntityType.URL, "x/" + text + "/").tagged("ta");
                    default -> RuleSource.match().on(EntityType.HEADER, "x-key", text).tag("h" + text);
                }));
        return Arbitraries.integers().between(0, 9)
                .flatMap(quick -> rule.map(text -> (quick == 0 ? text.quick() : text).build())).list().ofMinSize(1)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<String> heads() {
        return Arbitraries.of("/a", "/b", "/ab", "/a/b", "/", "/b/a?x=1")
                .flatMap(path -> Arbitraries.of("a", "b", "ab", "", "A")
                        .flatMap(key -> Arbitraries
                                .of("", "X-Long-Name-1: a\r\n", "X-Key: b\r\n", "x-long-NAME-2: ab\r\nX-Long: b\r\n")
                                .map(more -> "GET " + path + " HTTP/1.1\r\nHost: x\r\nX-Key: " + key + "\r\n" + more
                                        + "\r\n")));
    }

    private static FilterSession session() {
        return new FilterSession(new FilterSession.Endpoint("127.0.0.1", 80), new byte[0], CLIENT,
                () -> IpAddress.of(CLIENT.getAddress()), new HashInput(), true);
    }

    private static MessageHead head(String text) {
        MessageHead head = new MessageHead();
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        head.load(bytes, bytes.readableBytes());
        bytes.release();
        assertEquals(HeadVerdict.COMPLETE, HeadParser.request(head, 8192));
        return head;
    }

    @Property(tries = 1)
    void valuesOfAFieldAreFoundWithoutAWalk() {
        RuleProgram program = thousand(i -> RuleSource.block().on(EntityType.HEADER, "Host", "h" + i));
        assertEquals(0, candidates(program, "Host: x\r\n"));
        assertEquals(RuleProgram.Judgement.BLOCK, decide(program, "Host: h77\r\n"));
    }

    @Property(tries = 1)
    void namesOfFieldsAreFoundWithoutAWalk() {
        RuleProgram program = thousand(i -> RuleSource.block().on(EntityType.HEADER, "X-Rule-" + i, "bad*"));
        assertEquals(0, candidates(program, "Host: x\r\n"));
        assertEquals(1, candidates(program, "Host: x\r\nx-rule-77: good\r\n"));
        assertEquals(RuleProgram.Judgement.PASS, decide(program, "Host: x\r\nx-rule-77: good\r\n"));
        assertEquals(RuleProgram.Judgement.BLOCK, decide(program, "Host: x\r\nx-rule-77: badly\r\n"));
    }

    private static RuleProgram thousand(IntFunction<RuleSource> rule) {
        List<Rule> rules = IntStream.range(0, 1000).mapToObj(i -> rule.apply(i).build()).toList();
        return RuleProgram.of(rules, Direction.REQUEST, _ -> Optional.empty());
    }

    private static RuleProgram.Judgement decide(RuleProgram program, String fields) {
        return program.evaluate(new RuleRun(), head("GET / HTTP/1.1\r\n" + fields + "\r\n"), session());
    }

    private static int candidates(RuleProgram program, String fields) {
        RuleRun run = new RuleRun();
        program.evaluate(run, head("GET / HTTP/1.1\r\n" + fields + "\r\n"), session());
        return LongStream.of(run.candidates).map(Long::bitCount).mapToInt(Math::toIntExact).sum();
    }
}
