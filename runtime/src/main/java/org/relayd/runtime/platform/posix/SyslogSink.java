package org.relayd.runtime.platform.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.relayd.runtime.log.LineSink;
import org.relayd.runtime.log.Priority;

/**
 * Gives lines to syslog(3): facility daemon, ident {@code relayd}, with the process id. A longer message is one entry
 * for each of its lines.
 */
public final class SyslogSink implements LineSink {
    /** LOG_PID: the same number on Linux and the BSDs, like all numbers here. */
    private static final int PID = 0x01;
    /** LOG_DAEMON. */
    private static final int DAEMON = 3 << 3;

    private final MethodHandle syslog;
    private final MemorySegment format;

    /** Opens the log of the system; openlog(3). */
    public static SyslogSink open() {
        return new SyslogSink(PID);
    }

    /** Opens it with options of openlog(3). */
    @SuppressWarnings("restricted") // the signatures are those of syslog(3)
    SyslogSink(int options) {
        Linker linker = Linker.nativeLinker();
        ValueLayout.OfInt number = ValueLayout.JAVA_INT;
        MethodHandle openlog = linker.downcallHandle(linker.defaultLookup().findOrThrow("openlog"),
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, number, number));
        syslog = linker.downcallHandle(linker.defaultLookup().findOrThrow("syslog"),
                FunctionDescriptor.ofVoid(number, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
        // The C library keeps the pointer to the ident.
        format = Arena.global().allocateFrom("%s");
        try {
            openlog.invokeExact(Arena.global().allocateFrom("relayd"), options, DAEMON);
        } catch (Throwable impossible) {
            throw new IllegalStateException("openlog(3)", impossible);
        }
    }

    @Override
    public void write(List<Line> lines) {
        for (Line line : lines) {
            line.text().lines().forEach(text -> write(line.priority(), text));
        }
    }

    private void write(Priority priority, String text) {
        try (Arena arena = Arena.ofConfined()) {
            // A text of the network might hold a NUL, which would end it for C.
            syslog.invokeExact(DAEMON | priority.severity(), format, arena.allocateFrom(text.replace('\0', '?')));
        } catch (Throwable impossible) {
            throw new IllegalStateException("syslog(3)", impossible);
        }
    }
}
