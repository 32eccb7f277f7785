package org.relayd.runtime.parent.remote;

import java.io.IOException;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.KernelException;

/**
 * Asks the parent process for something of the kernel, on a thread that may wait. Whatever goes wrong on the way is to
 * whoever asks as if the kernel had refused: it will be tried again.
 *
 * @param parent
 *            the parent process
 */
record KernelAsker(Parent parent) {

    /** Asks for something to be done. */
    void run(Request.OfKernel request) throws KernelException {
        ask(request, answered -> DueReply.alone(answered, Reply.Done.class));
    }

    /** Asks for something that the reply says. */
    <T> T ask(Request.OfKernel request, DueReply.Reader<T> reader) throws KernelException {
        try {
            return reader.read(parent.await(request));
        } catch (KernelException refused) {
            throw refused;
        } catch (IOException failed) {
            throw new KernelException(String.valueOf(failed.getMessage()), failed);
        }
    }
}
