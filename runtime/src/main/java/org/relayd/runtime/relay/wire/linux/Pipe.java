package org.relayd.runtime.relay.wire.linux;

import io.netty.channel.unix.FileDescriptor;

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
        LinuxTransport.giveBack(new FileDescriptor(readEnd));
        LinuxTransport.giveBack(new FileDescriptor(writeEnd));
    }
}
