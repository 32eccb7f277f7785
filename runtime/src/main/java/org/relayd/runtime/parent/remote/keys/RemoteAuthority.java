package org.relayd.runtime.parent.remote.keys;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.relayd.runtime.parent.HeldAuthority;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent;
import org.relayd.runtime.parent.remote.DueReply;
import org.relayd.runtime.tls.OctetString;

/** The key of an authority that the parent process signs certificates with. Any thread. */
final class RemoteAuthority implements HeldAuthority {
    private final Parent parent;
    private final int number;
    private final String print;
    private final AtomicBoolean closed = new AtomicBoolean();

    RemoteAuthority(Parent parent, int number, String print) {
        this.parent = parent;
        this.number = number;
        this.print = print;
    }

    @Override
    public String print() {
        return print;
    }

    @Override
    public byte[] sign(byte[] content) throws IOException {
        if (closed.get()) {
            throw new IOException("the key signs no more");
        }
        return DueReply.alone(parent.await(new Request.SignLeaf(number, new OctetString(content))), Reply.Octets.class)
                .content().toArray();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            RemoteKey.close(parent, number);
        }
    }
}
