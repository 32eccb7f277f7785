package org.relayd.runtime.relay.wire.linux;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/** A kernel buffer between two sockets; pipe(7). Bytes that pass through it never come into this process. */
final class Pipe {
    private final int readEnd;
    private final int writeEnd;

    Pipe(int readEnd, int writeEnd) {
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
    }

    int readEnd() {
        return readEnd;
    }

    int writeEnd() {
        return writeEnd;
    }

    /** Closes both ends; bytes inside are lost. */
    void close() {
        close(readEnd);
        close(writeEnd);
    }

    private static void close(int end) {
        try {
            new FileDescriptor(end).close();
        } catch (IOException ignored) {
            // The descriptor is gone either way.
        }
    }
}
