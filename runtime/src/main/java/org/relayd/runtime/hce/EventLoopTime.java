package org.relayd.runtime.hce;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Time of a Netty event loop, which is then the engine thread.
 *
 * @param loop
 *            the event loop
 */
public record EventLoopTime(EventLoop loop) implements EngineTime {

    @Override
    public long nanos() {
        return loop.ticker().nanoTime();
    }

    @Override
    public Pending after(Duration delay, Runnable task) {
        Future<?> future = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }
}
