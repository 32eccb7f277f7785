package org.relayd.runtime.relay.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.select.HostSelector;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.wire.Endpoints;
import org.relayd.runtime.relay.wire.Transport;

/**
 * The choice of a target for a session the way the relay's forward lines say, and of another one if that cannot be
 * reached. One object makes one choice after the other; each answer comes during the call or later, on the loop.
 */
public final class TargetChoice implements Transport.Attempt {
    private final Session session;
    private final Answer answer;
    private Optional<Lookup> lookup = Optional.empty();
    private Set<TargetHost> tried = Set.of();
    private boolean values;

    /** Nothing is chosen yet. */
    public TargetChoice(Session session, Answer answer) {
        this.session = session;
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
    public void begin(HashInput input) {
        anew(input);
        Endpoints client = session.client();
        switch (session.relay().path().select().source()) {
            case CONFIGURED -> decide(selector().select(from(), input));
            // Diverted packets keep their destination, translated ones have one that only conntrack knows.
            case DESTINATION -> meant(Optional.of(client.originalDestination().orElseGet(client::localAddress)), input);
            case NAT_LOOKUP -> {
                Optional<InetSocketAddress> known = client.originalDestination();
                if (known.isPresent()) {
                    meant(known, input);
                } else {
                    Lookup begun = new Lookup(input);
                    lookup = Optional.of(begun);
                    session.relay().rights().natLookup(client.remoteAddress(), client.localAddress(), begun);
                }
            }
        }
    }

    /** Chooses in the table of that number only. */
    void begin(int table, HashInput input) {
        anew(input);
        decide(selector().select(table, from(), input));
    }

    private void anew(HashInput input) {
        values = input.isBegun();
        tried = Set.of();
    }

    /**
     * Returns a usable host in place of one that could not be reached: of the same table, each once. Empty if there is
     * none, or if the table's mode keeps the client at its host.
     */
    public Optional<TargetHost> another(TargetHost failed) {
        if (tried.isEmpty()) {
            tried = Collections.newSetFromMap(new IdentityHashMap<>());
        }
        tried.add(failed);
        Optional<TargetHost> next = selector().another(tried, values, from());
        return next.isEmpty() || isTarget(next.get()) ? next : another(next.get());
    }

    private static boolean isTarget(TargetHost host) {
        return switch (host.state()) {
            case USABLE -> true;
            case INVALID, LOOP, NONE -> false;
        };
    }

    private HostSelector selector() {
        return session.relay().selector();
    }

    private byte[] from() {
        return session.clientAddress().getAddress().getAddress();
    }

    /** A question to the packet filter. */
    private final class Lookup implements Rights.Answer<Optional<InetSocketAddress>> {
        private final HashInput input;
        private boolean cancelled;

        Lookup(HashInput input) {
            this.input = input;
        }

        @Override
        public void given(Optional<InetSocketAddress> address) {
            session.loop().run(() -> {
                if (!cancelled) {
                    meant(address, input);
                }
            });
        }

        @Override
        public void refused(IOException reason) {
            session.relay().log().debug(() -> "relay_natlook: session " + session.id() + ": " + reason.getMessage());
            given(Optional.empty());
        }
    }

    private void meant(Optional<InetSocketAddress> address, HashInput input) {
        decide(selector().meant(address, from(), input));
    }

    private void decide(TargetHost chosen) {
        switch (chosen.state()) {
            case NONE -> {
                note("relay_from_table", "no active hosts");
                boolean lookedUp = session.relay().path().select().source() == TargetSource.NAT_LOOKUP;
                answer.none(lookedUp ? SessionEnd.Fixed.NAT_LOOKUP : SessionEnd.Fixed.FAILED);
            }
            case INVALID -> {
                note("relay_connect", "mapped to invalid address");
                unusable(chosen, SessionEnd.Fixed.FAILED);
            }
            case LOOP -> {
                note("relay_session", "looping");
                unusable(chosen, SessionEnd.Fixed.LOOP);
            }
            case USABLE -> answer.chosen(chosen);
        }
    }

    private void unusable(TargetHost chosen, SessionEnd why) {
        Optional<TargetHost> next = another(chosen);
        if (next.isPresent()) {
            answer.chosen(next.get());
        } else {
            answer.none(why);
        }
    }

    private void note(String place, String what) {
        session.relay().log().debug(() -> place + ": session " + session.id() + ": " + what);
    }

    @Override
    public void cancel() {
        lookup.ifPresent(begun -> begun.cancelled = true);
        lookup = Optional.empty();
    }
}
