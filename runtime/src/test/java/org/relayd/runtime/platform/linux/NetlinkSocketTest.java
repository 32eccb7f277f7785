package org.relayd.runtime.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers of the kernel that are not what one asked for. netlink(7). */
class NetlinkSocketTest {
    private static final int ROUTE_MESSAGE = 24;
    private static final int ERROR = 2;
    private static final int DONE = 3;

    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final List<Integer> closed = new ArrayList<>();
    private String problem = "";

    /** A kernel that gives the answers one after the other, and then the problem. */
    private final CLibrary kernel = new CLibrary() {
        @Override
        public int socket(int domain, int type, int protocol) {
            return problem.equals("Too many open files") ? -1 : 7;
        }

        @Override
        public int close(int descriptor) {
            closed.add(descriptor);
            return 0;
        }

        @Override
        public int setsockopt(int descriptor, int level, int option, byte[] value, int length) {
            return 0;
        }

        @Override
        public int getsockopt(int descriptor, int level, int option, byte[] value, int[] length) {
            return 0;
        }

        @Override
        public long send(int descriptor, byte[] message, long length, int flags) {
            return length;
        }

        @Override
        public long recv(int descriptor, byte[] buffer, long length, int flags) {
            if (answers.isEmpty()) {
                return -1;
            }
            byte[] answer = answers.remove();
            System.arraycopy(answer, 0, buffer, 0, answer.length);
            return answer.length;
        }

        @Override
        public String strerror(int error) {
            return error == 1 ? "Operation not permitted" : "error " + error;
        }

        @Override
        public String lastError() {
            return problem;
        }
    };

    private static byte[] message(int type, int sequence, int body) {
        return ByteBuffer.allocate(20).order(ByteOrder.nativeOrder()).putInt(20).putShort((short) type)
                .putShort((short) 0).putInt(sequence).putInt(0).putInt(body).array();
    }

    private static NetlinkMessage question() {
        return new NetlinkMessage(26, NetlinkSocket.REQUEST | NetlinkSocket.DUMP);
    }

    private List<Integer> ask() throws NetlinkException {
        List<Integer> heard = new ArrayList<>();
        try (NetlinkSocket socket = new NetlinkSocket(kernel, NetlinkSocket.ROUTE)) {
            socket.ask(question(), body -> heard.add(body.getInt(0)));
        }
        return heard;
    }

    @Test
    void anOverrunIsAnErrorThatSaysSo() {
        answers.add(message(ROUTE_MESSAGE, 1, 42));
        problem = "No buffer space available";
        NetlinkException overrun = assertThrows(NetlinkException.class, this::ask);
        assertEquals("no answer from the kernel: No buffer space available", overrun.getMessage());
        assertEquals(List.of(7), closed, "nothing stays in the socket");
    }

    @Test
    void answersToOthersAreNotTaken() throws NetlinkException {
        answers.addAll(List.of(message(ROUTE_MESSAGE, 9, 41), message(ROUTE_MESSAGE, 1, 42), message(DONE, 1, 0)));
        assertEquals(List.of(42), ask());
    }

    @Test
    void aRefusalIsInTheSystemsWords() {
        answers.add(message(ERROR, 1, -1));
        NetlinkException refused = assertThrows(NetlinkException.class, this::ask);
        assertEquals("Operation not permitted", refused.getMessage());
        assertEquals(1, refused.error());
    }

    @Test
    void anAnswerThatIsCutShortIsRefused() {
        byte[] cut = message(ROUTE_MESSAGE, 1, 42);
        cut[0] = 99;
        answers.add(cut);
        assertEquals("the kernel's answer is cut short", assertThrows(NetlinkException.class, this::ask).getMessage());
    }

    @Test
    void withoutDescriptorsThereIsNoSocket() {
        problem = "Too many open files";
        assertEquals("no netlink socket: Too many open files",
                assertThrows(NetlinkException.class, this::ask).getMessage());
    }
}
