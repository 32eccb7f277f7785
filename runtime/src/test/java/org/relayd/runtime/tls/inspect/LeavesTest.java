package org.relayd.runtime.tls.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.TestCertificates;

class LeavesTest {
    private final TestCertificates internet = TestCertificates.root("Internet");
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Leaves.Answer> answers = new ArrayList<>();
    private LeafMaker maker;
    private long now;
    private Leaves leaves;

    @BeforeEach
    void make() throws Exception {
        maker = new LeafMaker(LeafMakerTest.authority(TestCertificates.root("Inspector")));
        leaves = new Leaves(maker, tasks::add, () -> now);
    }

    private X509Certificate target(String name) {
        return internet.leaf(name).certificate();
    }

    private void work() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private Identity find(X509Certificate target) {
        leaves.find(target, answers::add);
        work();
        return assertInstanceOf(Leaves.Answer.Made.class, answers.removeLast()).identity();
    }

    @Test
    void leafIsMadeOnceForAllWhoWait() {
        X509Certificate target = target("a.example.com");
        leaves.find(target, answers::add);
        leaves.find(target, answers::add);
        assertEquals(List.of(), answers, "nothing is signed during the call");
        assertEquals(1, tasks.size());
        work();
        assertEquals(2, answers.size());
        assertSame(answers.get(0), answers.get(1));
        leaves.find(target, answers::add);
        assertEquals(answers.get(0), answers.get(2), "known ones are there at once");
        assertEquals(1, leaves.made());
    }

    @Test
    void anotherCertificateOfTheSameNameGetsALeafOfItsOwn() {
        Identity one = find(target("a.example.com"));
        Identity other = find(target("a.example.com"));
        assertEquals(one.names(), other.names());
        assertEquals(2, leaves.made());
    }

    @Test
    void leafIsMadeAnewAfterItsTime() {
        X509Certificate target = target("a.example.com");
        find(target);
        now += Leaves.STAY.toNanos() - 1;
        find(target);
        assertEquals(1, leaves.made());
        now += 1;
        find(target);
        assertEquals(2, leaves.made());
    }

    @Test
    void leavesUsedLastAreKept() {
        X509Certificate first = target("a.example.com");
        X509Certificate second = target("b.example.com");
        find(first);
        find(second);
        IntStream.range(0, Leaves.MOST - 2).forEach(number -> find(target(number + ".example.com")));
        find(first);
        find(target("one.too.many.example.com"));
        long before = leaves.made();
        find(first);
        assertEquals(before, leaves.made());
        find(second);
        assertEquals(before + 1, leaves.made());
    }

    @Test
    void largeCertificatesAreNotKept() {
        X509Certificate large = target("a.example.com", 1000);
        find(large);
        find(large);
        assertEquals(2, leaves.made());
    }

    private X509Certificate target(String name, int more) {
        return internet.leaf(IntStream.rangeClosed(0, more).mapToObj(number -> name + number).toArray(String[]::new))
                .certificate();
    }

    @Test
    void tooManyAtOnceAreRefused() {
        List<X509Certificate> targets = IntStream.rangeClosed(0, Leaves.MOST_UNDER_WAY)
                .mapToObj(number -> target(number + ".example.com")).toList();
        targets.forEach(target -> leaves.find(target, answers::add));
        assertEquals(List.of(new Leaves.Answer.Refused("too many certificates are being made")), answers);
        leaves.find(targets.getFirst(), answers::add);
        work();
        assertEquals(Leaves.MOST_UNDER_WAY + 2, answers.size());
        find(targets.getLast());
    }

    @Test
    void executorThatIsFullRefuses() {
        Leaves stopped = new Leaves(maker, _ -> {
            throw new RejectedExecutionException();
        }, () -> now);
        stopped.find(target("a.example.com"), answers::add);
        assertEquals(List.of(new Leaves.Answer.Refused("too many certificates are being made")), answers);
        stopped.find(target("a.example.com"), answers::add);
        assertEquals(2, answers.size(), "nobody waits for ever");
    }
}
