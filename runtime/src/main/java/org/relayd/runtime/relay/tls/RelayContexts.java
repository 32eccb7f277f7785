package org.relayd.runtime.relay.tls;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.plan.KeyPrints;
import org.relayd.ir.plan.RelayDiff;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.relay.session.RelayTls;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.trust.VerifierThreads;

/**
 * The TLS contexts of all relays of the running plan. A change of plans reads all files anew, and makes new contexts
 * for relays that need others. One change at a time.
 */
public final class RelayContexts {
    private final KeyRights door;
    private final ContextMaker maker;
    private final TicketStock tickets;
    /** Anybody can be a client: what a flood of them leaves waiting is no reason to refuse targets. */
    private final VerifierThreads forClients = new VerifierThreads();
    private final VerifierThreads forTargets = new VerifierThreads();
    private final Supplier<TlsEngine> library;
    private Optional<TlsEngine> engine = Optional.empty();
    private Map<RelayId, RelayContext> running = Map.of();

    /**
     * Has no contexts yet.
     *
     * @param door
     *            reads the files
     * @param library
     *            loads the library; asked once, when there is something to make
     * @param nanos
     *            a clock such as {@link System#nanoTime}
     */
    public RelayContexts(KeyRights door, Supplier<TlsEngine> library, LongSupplier nanos) {
        this.door = door;
        this.library = library;
        tickets = new TicketStock(nanos);
        maker = new ContextMaker(this::engine, forClients, forTargets, tickets, nanos);
    }

    private TlsEngine engine() {
        TlsEngine loaded = engine.orElseGet(library);
        engine = Optional.of(loaded);
        return loaded;
    }

    /** Returns what stood in the files of the running plan when they were read. */
    public KeyPrints prints() {
        return new KeyPrints(running.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().print())));
    }

    /**
     * Reads the files of another plan. Nothing else happens yet. Blocks.
     *
     * @throws TlsException
     *             if one cannot be read; its text names relay and file
     */
    public Change prepare(RelayGraph next) throws TlsException {
        Map<RelayId, RelayFiles> files = new HashMap<>();
        for (RelayPath path : next.paths()) {
            if (RelayFiles.areNeededBy(path)) {
                try {
                    files.put(path.id(), RelayFiles.read(path, door));
                } catch (TlsException refused) {
                    files.values().forEach(RelayFiles::close);
                    throw named(path, refused);
                }
            }
        }
        return new Change(files);
    }

    private static TlsException named(RelayPath path, TlsException refused) {
        return new TlsException("relay " + path.name() + ": " + refused.getMessage(), refused);
    }

    /** Renews ticket keys whose time has come. To be called every few minutes, on any thread. */
    public void turn() {
        tickets.turn();
    }

    /** Ends what runs beside the event loops, and wipes ticket keys. */
    public void close() {
        forClients.close();
        forTargets.close();
        tickets.retain(Set.of());
    }

    private Set<OctetString> sessionContexts() {
        return running.values().stream().map(RelayContext::sessions).flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /** Contexts of the next plan: {@link #make}, and then either {@link #commit} or {@link #abandon}. */
    public final class Change {
        private final Map<RelayId, RelayFiles> files;
        private final Map<RelayId, RelayContext> next = new HashMap<>();
        private final Map<RelayId, RelayContext> made = new LinkedHashMap<>();

        private Change(Map<RelayId, RelayFiles> files) {
            this.files = files;
        }

        /** Returns what stands in the files now. */
        public KeyPrints prints() {
            return new KeyPrints(files.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().print())));
        }

        /**
         * Makes contexts for all relays but those that are kept, whose contexts go on. Blocks.
         *
         * @throws TlsException
         *             if something is no good, with relay and file; then the change is abandoned
         */
        public void make(RelayDiff diff, Dialect dialect) throws TlsException {
            try {
                for (RelayDiff.Step step : diff.steps()) {
                    if (files.containsKey(step.after().id())) {
                        make(step, dialect);
                    }
                }
            } catch (TlsException | RuntimeException refused) {
                abandon();
                throw refused;
            } finally {
                files.values().forEach(RelayFiles::close);
            }
        }

        private void make(RelayDiff.Step step, Dialect dialect) throws TlsException {
            switch (step) {
                case RelayDiff.Step.Kept(RelayPath before, RelayPath path)
                        -> next.put(path.id(), running.get(before.id()));
                case RelayDiff.Step.Rekeyed(RelayPath _, RelayPath path) -> make(path, dialect);
                case RelayDiff.Step.Replaced(RelayPath _, RelayPath path) -> make(path, dialect);
                case RelayDiff.Step.Opened(RelayPath path) -> make(path, dialect);
            }
        }

        private void make(RelayPath path, Dialect dialect) throws TlsException {
            try {
                made.put(path.id(), maker.make(path, dialect, files.get(path.id())));
            } catch (TlsException refused) {
                throw named(path, refused);
            }
        }

        /** Returns the contexts of a relay that is not kept. */
        public RelayTls of(RelayPath path) {
            return Optional.ofNullable(made.get(path.id())).map(RelayContext::tls).orElse(RelayTls.none());
        }

        /** Closes what was made. */
        public void abandon() {
            files.values().forEach(RelayFiles::close);
            made.values().forEach(context -> context.tls().close());
            made.clear();
            tickets.retain(sessionContexts());
        }

        /** These are the contexts of the running plan now. Those before are closed by whoever used them. */
        public void commit() {
            next.putAll(made);
            running = Map.copyOf(next);
            tickets.retain(sessionContexts());
        }
    }
}
