package org.relayd.runtime.parent.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.relayd.ir.net.IpAddress;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.link.MemoryLine;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent.Answered;

/** A worker that waits for a few answers, and a parent that says whatever it is told to say. */
public final class FuzzedParent {
    /** Numbers of requests that wait: from 1. */
    private static final int WAITING = 5;
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("192.0.2.1", 80);
    private static final ScriptRun RUN = new ScriptRun("/bin/check", "www.example.com", Duration.ofSeconds(1));

    private FuzzedParent() {}

    /**
     * A frame of the parent.
     *
     * @param carries
     *            whether a descriptor comes with it
     */
    public record Said(Frame.FromParent frame, boolean carries) {

        /** Most answers are those to requests that wait. */
        private Frame.FromParent near() {
            return switch (frame) {
                case Frame.Answer(int number, Reply reply)
                        -> new Frame.Answer(1 + Math.floorMod(number, WAITING + 1), reply);
                case Frame.Want want -> want;
            };
        }
    }

    /**
     * Says all, then ends.
     *
     * @return what is wrong with the worker after that
     */
    public static List<String> say(List<Said> all) throws IOException {
        MemoryLine.Ends ends = MemoryLine.Ends.holding(1000);
        RecordedLog log = new RecordedLog(false);
        CountDownLatch ended = new CountDownLatch(1);
        LineParent parent = LineParent.start(ends.worker(), log, _ -> {}, ended::countDown);
        List<KeptAnswer<?>> answers = ask(parent);
        List<Passed> passed = new ArrayList<>();
        for (Said said : all) {
            OptionalInt descriptor = OptionalInt.empty();
            if (said.carries()) {
                passed.add(Passed.open());
                descriptor = passed.getLast().descriptor();
            }
            ends.parent().send(said.near(), descriptor);
        }
        ends.parent().close();
        List<String> faults = new ArrayList<>();
        if (!waited(ended)) {
            faults.add("nobody was told of the end");
        }
        discardRest(ends.worker());
        for (KeptAnswer<?> answer : answers) {
            if (answer.times() != 1) {
                faults.add("answered " + answer.times() + " times");
            }
            answer.now().ifPresent(FuzzedParent::close);
        }
        for (Passed one : passed) {
            if (!one.isClosed()) {
                faults.add("a descriptor is left open");
            }
            one.end();
        }
        if (log.lines().size() > 1) {
            faults.addAll(log.lines());
        }
        return faults;
    }

    private static List<KeptAnswer<?>> ask(LineParent parent) {
        RemoteRelays relays = new RemoteRelays(parent);
        RemoteChecks checks = new RemoteChecks(parent);
        KeptAnswer<OpenSocket> foreign = new KeptAnswer<>();
        relays.openForeign(IpAddress.of(ADDRESS.getAddress()), foreign);
        KeptAnswer<Optional<InetSocketAddress>> meant = new KeptAnswer<>();
        relays.natLookup(ADDRESS, ADDRESS, meant);
        KeptAnswer<ScriptEnd> script = new KeptAnswer<>();
        checks.runScript(RUN, script::given);
        KeptAnswer<Answered> any = new KeptAnswer<>();
        parent.ask(new Request.OpenKeyStream(), any);
        KeptAnswer<Answered> waiting = new KeptAnswer<>();
        parent.ask(new Request.RepairRoutes(), waiting);
        return List.of(foreign, meant, script, any, waiting);
    }

    /** The system closes what is in a socket that is closed. */
    private static void discardRest(Line<Frame.FromWorker, Frame.FromParent> line) throws IOException {
        Optional<Line.Arrived<Frame.FromParent>> next = line.receive();
        while (next.isPresent()) {
            LineParent.discard(next.get().descriptor());
            next = line.receive();
        }
    }

    private static boolean waited(CountDownLatch ended) {
        try {
            return ended.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        }
    }

    private static void close(Object value) {
        if (value instanceof OpenSocket socket) {
            socket.discard();
        } else if (value instanceof Answered answered) {
            LineParent.discard(answered.descriptor());
        }
    }
}
