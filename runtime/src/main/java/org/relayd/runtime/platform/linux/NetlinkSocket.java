package org.relayd.runtime.platform.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.linux.SocketNumbers;

/**
 * A raw netlink socket that asks one question after the other. netlink(7). Reads wait at most a few seconds; an
 * overrun or a strange answer is an error, after which the socket should be closed and another one be used. It
 * subscribes to nothing, so that no burst of other programs' changes can overrun it: it can only make a list
 * inconsistent, and the kernel says so.
 */
final class NetlinkSocket implements AutoCloseable {
    /** Routes. */
    static final int ROUTE = 0;
    /** Connection tracking. */
    static final int NETFILTER = 12;
    /** Flag of a request. */
    static final int REQUEST = 1;
    /** Flag: answer when done. */
    static final int ACK = 4;
    /** Flag: everything that fits. */
    static final int DUMP = 0x300;

    private static final int AF_NETLINK = 16;
    private static final int SOL_NETLINK = 270;
    private static final int SHORT_ACK = 10;
    private static final int EXPLAIN = 11;
    private static final int STRICT = 12;
    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int EXPLAINED = 0x200;
    private static final int INTERRUPTED = 0x10;
    private static final int MOST_ATTEMPTS = 20;
    private static final int EXPLANATION = 1;
    private static final int BUFFER = 1 << 16;

    private final LinuxLibrary c;
    private final int descriptor;
    private int sequence;
    private boolean interrupted;

    /**
     * Opens a socket.
     *
     * @throws NetlinkException
     *             if the system refuses
     */
    NetlinkSocket(LinuxLibrary c, int protocol) throws NetlinkException {
        this.c = c;
        this.descriptor = c.socket(AF_NETLINK, SocketNumbers.RAW | SocketNumbers.CLOEXEC, protocol);
        if (descriptor < 0) {
            throw failure("no netlink socket");
        }
        // The kernel ignores those that it does not know; then messages are less exact.
        for (int option : new int[]{SHORT_ACK, EXPLAIN, STRICT}) {
            c.setsockopt(descriptor, SOL_NETLINK, option, number(1), 4);
        }
        c.setsockopt(descriptor, SocketNumbers.SOL_SOCKET, SocketNumbers.SO_RCVTIMEO,
                ByteBuffer.allocate(16).order(ByteOrder.nativeOrder()).putLong(5).array(), 16);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    }

    /**
     * Sends a request with {@link #ACK} and waits until it is carried out.
     *
     * @throws NetlinkException
     *             if the kernel refuses it
     */
    void request(NetlinkMessage message) throws NetlinkException {
        ask(message, ignored -> {
            // Only the outcome counts.
        });
    }

    /**
     * Asks for a list, again if it changes while it is told, and returns each message of the
     * answer, without its header.
     *
     * @throws NetlinkException
     *             if the kernel refuses it, or the list does not stand still
     */
    List<ByteBuffer> list(NetlinkMessage question) throws NetlinkException {
        for (int attempt = 1;; attempt++) {
            List<ByteBuffer> answers = new ArrayList<>();
            try {
                ask(question, body -> answers.add(ByteBuffer.wrap(NetlinkReader.bytes(body)).order(body.order())));
                return answers;
            } catch (NetlinkException e) {
                if (!e.is(ErrorName.EINTR) || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Sends a request and hands over each message of the answer, without its header.
     *
     * @throws NetlinkException
     *             if the kernel refuses it; with {@link ErrorName#EINTR} if it has told a list that changed meanwhile
     */
    void ask(NetlinkMessage message, Consumer<ByteBuffer> answers) throws NetlinkException {
        byte[] bytes = message.toBytes(++sequence);
        if (c.send(descriptor, bytes, bytes.length, 0) != bytes.length) {
            throw failure("cannot send to the kernel");
        }
        interrupted = false;
        byte[] received = new byte[BUFFER];
        boolean more = true;
        while (more) {
            long length = c.recv(descriptor, received, received.length, 0);
            if (length < 0) {
                throw failure("no answer from the kernel");
            }
            more = read(ByteBuffer.wrap(received, 0, (int) length).order(ByteOrder.nativeOrder()), answers);
        }
    }

    /** Returns whether more is to come. */
    private boolean read(ByteBuffer datagram, Consumer<ByteBuffer> answers) throws NetlinkException {
        int at = 0;
        while (at + NetlinkMessage.HEADER <= datagram.limit()) {
            int length = datagram.getInt(at);
            if (length < NetlinkMessage.HEADER || at + length > datagram.limit()) {
                throw new NetlinkException("the kernel's answer is cut short");
            }
            ByteBuffer body = NetlinkReader.part(datagram, at + NetlinkMessage.HEADER,
                    length - NetlinkMessage.HEADER);
            if (datagram.getInt(at + 8) == sequence) {
                int type = datagram.getShort(at + 4) & 0xffff;
                int flags = datagram.getShort(at + 6);
                interrupted |= (flags & INTERRUPTED) != 0;
                if (type == ERROR) {
                    complain(-body.getInt(0), body, (flags & EXPLAINED) != 0);
                    return false;
                }
                if (type == DONE) {
                    end(body);
                    return false;
                }
                answers.accept(body);
            }
            at += NetlinkReader.aligned(length);
        }
        return true;
    }

    /** A list may end with an error instead of its last part. */
    private void end(ByteBuffer body) throws NetlinkException {
        if (body.limit() >= Integer.BYTES && body.getInt(0) < 0) {
            Errno errno = Errno.linux(-body.getInt(0));
            throw new NetlinkException(errno, errno.words());
        }
        if (interrupted) {
            throw new NetlinkException(Errno.linux(ErrorName.EINTR.linux()),
                    "what the kernel lists changes all the time");
        }
    }

    /** Error number 0 is the acknowledgement. With short answers the explanation follows the header of the request. */
    private void complain(int error, ByteBuffer body, boolean explained) throws NetlinkException {
        if (error == 0) {
            return;
        }
        Errno errno = Errno.linux(error);
        String text = errno.words();
        int from = 4 + NetlinkMessage.HEADER;
        if (explained && body.limit() > from) {
            Map<Integer, ByteBuffer> attributes = NetlinkReader
                    .attributes(NetlinkReader.part(body, from, body.limit() - from));
            ByteBuffer why = attributes.get(EXPLANATION);
            if (why != null) {
                text += ": " + new String(NetlinkReader.bytes(why), StandardCharsets.UTF_8).replace("\0", "");
            }
        }
        throw new NetlinkException(errno, text);
    }

    private NetlinkException failure(String what) {
        Errno errno = c.lastError();
        return new NetlinkException(errno, what + ": " + errno.words());
    }

    @Override
    public void close() {
        c.close(descriptor);
    }
}
