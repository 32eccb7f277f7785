package org.relayd.main.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.plan.Plan;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.door.Door;
import org.relayd.runtime.parent.door.KnownStates;
import org.relayd.runtime.parent.door.ListeningStore;
import org.relayd.runtime.parent.door.PlanDesk;
import org.relayd.runtime.parent.keys.KeyKeeper;
import org.relayd.runtime.parent.keys.linux.UnixStream;
import org.relayd.runtime.parent.link.linux.LinuxLine;
import org.relayd.runtime.parent.link.linux.SocketPair;
import org.relayd.runtime.parent.local.LocalKeys;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.LineParent;
import org.relayd.runtime.parent.remote.RemoteRights;
import org.relayd.runtime.tls.OctetString;

/** A door for one plan, and the rights that a worker has by it. */
final class OfferedPlan implements AutoCloseable {
    private final RecordedLog log = new RecordedLog(false);
    private final ListeningStore sockets;
    private final Door door;
    private final Thread server;
    private final LineParent parent;
    private final NotedParent noted;
    private final RemoteRights asked;

    /** Offers a plan; rights behind the door are closed with it. */
    OfferedPlan(Plan plan, Rights behind) throws IOException {
        sockets = new ListeningStore(behind.relays(), behind.files());
        door = new Door(new Door.Parts(behind, sockets, new KnownStates(), new Desk(plan),
                new KeyKeeper(UnixStream::open, log, System::nanoTime), _ -> {}, log));
        SocketPair pair = SocketPair.open();
        server = Thread.ofPlatform().daemon().start(() -> {
            try {
                door.serve(LinuxLine.parent(pair.parent()));
            } catch (IOException garbage) {
                log.warn(garbage.getMessage());
            }
        });
        parent = LineParent.start(LinuxLine.worker(pair.worker()), log, _ -> {}, () -> {});
        noted = new NotedParent(parent);
        asked = new RemoteRights(noted, behind.pid(), new LocalKeys());
        parent.await(new Request.First());
        asked.images().know(1, plan.kernel().image(), plan.routes().image());
        asked.images().commit(1);
    }

    /** Gives out the plan whatever is asked for. */
    private record Desk(Plan plan) implements PlanDesk {
        @Override
        public void first(Taker taker) {
            taker.given(new Offer(1, new OctetString(new byte[0]), plan, "/var/run/relayd.sock"));
        }

        @Override
        public void reload(Optional<String> file, Taker taker) {
            taker.refused(List.of("there is one plan"));
        }

        @Override
        public void committed(int number) {
            // There is no other.
        }

        @Override
        public void abandoned(int number) {
            // There is no other.
        }
    }

    /** Returns what the worker may do. */
    Rights rights() {
        return asked;
    }

    /** Returns the names of requests that were made. */
    Set<String> requests() {
        return noted.requests();
    }

    /** Returns what both sides had to say. */
    List<String> log() {
        return log.lines();
    }

    @Override
    public void close() {
        parent.close();
        try {
            server.join(Duration.ofSeconds(10));
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        }
        door.close();
        sockets.close();
    }
}
