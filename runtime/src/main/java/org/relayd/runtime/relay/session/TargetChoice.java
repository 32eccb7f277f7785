package org.relayd.runtime.relay.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.select.HostSelector;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.wire.Endpoints;
import org.relayd.runtime.relay.wire.Transport;

/**
 * The choice of a target for a session the way the relay's forward lines say. The answer comes during the call or
 * later, on the loop.
 */
public final class TargetChoice implements Transport.Attempt {
    private final Session session;
    private final HashInput input;
    private final Answer answer;
    private boolean cancelled;

    private TargetChoice(Session session, HashInput input, Answer answer) {
        this.session = session;
        this.input = input;
        this.answer = answer;
    }

    /** Gets the choice, unless it was given up. */
    public interface Answer {

        /** The session has a target. */
        void chosen(TargetHost host);

        /** There is none; the end has a status. */
        void none(SessionEnd why);
    }

    /**
     * Chooses among the tables of the relay, or takes what the client meant.
     *
     * @param input
     *            values that HTTP rules hashed; emptied
     */
    public static TargetChoice begin(Session session, HashInput input, Answer answer) {
        TargetChoice choice = new TargetChoice(session, input, answer);
        choice.begin();
        return choice;
    }

    /** Chooses in the table of that number only. */
    static TargetChoice begin(Session session, int table, HashInput input, Answer answer) {
        TargetChoice choice = new TargetChoice(session, input, answer);
        choice.decide(choice.selector().select(table, choice.from(), input));
        return choice;
    }

    private HostSelector selector() {
        return session.relay().selector();
    }

    private byte[] from() {
        return session.clientAddress().getAddress().getAddress();
    }

    private void begin() {
        Endpoints client = session.client();
        switch (session.relay().path().select().source()) {
            case CONFIGURED -> decide(selector().select(from(), input));
            case DESTINATION -> meant(Optional.of(client.localAddress()));
            case NAT_LOOKUP -> {
                Optional<InetSocketAddress> known = client.originalDestination();
                if (known.isPresent()) {
                    meant(known);
                } else {
                    lookUp(client);
                }
            }
        }
    }

    private void lookUp(Endpoints client) {
        session.relay().rights().natLookup(client.remoteAddress(), client.localAddress(),
                new Rights.Answer<>() {
                    @Override
                    public void given(Optional<InetSocketAddress> address) {
                        session.loop().run(() -> meant(address));
                    }

                    @Override
                    public void refused(IOException reason) {
                        session.relay().log()
                                .debug(() -> "relay_natlook: session " + session.id() + ": " + reason.getMessage());
                        given(Optional.empty());
                    }
                });
    }

    private void meant(Optional<InetSocketAddress> address) {
        if (!cancelled) {
            decide(selector().meant(address, from(), input));
        }
    }

    private void decide(TargetHost chosen) {
        switch (chosen.state()) {
            case NONE -> {
                note("relay_from_table", "no active hosts");
                boolean lookup = session.relay().path().select().source() == TargetSource.NAT_LOOKUP;
                answer.none(lookup ? SessionEnd.Fixed.NAT_LOOKUP : SessionEnd.Fixed.FAILED);
            }
            case INVALID -> {
                note("relay_connect", "mapped to invalid address");
                answer.none(SessionEnd.Fixed.FAILED);
            }
            case LOOP -> {
                note("relay_session", "looping");
                answer.none(SessionEnd.Fixed.LOOP);
            }
            case USABLE -> {
                session.host(chosen);
                answer.chosen(chosen);
            }
        }
    }

    private void note(String place, String what) {
        session.relay().log().debug(() -> place + ": session " + session.id() + ": " + what);
    }

    @Override
    public void cancel() {
        cancelled = true;
    }
}
