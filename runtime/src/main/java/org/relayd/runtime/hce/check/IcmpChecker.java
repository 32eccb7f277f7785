package org.relayd.runtime.hce.check;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.term.CheckResult;

/**
 * Checks by ICMP echo requests. All checks of a family share one socket; a host has at most one request under way.
 *
 * @param sockets
 *            gives the engine thread
 * @param channels
 *            the socket of each family; empty if it could not be opened
 */
record IcmpChecker(CheckSockets sockets, Function<IpFamily, Optional<EchoChannel>> channels) implements Checker {

    @Override
    public RunningCheck start(CheckTarget target, Consumer<CheckOutcome> done) {
        Check check = new Check(target, channels.apply(target.host().address().family()), done);
        // Later, because a check must not end before its caller knows it.
        sockets.loop().execute(check::ask);
        return check;
    }

    /** One check. */
    private final class Check implements RunningCheck {
        private final CheckTarget target;
        private final Optional<EchoChannel> channel;
        private final Consumer<CheckOutcome> done;
        private final TimeLimit limit;
        private boolean ended;

        Check(CheckTarget target, Optional<EchoChannel> channel, Consumer<CheckOutcome> done) {
            this.target = target;
            this.channel = channel;
            this.done = done;
            this.limit = new TimeLimit(sockets.loop(), () -> end(CheckResult.ICMP_READ_TIMEOUT));
        }

        void ask() {
            if (ended) {
                return;
            }
            limit.begin(target.timeout().toNanos());
            channel.ifPresentOrElse(open -> open.ask(target, this::end), () -> end(CheckResult.ABORTED));
        }

        @Override
        public void abandon() {
            ended = true;
            limit.cancel();
            HostId host = target.host().id();
            channel.ifPresent(open -> open.forget(host));
        }

        private void end(CheckResult result) {
            if (!ended) {
                abandon();
                done.accept(CheckOutcome.of(result));
            }
        }
    }
}
