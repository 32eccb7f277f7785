package org.relayd.runtime.relay.wire.linux;

import io.netty.channel.epoll.EpollIoOps;

/** What epoll(7) is asked for and tells, each a set of bits. */
final class Events {
    /** Everything, edge triggered: EPOLLIN, EPOLLOUT, EPOLLRDHUP. */
    static final EpollIoOps ALL = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT).with(EpollIoOps.EPOLLRDHUP)
            .with(EpollIoOps.EPOLLET);
    /** There is room to send. */
    static final int OUT = EpollIoOps.EPOLLOUT.value();
    /** The connection has failed: EPOLLERR. */
    static final int FAILED = EpollIoOps.EPOLLERR.value();
    /** It has failed, or both directions are over: EPOLLHUP too. */
    static final int ERROR = FAILED | 0x10;
    /** Nothing comes after what is there. */
    static final int HANGUP = ERROR | EpollIoOps.EPOLLRDHUP.value();
    /** A receive tells something. */
    static final int IN = EpollIoOps.EPOLLIN.value() | HANGUP;

    private Events() {}
}
