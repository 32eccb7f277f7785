package org.relayd.runtime.relay.wire;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether the heap has room for another session. Without it a flood of clients would end the process, and with it the
 * sessions of all who came before. Any thread.
 */
public final class HeapLimit {
    /** As long as this part of the heap is free nothing is looked at closely. */
    private static final int AMPLE_PART = 3;
    /** The heap is short if less than this part of what lives long is free: sessions need more after they are made. */
    private static final int SHORT_PART = 4;
    /** Nanoseconds between two collections that are asked for, as what is used may be garbage. */
    private static final long COLLECTIONS = TimeUnit.SECONDS.toNanos(1);

    private final Heap heap;
    private final LongSupplier nanos;
    private final AtomicLong collected;

    /** A heap. */
    interface Heap {

        /** Returns the most octets that it can have. */
        long most();

        /** Returns how many of them are free, garbage not counted. */
        long free();

        /** Returns how much of the room for what lives long is free, in parts of the whole, garbage not counted. */
        double freeForLong();

        /** Frees what is garbage. */
        void collect();
    }

    HeapLimit(Heap heap, LongSupplier nanos) {
        this.heap = heap;
        this.nanos = nanos;
        collected = new AtomicLong(nanos.getAsLong() - COLLECTIONS);
    }

    /** Returns the limit of this process. */
    public static HeapLimit ofProcess() {
        return new HeapLimit(new OwnHeap(), System::nanoTime);
    }

    /** Returns whether nobody should be let in now. May take as long as a collection. */
    public boolean isShort() {
        if (heap.free() >= heap.most() / AMPLE_PART || isEnough()) {
            return false;
        }
        long now = nanos.getAsLong();
        long last = collected.get();
        if (now - last < COLLECTIONS || !collected.compareAndSet(last, now)) {
            return true;
        }
        heap.collect();
        return !isEnough();
    }

    private boolean isEnough() {
        return heap.freeForLong() >= 1.0 / SHORT_PART;
    }

    /** Returns what the user reads when the heap is short. */
    public String text() {
        return "the heap of " + (heap.most() >> 20) + " MiB is nearly full";
    }

    /** The heap of this process. What tells more than its size is loaded when that is asked for. */
    private static final class OwnHeap implements Heap {
        private static final Runtime RUNTIME = Runtime.getRuntime();

        /** Loaded late: most processes never come near their limit. */
        private static final class Pools {
            private static final List<MemoryPoolMXBean> OLD = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported()).toList();
        }

        @Override
        public long most() {
            return RUNTIME.maxMemory();
        }

        @Override
        public long free() {
            return RUNTIME.maxMemory() - RUNTIME.totalMemory() + RUNTIME.freeMemory();
        }

        @Override
        public double freeForLong() {
            double least = 1;
            for (MemoryPoolMXBean pool : Pools.OLD) {
                MemoryUsage usage = pool.getUsage();
                if (usage.getMax() > 0) {
                    least = Math.min(least, 1 - (double) usage.getUsed() / usage.getMax());
                }
            }
            return Pools.OLD.isEmpty() ? (double) free() / most() : least;
        }

        @Override
        public void collect() {
            System.gc();
        }
    }
}
