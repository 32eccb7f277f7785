package org.relayd.runtime.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.runtime.platform.linux.AnsweringKernel.message;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.system.ErrorName;

/** Answers of the kernel that are not what one asked for. netlink(7). */
class NetlinkSocketTest {
    private static final int ROUTE_MESSAGE = 24;
    private static final int ERROR = AnsweringKernel.ERROR;
    private static final int DONE = AnsweringKernel.DONE;
    private static final int INTERRUPTED = 0x10;

    private final AnsweringKernel kernel = new AnsweringKernel();

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
        kernel.answer(message(ROUTE_MESSAGE, 1, 42));
        kernel.fail(ErrorName.ENOBUFS);
        NetlinkException overrun = assertThrows(NetlinkException.class, this::ask);
        assertEquals("no answer from the kernel: No buffer space available", overrun.getMessage());
        assertEquals(List.of(7), kernel.closed(), "nothing stays in the socket");
    }

    @Test
    void answersToOthersAreNotTaken() throws NetlinkException {
        kernel.answer(message(ROUTE_MESSAGE, 9, 41), message(ROUTE_MESSAGE, 1, 42), message(DONE, 1, 0));
        assertEquals(List.of(42), ask());
    }

    @Test
    void aRefusalIsInTheSystemsWords() {
        kernel.answer(message(ERROR, 1, -1));
        NetlinkException refused = assertThrows(NetlinkException.class, this::ask);
        assertEquals("Operation not permitted", refused.getMessage());
        assertTrue(refused.is(ErrorName.EPERM));
    }

    @Test
    void anAnswerThatIsCutShortIsRefused() {
        byte[] cut = message(ROUTE_MESSAGE, 1, 42);
        cut[0] = 99;
        kernel.answer(cut);
        assertEquals("the kernel's answer is cut short", assertThrows(NetlinkException.class, this::ask).getMessage());
    }

    @Test
    void withoutDescriptorsThereIsNoSocket() {
        kernel.fail(ErrorName.EMFILE);
        assertEquals("no netlink socket: Too many open files",
                assertThrows(NetlinkException.class, this::ask).getMessage());
    }

    @Test
    void aListThatChangesMeanwhileIsAskedForAgain() throws NetlinkException {
        kernel.answer(message(ROUTE_MESSAGE, INTERRUPTED, 1, 41), message(DONE, 1, 0), message(ROUTE_MESSAGE, 2, 42),
                message(DONE, 2, 0));
        assertEquals(List.of(42), list());
    }

    @Test
    void aListThatNeverStandsStillIsAnError() {
        for (int sequence = 1; sequence <= 20; sequence++) {
            kernel.answer(message(DONE, INTERRUPTED, sequence, 0));
        }
        assertEquals("what the kernel lists changes all the time",
                assertThrows(NetlinkException.class, this::list).getMessage());
    }

    @Test
    void aListMayEndWithARefusal() {
        kernel.answer(message(ROUTE_MESSAGE, 1, 42), message(DONE, 1, -1));
        assertEquals("Operation not permitted", assertThrows(NetlinkException.class, this::list).getMessage());
    }

    private List<Integer> list() throws NetlinkException {
        try (NetlinkSocket socket = new NetlinkSocket(kernel, NetlinkSocket.ROUTE)) {
            return socket.list(question()).stream().map(body -> body.getInt(0)).toList();
        }
    }
}
