package org.relayd.runtime.platform.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;

/** A kernel that gives answers one after the other, and then has a problem. */
final class AnsweringKernel implements LinuxLibrary {
    /** Message: acknowledgement or refusal. */
    static final int ERROR = 2;
    /** Message: end of a list. */
    static final int DONE = 3;

    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final List<Integer> closed = new ArrayList<>();
    private Optional<ErrorName> problem = Optional.empty();

    /** Returns a message with one number as its content. */
    static byte[] message(int type, int sequence, int body) {
        return message(type, 0, sequence, body);
    }

    /** Returns a message with flags and one number as its content. */
    static byte[] message(int type, int flags, int sequence, int body) {
        return ByteBuffer.allocate(20).order(ByteOrder.nativeOrder()).putInt(20).putShort((short) type)
                .putShort((short) flags).putInt(sequence).putInt(0).putInt(body).array();
    }

    /** Gives these answers, each for itself. */
    void answer(byte[]... messages) {
        answers.addAll(List.of(messages));
    }

    /** Has this problem when it has no answer left. */
    void fail(ErrorName name) {
        problem = Optional.of(name);
    }

    /** Returns the descriptors that were closed. */
    List<Integer> closed() {
        return closed;
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        return problem.equals(Optional.of(ErrorName.EMFILE)) ? -1 : 7;
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
    public Errno lastError() {
        return Errno.linux(problem.orElseThrow().linux());
    }
}
