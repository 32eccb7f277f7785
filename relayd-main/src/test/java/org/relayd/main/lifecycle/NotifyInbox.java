package org.relayd.main.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.relayd.runtime.parent.link.linux.Message;
import org.relayd.runtime.system.linux.Descriptors;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

/** Stands in for systemd: gets what a daemon says of itself, and the sockets that it would have kept. */
final class NotifyInbox implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int socket;
    private final List<Integer> kept = new ArrayList<>();
    private final List<String> came = new ArrayList<>();

    private NotifyInbox(int socket) {
        this.socket = socket;
    }

    /** Binds a name in the file system. */
    static NotifyInbox open(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment name = arena.allocate(110);
            name.set(ValueLayout.JAVA_SHORT, 0, (short) SocketNumbers.AF_UNIX);
            name.setString(2, path.toString());
            int socket = LinuxCalls.socket(state, SocketNumbers.AF_UNIX, SocketNumbers.DGRAM, 0);
            assertEquals(0, LinuxCalls.bind(state, socket, name, 110));
            return new NotifyInbox(socket);
        }
    }

    /** Takes what has come. */
    private void take() {
        Message message = new Message();
        Message.Received next = message.receive(socket, 4096, true);
        while (next.count() > 0) {
            next.descriptor().ifPresent(kept::add);
            byte[] octets = new byte[next.count()];
            message.get(octets, 0, octets.length);
            came.addAll(new String(octets, StandardCharsets.UTF_8).lines().toList());
            next = message.receive(socket, 4096, true);
        }
    }

    /** Waits for a line that begins so, and forgets it with all before. Returns it. */
    String await(String start) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            take();
            for (int i = 0; i < came.size(); i++) {
                if (came.get(i).startsWith(start)) {
                    String line = came.get(i);
                    came.subList(0, i + 1).clear();
                    return line;
                }
            }
            LockSupport.parkNanos(2_000_000);
        }
        return fail("no " + start + " but " + came);
    }

    /** Returns the descriptors that are kept. */
    List<Integer> kept() {
        take();
        return List.copyOf(kept);
    }

    @Override
    public void close() throws IOException {
        for (int descriptor : kept) {
            Descriptors.close(descriptor);
        }
        Descriptors.close(socket);
    }
}
