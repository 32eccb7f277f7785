package org.relayd.runtime.relay.wire;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import org.relayd.ir.config.Protocol.TcpSettings;

/** The {@code tcp} settings of relayd.conf(5) as options of a portable socket. Hop limits cannot be set there. */
final class SocketOptions {
    private SocketOptions() {}

    /** Sets what the settings ask for. Small messages are not held back unless the settings say {@code no nodelay}. */
    static void apply(ChannelConfig config, TcpSettings tcp) {
        config.setOption(ChannelOption.TCP_NODELAY, tcp.nodelay().orElse(true));
        tcp.socketBuffer().ifPresent(bytes -> {
            config.setOption(ChannelOption.SO_RCVBUF, bytes);
            config.setOption(ChannelOption.SO_SNDBUF, bytes);
        });
    }
}
