package org.relayd.runtime.platform.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.runtime.system.linux.LinuxCalls;

/** What SIGHUP does to this process. */
public final class HangUp {
    /** The same number on Linux and the BSDs. */
    private static final int SIGHUP = 1;

    private HangUp() {}

    /**
     * Makes SIGHUP do nothing. That is not the same as to ignore it: a JVM that was started with SIGHUP ignored, as
     * nohup(1) and the launcher do, lets no program handle it, and without a moment at which it would end the process
     * the way from one to the other is a handler, in place of the usual end, that does nothing.
     */
    public static void disarm(OperatingSystem system) {
        // abs(3) takes an int as handlers do, keeps no state and calls nobody.
        MemorySegment nothing = Linker.nativeLinker().defaultLookup().findOrThrow("abs");
        switch (system) {
            // The stub that sockets need as well: another one would cost time at each start.
            case LINUX -> LinuxCalls.signal(Arena.ofAuto().allocate(Linker.Option.captureStateLayout()), SIGHUP,
                    nothing);
            case OPENBSD, FREEBSD, OTHER -> signal(nothing);
        }
    }

    @SuppressWarnings("restricted") // the signature is that of signal(3)
    private static void signal(MemorySegment handler) {
        Linker linker = Linker.nativeLinker();
        MethodHandle signal = linker.downcallHandle(linker.defaultLookup().findOrThrow("signal"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try {
            MemorySegment ignored = (MemorySegment) signal.invokeExact(SIGHUP, handler);
        } catch (Throwable impossible) {
            throw new IllegalStateException("signal(3)", impossible);
        }
    }
}
