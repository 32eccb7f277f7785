package org.relayd.runtime.parent.remote;

import java.io.IOException;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;

/** What a refusal becomes for whoever asked: the exception that it would have got in the process of the rights. */
final class Refusals {
    private Refusals() {}

    static IOException of(Reply.Refused refused) {
        if (refused.kernel()) {
            return new KernelException(refused.text());
        }
        return refused.errno().map(number -> of(Errno.linux(number), refused.text()))
                .orElseGet(() -> new IOException(refused.text()));
    }

    private static IOException of(Errno errno, String text) {
        SystemException bare = new SystemException(errno);
        return text.equals(errno.words()) ? bare : new IOException(text, bare);
    }
}
