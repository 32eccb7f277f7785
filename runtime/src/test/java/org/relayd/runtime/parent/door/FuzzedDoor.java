package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RelayNode;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.link.MemoryLine;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.tls.OctetString;

/** A door at which one worker after the other says whatever a fuzzer likes. Nothing of the system is changed. */
public final class FuzzedDoor implements AutoCloseable {
    private static final int ROOM = 1 << 16;
    /** How lines begin that a door in order writes. */
    private static final List<String> REFUSALS = List.of("worker asked for what the configuration does not say: ",
            "worker asks faster than it can be answered: ", "worker said what cannot be: ", "worker: ");
    private static final Path OPEN = Path.of("/proc/self/fd");

    private final RecordedLog log = new RecordedLog(false);
    private final StubRights rights = new StubRights();
    private final ListeningStore sockets = new ListeningStore(rights, rights);
    private final Door door = new Door(new Door.Parts(rights, sockets, new KnownStates(), new SamePlan(),
            new OpenDoor.Keys(), _ -> {}, log));

    /** Gives the same plan under another number each time. */
    private static final class SamePlan implements PlanDesk {
        private final Plan plan = new DoorPlans("/dev/null").relay(DoorPlans.logged(80, "/var/log/a"))
                .relay(DoorPlans.inspecting(443)).relay(new Paths().port(53).dns())
                .relay(new Paths().port(81).transparent())
                .relay(DoorPlans.from(RelayNode.TargetSource.NAT_LOOKUP, 82)).build();
        private int last;

        private Offer next() {
            return new Offer(++last, new OctetString(new byte[0]), plan, "/var/run/relayd.sock");
        }

        @Override
        public void first(Taker taker) {
            last = 0;
            taker.given(next());
        }

        @Override
        public void reload(Optional<String> file, Taker taker) {
            if (file.isPresent()) {
                taker.refused(List.of("no"));
            } else {
                taker.given(next());
            }
        }

        @Override
        public void committed(int number) {
            // The door decides.
        }

        @Override
        public void abandoned(int number) {
            // The door decides.
        }
    }

    /** Makes the door. */
    public FuzzedDoor() {
        // All of it is in the fields.
    }

    /**
     * A worker begins, says that, and ends. Each of its requests is answered once, and no descriptor is left that is
     * not stored.
     */
    public void serve(List<Frame.FromWorker> frames) {
        MemoryLine.Ends ends = MemoryLine.Ends.holding(ROOM);
        Thread server = Thread.ofPlatform().daemon().start(() -> serve(ends.parent()));
        List<Integer> asked = new ArrayList<>(List.of(-1));
        ends.worker().send(new Frame.Ask(-1, new Request.First()), OptionalInt.empty());
        for (Frame.FromWorker frame : frames) {
            if (frame instanceof Frame.Ask(int number, Request _)) {
                asked.add(number);
            }
            assertTrue(ends.worker().send(frame, OptionalInt.empty()));
        }
        List<Integer> answered = new ArrayList<>();
        while (answered.size() < asked.size()) {
            answered.add(answer(ends.worker()));
        }
        assertEquals(asked.stream().sorted().toList(), answered.stream().sorted().toList());
        ends.worker().close();
        try {
            assertTrue(server.join(Duration.ofSeconds(10)));
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        }
        List<String> lines = log.take();
        assertTrue(lines.stream().allMatch(line -> REFUSALS.stream().anyMatch(line::startsWith)),
                () -> "the door has a fault: " + lines);
    }

    private void serve(Line<Frame.FromParent, Frame.FromWorker> line) {
        try {
            door.serve(line);
        } catch (IOException garbage) {
            log.warn("garbage: " + garbage);
        }
    }

    private static int answer(Line<Frame.FromWorker, Frame.FromParent> line) {
        try {
            Line.Arrived<Frame.FromParent> arrived = line.receive().orElseThrow();
            arrived.descriptor().ifPresent(descriptor -> new OpenSocket.Descriptor(descriptor).discard());
            return ((Frame.Answer) arrived.frame()).number();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Returns how many descriptors of {@code /dev/null} this process has that are not stored. */
    public long left() throws IOException {
        try (Stream<Path> all = Files.list(OPEN)) {
            return all.filter(FuzzedDoor::isStub).count() - sockets.all().size();
        }
    }

    private static boolean isStub(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).equals(Path.of("/dev/null"));
        } catch (IOException closed) {
            return false;
        }
    }

    @Override
    public void close() {
        sockets.close();
        door.close();
    }
}
