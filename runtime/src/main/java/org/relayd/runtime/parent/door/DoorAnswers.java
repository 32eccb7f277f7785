package org.relayd.runtime.parent.door;

import java.io.IOException;
import java.util.Optional;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Frame.FromParent;
import org.relayd.runtime.parent.message.Frame.FromWorker;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.FailedCall;

/**
 * DoorAnswers the requests of one worker, each once. Whoever answers waits for a worker that does not read. Any thread.
 *
 * @param line
 *            leads to the worker
 * @param log
 *            is told faults
 * @param refusals
 *            is told what is not permitted
 */
record DoorAnswers(Line<FromParent, FromWorker> line, Log log, RefusalLog refusals) {
    private static final String NOT_PERMITTED = "the configuration does not ask for that";
    private static final String TOO_MANY = "too many requests are under way";

    /** Something that is done; empty if it may not be. */
    interface Act {
        Optional<Given> run() throws IOException;
    }

    /** What is said of something that was given. */
    interface Wording<T> {
        Given of(T value) throws IOException;
    }

    /** Does something and answers. */
    void carryOut(int number, Request request, Act act) {
        Optional<Given> given;
        try {
            given = act.run();
        } catch (IOException refused) {
            send(number, Given.alone(refusal(refused)));
            return;
        } catch (RuntimeException fault) {
            log.warn("worker asked for " + RequestWords.of(request) + ": " + fault);
            send(number, Given.alone(because("fault in the parent process", request)));
            return;
        }
        given.ifPresentOrElse(answer -> send(number, answer), () -> refuse(number, request));
    }

    void send(int number, Given given) {
        line.send(new Frame.Answer(number, given.reply()), given.descriptor());
    }

    /** Refuses what is not permitted. */
    void refuse(int number, Request request) {
        refusals.say(request.getClass(),
                "worker asked for what the configuration does not say: " + RequestWords.of(request));
        send(number, Given.alone(because(NOT_PERMITTED, request)));
    }

    /** Refuses what would have to wait too long. */
    void tooMany(int number, Request request) {
        refusals.say(TOO_MANY, "worker asks faster than it can be answered: " + RequestWords.of(request));
        send(number, Given.alone(because(TOO_MANY, request)));
    }

    private static Reply because(String text, Request request) {
        return new Reply.Refused(Optional.empty(), text, request instanceof Request.OfKernel);
    }

    private static Reply refusal(IOException refused) {
        return new Reply.Refused(FailedCall.errno(refused).map(Errno::number), String.valueOf(refused.getMessage()),
                refused instanceof KernelException);
    }

    /** Returns what answers a request when somebody else has carried it out. */
    <T> Rights.Answer<T> later(int number, Wording<T> wording) {
        return new Rights.Answer<>() {
            @Override
            public void given(T value) {
                try {
                    send(number, wording.of(value));
                } catch (IOException unfit) {
                    refused(unfit);
                }
            }

            @Override
            public void refused(IOException reason) {
                send(number, Given.alone(refusal(reason)));
            }
        };
    }
}
