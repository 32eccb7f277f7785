package org.relayd.runtime.parent.link.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** While it lasts, this process gets no descriptor more; setrlimit(2). */
final class DescriptorShortage implements AutoCloseable {
    private static final int NOFILE = 7;
    private static final MethodHandle GET = function("getrlimit");
    private static final MethodHandle SET = function("setrlimit");

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment limits = arena.allocate(ValueLayout.JAVA_LONG, 2);
    private final long before;

    private DescriptorShortage() {
        call(GET, limits);
        before = limits.get(ValueLayout.JAVA_LONG, 0);
    }

    static DescriptorShortage begun() {
        DescriptorShortage shortage = new DescriptorShortage();
        shortage.limit(0);
        return shortage;
    }

    private void limit(long soft) {
        limits.set(ValueLayout.JAVA_LONG, 0, soft);
        call(SET, limits);
    }

    @SuppressWarnings("restricted") // a shape for two functions of the C library
    private static MethodHandle function(String name) {
        return Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }

    private static void call(MethodHandle function, MemorySegment limits) {
        try {
            if ((int) function.invokeExact(NOFILE, limits) != 0) {
                throw new AssertionError("refused");
            }
        } catch (Throwable fault) {
            throw new AssertionError(fault);
        }
    }

    @Override
    public void close() {
        limit(before);
        arena.close();
    }
}
