package org.relayd.runtime.parent.door;

import java.util.List;
import java.util.Optional;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;

/** The plans that one worker asks for, and what it says of them. */
final class PlanRequests {
    private final DoorAnswers answers;
    private final Door.Parts parts;
    private final KernelDoor kernel;
    private final Present present;
    private boolean begun;
    private boolean underWay;
    private boolean ended;

    PlanRequests(DoorAnswers answers, Door.Parts parts, KernelDoor kernel, Present present) {
        this.answers = answers;
        this.parts = parts;
        this.kernel = kernel;
        this.present = present;
    }

    /** Who gets a plan, in what words. */
    private interface Words {
        Reply of(PlanDesk.Offer offer, Reply.Bundle bundle);
    }

    /** What a worker begins with: once. */
    void first(int number, Request.First request) {
        if (!begin()) {
            answers.refuse(number, request);
            return;
        }
        parts.plans().first(taker(number, (offer, bundle) -> {
            Permits permits = Permits.of(offer.plan(), offer.controlSocket());
            present.begin(offer.number(), permits);
            kernel.begin(offer.number(), permits.kernel());
            return new Reply.Start(bundle, parts.states().handover());
        }));
    }

    private synchronized boolean begin() {
        boolean first = !begun;
        begun = true;
        underWay |= first;
        return first;
    }

    /** Another plan. One that was given and not spoken of since is not executed any more. */
    void reload(int number, Request.Reload request) {
        if (!start()) {
            answers.tooMany(number, request);
            return;
        }
        present.waiting().ifPresent(this::abandoned);
        parts.plans().reload(request.file(), taker(number, (offer, bundle) -> {
            Permits permits = Permits.of(offer.plan(), offer.controlSocket());
            present.offered(offer.number(), permits);
            kernel.offered(offer.number(), permits.kernel());
            return bundle;
        }));
    }

    private synchronized boolean start() {
        boolean free = !underWay;
        underWay = true;
        return free;
    }

    /** What comes for a worker that has ended changes nothing for the next one. */
    private synchronized Optional<Reply> taken(PlanDesk.Offer offer, Words words) {
        underWay = false;
        return ended ? Optional.empty()
                : Optional.of(words.of(offer, new Reply.Bundle(offer.number(), offer.content())));
    }

    private synchronized void refused() {
        underWay = false;
    }

    private PlanDesk.Taker taker(int number, Words words) {
        return new PlanDesk.Taker() {
            @Override
            public void given(PlanDesk.Offer offer) {
                taken(offer, words).ifPresent(reply -> answers.send(number, Given.alone(reply)));
            }

            @Override
            public void refused(List<String> lines) {
                PlanRequests.this.refused();
                answers.send(number, Given.alone(new Reply.PlanRefused(lines)));
            }
        };
    }

    /** The worker executes a plan; false if it cannot have that. */
    boolean committed(int number) {
        boolean known = present.commit(number);
        if (known) {
            kernel.committed(number);
            parts.plans().committed(number);
        }
        return known;
    }

    /** The worker does not execute a plan; false if it cannot have that. */
    boolean abandoned(int number) {
        boolean known = present.abandon(number);
        if (known) {
            kernel.abandoned(number);
            parts.plans().abandoned(number);
        }
        return known;
    }

    /** Nobody takes plans any more. */
    synchronized void end() {
        ended = true;
    }
}
