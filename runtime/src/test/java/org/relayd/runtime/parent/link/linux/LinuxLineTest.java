package org.relayd.runtime.parent.link.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.relayd.runtime.parent.codec.FromParentCodec;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.link.Line.Arrived;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Frame.Answer;
import org.relayd.runtime.parent.message.Frame.Ask;
import org.relayd.runtime.parent.message.Frame.FromParent;
import org.relayd.runtime.parent.message.Frame.FromWorker;
import org.relayd.runtime.parent.message.Frame.Say;
import org.relayd.runtime.parent.message.Frame.Want;
import org.relayd.runtime.parent.message.Notice;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.tls.OctetString;

/** Two ends that both keep to the rules. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxLineTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    private final SocketPair pair = open();
    private final Line<FromParent, FromWorker> parent = LinuxLine.parent(pair.parent());
    private final Line<FromWorker, FromParent> worker = LinuxLine.worker(pair.worker());

    static SocketPair open() {
        try {
            return SocketPair.open();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @AfterEach
    void close() {
        parent.close();
        worker.close();
    }

    private static FromWorker ask(int number) {
        return new Ask(number, new Request.First());
    }

    private static FromParent answer(int number, int octets) {
        return new Answer(number, new Reply.Octets(new OctetString(new byte[octets])));
    }

    /** Each on a thread of its own: they wait for each other. */
    private static CompletableFuture<Void> running(Runnable work) {
        return CompletableFuture.runAsync(work, Thread.ofPlatform().daemon()::start);
    }

    private static <T> CompletableFuture<T> supplying(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread.ofPlatform().daemon()::start);
    }

    @Test
    void framesArriveInBothDirections() throws IOException {
        assertTrue(worker.offer(ask(7), NONE));
        assertEquals(Optional.of(new Arrived<>(ask(7), NONE)), parent.receive());
        FromParent answer = new Answer(7, new Reply.PlanRefused(List.of("relayd.conf:1: no")));
        assertTrue(parent.send(answer, NONE));
        assertEquals(Optional.of(new Arrived<>(answer, NONE)), worker.receive());
    }

    @Test
    void theLongestFramesArrive() throws IOException {
        FromParent bundle = new Answer(1, new Reply.Bundle(1, new OctetString(
                new byte[FromParentCodec.LIMIT - 14])));
        parent.send(bundle, NONE);
        parent.send(new Want(new Notice.Reload()), NONE);
        assertEquals(bundle, worker.receive().orElseThrow().frame());
        assertEquals(new Want(new Notice.Reload()), worker.receive().orElseThrow().frame());
    }

    @Test
    void eachDescriptorArrivesWithItsFrameAmongManyOthers() throws IOException {
        int count = 300;
        RawEnd[] ours = new RawEnd[count];
        CompletableFuture<Void> sending = running(() -> IntStream.range(0, count).forEach(i -> {
            SocketPair passed = open();
            ours[i] = new RawEnd(passed.parent());
            parent.send(answer(i, i * 100), NONE);
            parent.send(new Answer(i, new Reply.EchoSocket(i % 2 == 0)), OptionalInt.of(passed.worker()));
        }));
        for (int i = 0; i < count; i++) {
            assertEquals(new Arrived<>(answer(i, i * 100), NONE), worker.receive().orElseThrow());
            Arrived<FromParent> arrived = worker.receive().orElseThrow();
            assertEquals(new Answer(i, new Reply.EchoSocket(i % 2 == 0)), arrived.frame());
            try (RawEnd end = new RawEnd(arrived.descriptor().orElseThrow())) {
                end.send(new byte[]{(byte) i});
            }
        }
        sending.join();
        for (int i = 0; i < count; i++) {
            try (RawEnd end = ours[i]) {
                assertArrayEquals(new byte[]{(byte) i}, end.receive());
                assertArrayEquals(new byte[0], end.receive(), "nobody else has it open");
            }
        }
    }

    @Test
    void bothDirectionsMayBeFullAtOnce() throws Exception {
        int count = 400;
        FromWorker large = new Ask(1, new Request.SignLeaf(1, new OctetString(new byte[100_000])));
        CompletableFuture<Void> down = running(
                () -> IntStream.range(0, count).forEach(i -> assertTrue(parent.send(answer(i, 100_000), NONE))));
        CompletableFuture<Void> up = running(
                () -> IntStream.range(0, count).forEach(_ -> assertTrue(worker.send(large, NONE))));
        assertThrows(TimeoutException.class, () -> down.get(200, TimeUnit.MILLISECONDS));
        CompletableFuture<Integer> arrived = supplying(() -> drained(parent, count));
        assertEquals(count, drained(worker, count));
        assertEquals(count, arrived.get());
        down.get();
        up.get();
    }

    private static int drained(Line<?, ?> line, int count) {
        try {
            int arrived = 0;
            while (arrived < count && line.receive().isPresent()) {
                arrived++;
            }
            return arrived;
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
    }

    @Test
    void whoeverDoesNotReadIsOfferedNoMoreInTheEnd() {
        int offered = 0;
        while (parent.offer(answer(1, 1000), NONE)) {
            offered++;
            assertTrue(offered < 10_000, "4 MiB, and what is in the socket");
        }
        assertTrue(offered > 4000, "so much must find room: " + offered);
        assertFalse(parent.isClosed(), "it may read again");
        SocketPair passed = open();
        assertFalse(parent.offer(new Answer(1, new Reply.Socket()), OptionalInt.of(passed.parent())));
        assertClosed(passed.worker());
    }

    @Test
    void manySmallFramesAreTooManyInTheEnd() {
        int offered = 0;
        while (worker.offer(new Say(new Report.Alive()), NONE)) {
            offered++;
            assertTrue(offered < WaitingFrames.FRAMES * 2);
        }
        assertTrue(offered >= WaitingFrames.FRAMES);
    }

    @Test
    void aSenderGoesOnWhenTheOtherEndReads() throws Exception {
        CompletableFuture<Void> sending = running(
                () -> IntStream.range(0, 100).forEach(i -> assertTrue(parent.send(answer(i, 100_000), NONE))));
        assertThrows(TimeoutException.class, () -> sending.get(200, TimeUnit.MILLISECONDS));
        assertEquals(100, drained(worker, 100));
        sending.get();
    }

    @Test
    void aSenderThatWaitsIsToldOfTheEnd() throws Exception {
        CompletableFuture<Boolean> sending = supplying(() -> {
            boolean sent = true;
            while (sent) {
                sent = parent.send(answer(1, 100_000), NONE);
            }
            return sent;
        });
        assertThrows(TimeoutException.class, () -> sending.get(200, TimeUnit.MILLISECONDS));
        parent.close();
        assertFalse(sending.get());
        assertTrue(parent.isClosed());
    }

    @Test
    void closeWakesWhoeverReceives() throws Exception {
        CompletableFuture<Optional<Arrived<FromWorker>>> receiving = supplying(
                () -> received(parent));
        assertThrows(TimeoutException.class, () -> receiving.get(100, TimeUnit.MILLISECONDS));
        parent.close();
        assertEquals(Optional.empty(), receiving.get());
        assertEquals(Optional.empty(), parent.receive());
        assertEquals(Optional.empty(), worker.receive());
    }

    private static <I extends Frame> Optional<Arrived<I>> received(Line<?, I> line) {
        try {
            return line.receive();
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
    }

    @Test
    void whatWasSentBeforeTheEndArrives() throws Exception {
        CompletableFuture<Integer> arrived = supplying(() -> drained(worker, 1000));
        for (int i = 0; i < 50; i++) {
            parent.send(answer(i, 100_000), NONE);
        }
        parent.close();
        assertEquals(50, arrived.get());
    }

    @Test
    void theEndComesWithinTwoSecondsThoughNobodyReads() {
        SocketPair passed = open();
        while (parent.offer(answer(1, 100_000), NONE)) {
            // Until no more is taken.
        }
        long begun = System.nanoTime();
        parent.close();
        assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(2));
        assertFalse(parent.offer(new Answer(1, new Reply.Socket()), OptionalInt.of(passed.parent())));
        assertClosed(passed.worker());
    }

    @Test
    void whatFollowsADeadEndIsClosed() throws Exception {
        worker.close();
        assertEquals(Optional.empty(), parent.receive());
        boolean sent = true;
        while (sent) {
            SocketPair passed = open();
            sent = parent.offer(new Answer(1, new Reply.Socket()), OptionalInt.of(passed.parent()));
            assertClosed(passed.worker());
        }
    }

    @Test
    void anEndThatDiesWithUnreadFramesIsAnEndAndNoFault() throws IOException {
        parent.offer(new Want(new Notice.Reload()), NONE);
        worker.offer(ask(1), NONE);
        assertEquals(ask(1), parent.receive().orElseThrow().frame());
        worker.close();
        assertEquals(Optional.empty(), parent.receive());
    }

    @Test
    void aDescriptorTooManyOrTooFewIsAFaultOfTheSender() {
        SocketPair passed = open();
        assertThrows(IllegalArgumentException.class,
                () -> parent.offer(new Answer(1, new Reply.Done()), OptionalInt.of(passed.parent())));
        assertClosed(passed.worker());
        assertThrows(IllegalArgumentException.class, () -> parent.send(new Answer(1, new Reply.Socket()), NONE));
    }

    /** Waits until nobody has the other end open; closes this one. */
    static void assertClosed(int number) {
        try (RawEnd end = new RawEnd(number)) {
            assertArrayEquals(new byte[0], end.receive());
        }
    }
}
