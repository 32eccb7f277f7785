package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.plan.Plan;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.link.MemoryLine;
import org.relayd.runtime.parent.link.linux.LinuxLine;
import org.relayd.runtime.parent.link.linux.SocketPair;
import org.relayd.runtime.parent.local.LocalRights;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.tls.OctetString;

/** A door with the rights of the tests' process, and a worker that says what a test wants it to say. */
final class OpenDoor implements AutoCloseable {
    final RecordedLog log = new RecordedLog(false);
    final List<Report> reports = new CopyOnWriteArrayList<>();
    final KnownStates states = new KnownStates();
    final Plans plans = new Plans();
    final Keys keys = new Keys();
    final ListeningStore sockets;
    final Door door;
    private final LocalRights rights;
    private Line<Frame.FromWorker, Frame.FromParent> worker;
    private Thread server;
    private int number;

    /** Opens it; the kernel is a file. */
    OpenDoor(Path kernel) {
        rights = new LocalRights(new KernelImage.Recorded(kernel.toString(), List.of()),
                new Random(1), SocketKind.NATIVE, NatLookup.none());
        sockets = new ListeningStore(rights.relays(), rights.files());
        door = new Door(new Door.Parts(rights, sockets, states, plans, keys, reports::add, log));
        connect(10_000);
    }

    /** What is compiled is what the test has said. */
    static final class Plans implements PlanDesk {
        final Deque<Offer> offers = new ArrayDeque<>();
        final List<String> heard = new CopyOnWriteArrayList<>();

        /** The next plan that is asked for. */
        void add(int number, Plan plan, String control) {
            offers.add(new Offer(number, new OctetString(new byte[]{1, 2, 3}), plan, control));
        }

        @Override
        public void first(Taker taker) {
            give(taker);
        }

        private void give(Taker taker) {
            Optional.ofNullable(offers.poll()).ifPresentOrElse(taker::given, () -> taker.refused(List.of("no file")));
        }

        @Override
        public void reload(Optional<String> file, Taker taker) {
            give(taker);
        }

        @Override
        public void committed(int plan) {
            heard.add("committed " + plan);
        }

        @Override
        public void abandoned(int plan) {
            heard.add("abandoned " + plan);
        }
    }

    /** Answers with the number of the request. */
    static final class Keys implements KeyDesk {
        final List<Request.OfKeys> asked = new CopyOnWriteArrayList<>();
        final List<Set<String>> kept = new CopyOnWriteArrayList<>();
        final AtomicInteger ends = new AtomicInteger();

        @Override
        public Given answer(Request.OfKeys request, Set<PlanAuthority> authorities) throws IOException {
            asked.add(request);
            if (request instanceof Request.SignLeaf(int key, var _) && key != 1) {
                throw new IOException("no key " + key);
            }
            return Given.alone(new Reply.Key(1, "print"));
        }

        @Override
        public void keepOnly(Set<String> files) {
            kept.add(files);
        }

        @Override
        public void ended() {
            ends.incrementAndGet();
        }
    }

    /** A worker comes, whose line takes so many frames. */
    void connect(int holding) {
        MemoryLine.Ends ends = MemoryLine.Ends.holding(holding);
        connect(ends.worker(), ends.parent());
    }

    /** A worker comes over a socket, as outside of tests. */
    void connectOverSocket() throws IOException {
        SocketPair pair = SocketPair.open();
        connect(LinuxLine.worker(pair.worker()), LinuxLine.parent(pair.parent()));
    }

    private void connect(Line<Frame.FromWorker, Frame.FromParent> near, Line<Frame.FromParent, Frame.FromWorker> far) {
        worker = near;
        server = Thread.ofPlatform().daemon().start(() -> {
            try {
                door.serve(far);
            } catch (IOException garbage) {
                log.warn("ended: " + garbage.getMessage());
            }
        });
    }

    Line<Frame.FromWorker, Frame.FromParent> worker() {
        return worker;
    }

    /** The worker dies. */
    void die() {
        worker.close();
        try {
            server.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        }
    }

    /** Begins with a plan. */
    Reply.Start begin(Plan plan, String control) throws IOException {
        plans.add(1, plan, control);
        return assertInstanceOf(Reply.Start.class, ask(new Request.First()));
    }

    /** Says something, after everything before it. */
    void say(Report report) {
        assertTrue(worker.send(new Frame.Say(report), OptionalInt.empty()));
    }

    /** Sends a request; its answer is not waited for. */
    int send(Request request) {
        int asked = ++number;
        assertTrue(worker.send(new Frame.Ask(asked, request), OptionalInt.empty()));
        return asked;
    }

    /** Asks and waits for the answer, whose descriptor is closed. */
    Reply ask(Request request) throws IOException {
        Line.Arrived<Frame.FromParent> answer = answer(request);
        answer.descriptor().ifPresent(descriptor -> new OpenSocket.Descriptor(descriptor).discard());
        return ((Frame.Answer) answer.frame()).reply();
    }

    /** Asks and waits for the answer. */
    Line.Arrived<Frame.FromParent> answer(Request request) throws IOException {
        int asked = send(request);
        Line.Arrived<Frame.FromParent> next = worker.receive().orElseThrow();
        while (!(next.frame() instanceof Frame.Answer(int of, Reply _) && of == asked)) {
            next.descriptor().ifPresent(descriptor -> new OpenSocket.Descriptor(descriptor).discard());
            next = worker.receive().orElseThrow();
        }
        return next;
    }

    /** Asks for a socket and keeps it. */
    int socket(Request request) throws IOException {
        Line.Arrived<Frame.FromParent> answer = answer(request);
        return answer.descriptor().orElseThrow(() -> new AssertionError(answer.frame().toString()));
    }

    /** Waits until the door has heard all that was said. */
    void settle() throws IOException {
        ask(new Request.RemoveControl("nothing", "nothing"));
    }

    List<String> logged() {
        return new ArrayList<>(log.lines());
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited in vain");
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        die();
        sockets.close();
        door.close();
        rights.close();
    }
}
