package org.relayd.runtime.parent.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.link.MemoryLine;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Notice;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent.Answered;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.FailedCall;
import org.relayd.runtime.system.SystemException;

@Timeout(30)
class LineParentTest {
    private static final Request REQUEST = new Request.RebalanceFilter();

    private final MemoryLine.Ends ends = MemoryLine.Ends.holding(20_000);
    private final RecordedLog log = new RecordedLog(false);
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final LineParent parent = LineParent.start(ends.worker(), log, notices::add, this::end);
    private final ParentEnd other = new ParentEnd(ends.parent());

    private void end() {
        if (ended.getCount() == 0) {
            log.warn("the end came twice");
        }
        ended.countDown();
    }

    @AfterEach
    void close() {
        parent.close();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited in vain");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private KeptAnswer<Answered> ask() {
        KeptAnswer<Answered> answer = new KeptAnswer<>();
        parent.ask(REQUEST, answer);
        return answer;
    }

    private void refuse(Reply.Refused refused) throws IOException {
        other.answer(other.asked().number(), refused, OptionalInt.empty());
    }

    private CompletableFuture<Answered> awaiting() {
        CompletableFuture<Answered> got = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                got.complete(parent.await(REQUEST));
            } catch (IOException refused) {
                got.completeExceptionally(refused);
            }
        });
        return got;
    }

    private static String refusal(CompletableFuture<?> got) {
        return assertThrows(ExecutionException.class, () -> got.get(10, TimeUnit.SECONDS)).getCause().getMessage();
    }

    @Test
    void answersFindTheirRequestsInAnyOrder() throws Exception {
        KeptAnswer<Answered> first = ask();
        KeptAnswer<Answered> second = ask();
        Frame.Ask one = other.asked();
        Frame.Ask two = other.asked();
        other.answer(two.number(), new Reply.Missing(2), OptionalInt.empty());
        assertEquals(new Reply.Missing(2), second.value().reply());
        assertTrue(first.isOpen());
        other.answer(one.number(), new Reply.Missing(1), OptionalInt.empty());
        assertEquals(new Reply.Missing(1), first.value().reply());
        assertEquals(List.of(REQUEST, REQUEST), other.requests());
    }

    @Test
    void aDescriptorComesWithTheAnswer() throws Exception {
        Passed passed = Passed.open();
        KeptAnswer<Answered> answer = ask();
        other.answer(other.asked().number(), new Reply.Socket(), passed.descriptor());
        assertEquals(passed.descriptor(), answer.value().descriptor());
        assertFalse(passed.isClosed());
        LineParent.discard(passed.descriptor());
        assertTrue(passed.isClosed());
    }

    @Test
    void twoThreadsGetTheirOwnAnswers() throws Exception {
        CompletableFuture<Answered> first = awaiting();
        int one = other.asked().number();
        CompletableFuture<Answered> second = awaiting();
        int two = other.asked().number();
        other.answer(two, new Reply.Missing(2), OptionalInt.empty());
        assertEquals(new Reply.Missing(2), second.get(10, TimeUnit.SECONDS).reply());
        other.answer(one, new Reply.Missing(1), OptionalInt.empty());
        assertEquals(new Reply.Missing(1), first.get(10, TimeUnit.SECONDS).reply());
    }

    @Test
    void refusalsAreTheExceptionsThatTheProcessOfTheRightsWouldThrow() throws Exception {
        KeptAnswer<Answered> plain = ask();
        refuse(new Reply.Refused(Optional.empty(), "another relayd is running", false));
        assertEquals(IOException.class, plain.refusal().getClass());
        assertEquals("another relayd is running", plain.refusal().getMessage());

        KeptAnswer<Answered> system = ask();
        refuse(new Reply.Refused(Optional.of(ErrorName.EADDRINUSE.linux()), "Address already in use", false));
        assertTrue(assertInstanceOf(SystemException.class, system.refusal()).errno().is(ErrorName.EADDRINUSE));
        assertEquals("Address already in use", system.refusal().getMessage());

        KeptAnswer<Answered> worded = ask();
        refuse(new Reply.Refused(Optional.of(ErrorName.EPERM.linux()), "no table: Operation not permitted", false));
        assertEquals("no table: Operation not permitted", worded.refusal().getMessage());
        assertTrue(FailedCall.errno(worded.refusal()).orElseThrow().is(ErrorName.EPERM));

        KeptAnswer<Answered> kernel = ask();
        refuse(new Reply.Refused(Optional.of(ErrorName.EPERM.linux()), "nftables is missing", true));
        assertEquals("nftables is missing", assertInstanceOf(KernelException.class, kernel.refusal()).getMessage());
    }

    @Test
    void aThreadIsRefusedInTheSameWords() throws Exception {
        CompletableFuture<Answered> got = awaiting();
        refuse(new Reply.Refused(Optional.empty(), "not in the configuration", false));
        assertEquals("not in the configuration", refusal(got));
    }

    @Test
    void aDescriptorThatComesWithARefusalIsClosed() throws Exception {
        Passed passed = Passed.open();
        KeptAnswer<Answered> answer = ask();
        other.answer(other.asked().number(), new Reply.Refused(Optional.empty(), "no", false), passed.descriptor());
        assertEquals("no", answer.refusal().getMessage());
        assertTrue(passed.isClosed());
    }

    @Test
    void allThatWaitIsRefusedWhenTheParentDies() throws Exception {
        KeptAnswer<Answered> asked = ask();
        other.asked();
        CompletableFuture<Answered> got = awaiting();
        other.asked();
        ends.parent().close();
        assertEquals("the parent process has ended", asked.refusal().getMessage());
        assertEquals("the parent process has ended", refusal(got));
        assertTrue(ended.await(10, TimeUnit.SECONDS));
        assertEquals("the parent process has ended", ask().refusal().getMessage());
        assertEquals("the parent process has ended", refusal(awaiting()));
        parent.say(new Report.Alive());
        parent.close();
        assertEquals(List.of(), log.lines(), "whoever is told of the end speaks of it");
        assertEquals(1, asked.times());
    }

    @Test
    void whatNoFrameIsEndsTheLine() throws Exception {
        KeptAnswer<Answered> asked = ask();
        ends.worker().garble("no message has number 99");
        assertEquals("the parent process has ended", asked.refusal().getMessage());
        assertTrue(ended.await(10, TimeUnit.SECONDS));
        assertEquals(List.of("parent process: no message has number 99"), log.lines());
        assertFalse(ends.parent().offer(new Frame.Want(new Notice.Reload()), OptionalInt.empty()), "closed for both");
    }

    @Test
    void anAnswerForWhichNobodyWaitsEndsTheLine() throws Exception {
        Passed passed = Passed.open();
        KeptAnswer<Answered> asked = ask();
        other.answer(other.asked().number() + 1, new Reply.Socket(), passed.descriptor());
        assertEquals("the parent process has ended", asked.refusal().getMessage());
        assertTrue(ended.await(10, TimeUnit.SECONDS));
        assertTrue(passed.isClosed());
        assertEquals(List.of("parent process: an answer to request 2, for which nobody waits"), log.lines());
    }

    @Test
    void aSecondAnswerEndsTheLine() throws Exception {
        KeptAnswer<Answered> asked = ask();
        int number = other.asked().number();
        other.answer(number, new Reply.Done(), OptionalInt.empty());
        asked.value();
        other.answer(number, new Reply.Done(), OptionalInt.empty());
        assertTrue(ended.await(10, TimeUnit.SECONDS));
        assertEquals(1, asked.times());
    }

    @Test
    void closingRefusesWhatWaitsAndIsNoEndThatAnybodyIsToldOf() throws Exception {
        Passed late = Passed.open();
        KeptAnswer<Answered> asked = ask();
        int number = other.asked().number();
        CompletableFuture<Answered> got = awaiting();
        other.asked();
        parent.close();
        assertEquals("relayd ends", asked.refusal().getMessage());
        assertEquals("relayd ends", refusal(got));
        assertEquals("relayd ends", ask().refusal().getMessage());
        assertEquals("relayd ends", refusal(awaiting()));
        parent.say(new Report.Alive());
        other.answer(number, new Reply.Socket(), late.descriptor());
        assertTrue(late.isClosed());
        assertEquals(1, asked.times());
        assertEquals(1, ended.getCount());
        assertEquals(List.of(), log.lines());
    }

    @Test
    void anAnswerOnTheWayWhenTheLineIsClosedIsForNobody() throws Exception {
        Passed late = Passed.open();
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        parent.ask(REQUEST, new Rights.Answer<>() {
            @Override
            public void given(Answered value) {
                read.countDown();
                awaitUnchecked(closed);
            }

            @Override
            public void refused(IOException reason) {
                throw new AssertionError(reason);
            }
        });
        KeptAnswer<Answered> asked = ask();
        other.answer(other.asked().number(), new Reply.Done(), OptionalInt.empty());
        awaitUnchecked(read);
        other.answer(other.asked().number(), new Reply.Socket(), late.descriptor());
        parent.close();
        closed.countDown();
        assertEquals("relayd ends", asked.refusal().getMessage());
        await(() -> {
            try {
                return late.isClosed();
            } catch (IOException fault) {
                throw new AssertionError(fault);
            }
        });
        assertEquals(List.of(), log.lines());
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        }
    }

    @Test
    void aParentThatDoesNotAnswerIsAskedSoMuchAndNoMore() throws Exception {
        List<KeptAnswer<Answered>> asked = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            asked.add(ask());
        }
        for (KeptAnswer<Answered> refused : asked.subList(LineParent.MOST_WAITING, asked.size())) {
            assertEquals("the parent process does not answer", refused.refusal().getMessage());
        }
        CompletableFuture<Answered> thread = awaiting();
        Set<Integer> numbers = new HashSet<>();
        for (KeptAnswer<Answered> answered : asked.subList(0, LineParent.MOST_WAITING)) {
            assertTrue(answered.isOpen(), "it waits for as long as there is a parent");
            int number = other.asked().number();
            assertTrue(numbers.add(number));
            other.answer(number, new Reply.Missing(number), OptionalInt.empty());
            assertEquals(new Reply.Missing(number), answered.value().reply());
        }
        other.answer(other.asked().number(), new Reply.Done(), OptionalInt.empty());
        assertEquals(new Reply.Done(), thread.get(10, TimeUnit.SECONDS).reply(), "the others took no place from it");
        KeptAnswer<Answered> again = ask();
        other.answer(other.asked().number(), new Reply.Done(), OptionalInt.empty());
        assertEquals(new Reply.Done(), again.value().reply());
    }

    @Test
    void aFullLineRefusesWhoeverDoesNotWait() throws Exception {
        MemoryLine.Ends narrow = MemoryLine.Ends.holding(1);
        try (LineParent full = LineParent.start(narrow.worker(), log, notices::add, this::end)) {
            KeptAnswer<Answered> first = new KeptAnswer<>();
            full.ask(REQUEST, first);
            KeptAnswer<Answered> second = new KeptAnswer<>();
            full.ask(REQUEST, second);
            assertEquals("the parent process does not answer", second.refusal().getMessage());
        }
    }

    @Test
    void whatIsSaidToAParentThatDoesNotReadIsSaidLater() throws Exception {
        MemoryLine.Ends narrow = MemoryLine.Ends.holding(1000);
        List<Report> said = new ArrayList<>();
        try (LineParent full = LineParent.start(narrow.worker(), log, notices::add, this::end)) {
            for (int plan = 0; plan < Sayings.MOST + 1000; plan++) {
                said.add(new Report.Committed(plan));
                full.say(said.getLast());
            }
            full.say(new Report.Alive());
            full.say(new Report.Serving());
            assertEquals(List.of("the parent process does not read: it does not hear of Alive[] and others"),
                    log.take());
            ParentEnd slow = new ParentEnd(narrow.parent());
            for (int i = 0; i < said.size(); i++) {
                slow.next();
            }
            assertEquals(said, slow.reports());
            full.say(new Report.StopAsked());
            assertEquals(Optional.of(new Frame.Say(new Report.StopAsked())), slow.next());
            assertEquals(List.of(), log.lines());
        }
    }

    @Test
    void nothingIsKeptForAParentThatHasDied() throws Exception {
        MemoryLine.Ends narrow = MemoryLine.Ends.holding(1);
        try (LineParent full = LineParent.start(narrow.worker(), log, notices::add, this::end)) {
            full.say(new Report.Serving());
            full.say(new Report.Committed(1));
            narrow.parent().close();
            assertTrue(ended.await(10, TimeUnit.SECONDS));
            for (int i = 0; i < 2 * Sayings.MOST; i++) {
                full.say(new Report.Alive());
            }
            assertEquals(List.of(), log.lines());
        }
    }

    @Test
    void aRequestThatIsNoFrameIsRefused() throws Exception {
        LineParent exact = LineParent.start(new Line<>() {
            @Override
            public boolean offer(Frame.FromWorker frame, OptionalInt descriptor) {
                throw new IllegalArgumentException("a frame of 2 octets is longer than 1");
            }

            @Override
            public boolean send(Frame.FromWorker frame, OptionalInt descriptor) {
                return offer(frame, descriptor);
            }

            @Override
            public boolean isClosed() {
                return ends.worker().isClosed();
            }

            @Override
            public Optional<Line.Arrived<Frame.FromParent>> receive() throws IOException {
                return ends.worker().receive();
            }

            @Override
            public void close() {
                ends.worker().close();
            }
        }, log, notices::add, this::end);
        KeptAnswer<Answered> answer = new KeptAnswer<>();
        exact.ask(REQUEST, answer);
        assertEquals("a frame of 2 octets is longer than 1", answer.refusal().getMessage());
        assertEquals("a frame of 2 octets is longer than 1",
                assertThrows(IOException.class, () -> exact.await(REQUEST)).getMessage());
        exact.close();
    }

    @Test
    void noticesComeInOrder() throws Exception {
        List<Notice> wanted = List.of(new Notice.Reload(), new Notice.Reopen(),
                new Notice.Stop(Duration.ofSeconds(5)));
        wanted.forEach(notice -> ends.parent().offer(new Frame.Want(notice), OptionalInt.empty()));
        await(() -> notices.size() == 3);
        assertEquals(wanted, notices);
    }

    @Test
    void aDescriptorWithANoticeEndsTheLine() throws Exception {
        Passed passed = Passed.open();
        ends.parent().offer(new Frame.Want(new Notice.Reload()), passed.descriptor());
        assertTrue(ended.await(10, TimeUnit.SECONDS));
        assertTrue(passed.isClosed());
        assertEquals(List.of("parent process: a descriptor came with Reload[]"), log.lines());
        assertEquals(List.of(), notices);
    }

    @Test
    void oneThatDoesBadlyWithItsAnswerTakesItFromNobodyElse() throws Exception {
        parent.ask(REQUEST, new Rights.Answer<>() {
            @Override
            public void given(Answered value) {
                throw new IllegalStateException("a fault");
            }

            @Override
            public void refused(IOException reason) {
                throw new AssertionError(reason);
            }
        });
        KeptAnswer<Answered> second = ask();
        other.answer(other.asked().number(), new Reply.Done(), OptionalInt.empty());
        other.answer(other.asked().number(), new Reply.Done(), OptionalInt.empty());
        assertEquals(new Reply.Done(), second.value().reply());
        assertEquals(List.of("answer of the parent process: java.lang.IllegalStateException: a fault"), log.lines());
    }

    @Test
    void threadsThatBringAnswersOrServeSocketsMustNotWait() throws Exception {
        CompletableFuture<Throwable> onReader = new CompletableFuture<>();
        parent.ask(REQUEST, new Rights.Answer<>() {
            @Override
            public void given(Answered value) {
                onReader.complete(assertThrows(IllegalStateException.class, () -> parent.await(REQUEST)));
            }

            @Override
            public void refused(IOException reason) {
                onReader.completeExceptionally(reason);
            }
        });
        other.answer(other.asked().number(), new Reply.Done(), OptionalInt.empty());
        onReader.get(10, TimeUnit.SECONDS);
        CompletableFuture<Throwable> onLoop = new CompletableFuture<>();
        new DefaultThreadFactory("loop").newThread(() -> onLoop
                .complete(assertThrows(IllegalStateException.class, () -> parent.await(REQUEST)))).start();
        onLoop.get(10, TimeUnit.SECONDS);
    }

    @Test
    void anInterruptedThreadStillGetsItsAnswer() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<Reply> got = new CompletableFuture<>();
        Thread waiter = Thread.ofPlatform().daemon().start(() -> {
            try {
                got.complete(parent.await(REQUEST).reply());
                interrupted.complete(Thread.currentThread().isInterrupted());
            } catch (IOException refused) {
                got.completeExceptionally(refused);
            }
        });
        int number = other.asked().number();
        waiter.interrupt();
        other.answer(number, new Reply.Done(), OptionalInt.empty());
        assertEquals(new Reply.Done(), got.get(10, TimeUnit.SECONDS));
        assertTrue(interrupted.get(10, TimeUnit.SECONDS));
    }
}
