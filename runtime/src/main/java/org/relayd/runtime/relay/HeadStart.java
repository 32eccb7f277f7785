package org.relayd.runtime.relay;

import io.netty.buffer.ByteBufAllocator;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.wire.linux.LinuxTransport;

/**
 * Readies what the relays stand on, Netty's native library and the stub for system calls, on a thread of its own, so
 * that it happens while the configuration is compiled. Without it everything works the same, only later.
 */
public final class HeadStart {
    private HeadStart() {}

    /** Begins; returns at once, with the thread that does it. */
    public static Thread begin() {
        return Thread.ofPlatform().daemon().name("head start").start(() -> {
            if (SocketKind.ofThisMachine() == SocketKind.NATIVE) {
                LinuxTransport.prepare();
            }
            ByteBufAllocator.DEFAULT.buffer().release();
        });
    }
}
