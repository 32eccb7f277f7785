package org.relayd.runtime.parent.remote;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** A descriptor that goes over a line. It is one end of a pipe, so that the other tells whether it is still open. */
final class Passed {
    private final FileDescriptor kept;
    private final int number;

    private Passed(FileDescriptor kept, int number) {
        this.kept = kept;
        this.number = number;
    }

    static Passed open() throws IOException {
        Epoll.ensureAvailability();
        FileDescriptor[] pipe = FileDescriptor.pipe();
        return new Passed(pipe[0], pipe[1].intValue());
    }

    int number() {
        return number;
    }

    OptionalInt descriptor() {
        return OptionalInt.of(number);
    }

    boolean isClosed() throws IOException {
        return kept.read(ByteBuffer.allocateDirect(1), 0, 1) < 0;
    }

    /** Closes the end that was kept. */
    void end() throws IOException {
        kept.close();
    }
}
