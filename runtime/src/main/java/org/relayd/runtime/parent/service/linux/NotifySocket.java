package org.relayd.runtime.parent.service.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.relayd.runtime.parent.link.linux.Message;
import org.relayd.runtime.parent.service.Mailbox;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.Descriptors;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

/** The socket of the service manager that {@code NOTIFY_SOCKET} names. Has one of its own only while it sends. */
public final class NotifySocket implements Mailbox {
    private static final String VARIABLE = "NOTIFY_SOCKET";

    private final UnixName name;

    private NotifySocket(UnixName name) {
        this.name = name;
    }

    /** Returns the one that the environment names, or none. */
    public static Mailbox of(Map<String, String> environment) {
        String name = environment.getOrDefault(VARIABLE, "");
        return name.isEmpty() ? Mailbox.none() : new NotifySocket(new UnixName(name));
    }

    @Override
    public void send(String text, List<Integer> descriptors) throws IOException {
        if (descriptors.size() > 1) {
            throw new IllegalArgumentException("one descriptor at a time");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            UnixName.Address address = name.address(arena);
            int socket = checked(LinuxCalls.socket(state, SocketNumbers.AF_UNIX, SocketNumbers.DGRAM, 0));
            try {
                checked(LinuxCalls.connect(state, socket, address.octets(), address.length()));
                byte[] octets = text.getBytes(StandardCharsets.UTF_8);
                Message message = new Message();
                message.put(0, octets, 0, octets.length);
                checked(message.send(socket, 0, octets.length,
                        descriptors.stream().mapToInt(Integer::intValue).findFirst()));
            } finally {
                Descriptors.close(socket);
            }
        }
    }

    private int checked(int result) throws IOException {
        if (result < 0) {
            throw new SystemException(Errno.linux(-result), name.text());
        }
        return result;
    }
}
