package org.relayd.runtime.platform.posix;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The terminal that a process was started from. */
public final class Terminal {
    private Terminal() {}

    /** Leaves it, so that its end does not end this process; setsid(2). The leader of a process group stays. */
    @SuppressWarnings("restricted") // the signature is that of setsid(2)
    public static void leave() {
        Linker linker = Linker.nativeLinker();
        MethodHandle setsid = linker.downcallHandle(linker.defaultLookup().findOrThrow("setsid"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT));
        try {
            int ignored = (int) setsid.invokeExact();
        } catch (Throwable impossible) {
            throw new IllegalStateException("setsid(2)", impossible);
        }
    }
}
