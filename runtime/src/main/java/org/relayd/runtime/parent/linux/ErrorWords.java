package org.relayd.runtime.parent.linux;

import io.netty.channel.unix.Errors;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/** The system's words for errors. strerror(3). */
final class ErrorWords {
    private ErrorWords() {}

    /** Returns those for the errno that a foreign call has left in its state. */
    static String of(MemorySegment state) {
        VarHandle errno = Linker.Option.captureStateLayout()
                .varHandle(MemoryLayout.PathElement.groupElement("errno"));
        String text = String
                .valueOf(new Errors.NativeIoException("call", -(int) errno.get(state, 0L)).getMessage());
        return text.substring(text.lastIndexOf("): ") + 3);
    }
}
