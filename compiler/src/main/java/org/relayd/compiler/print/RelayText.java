package org.relayd.compiler.print;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.Relay.Forward;
import org.relayd.ir.config.Relay.Mapping;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.SchedulingMode;

/** Writes relays; relays that came from further listen lines become such lines again. relayd.conf(5): RELAYS. */
final class RelayText {
    private final ConfText text;
    private final TableText tables;

    RelayText(ConfText text, TableText tables) {
        this.text = text;
        this.tables = tables;
    }

    /** Returns whether a relay is a further listen line of another one. */
    static boolean sameSection(Relay base, Relay relay) {
        return relay.name().equals(base.name() + relay.id() + ":" + relay.port())
                && relay.forward().equals(base.forward())
                && relay.protocol().equals(base.protocol());
    }

    /**
     * Writes the section of a relay.
     *
     * @param base
     *            the relay of the first listen line
     * @param further
     *            those of the other listen lines, in order
     */
    void relay(Relay base, List<Relay> further) {
        text.open("relay " + text.quoted(base.name()));
        listen(base);
        further.forEach(this::listen);
        if (base.protocol().id().isPresent()) {
            text.line("protocol " + text.quoted(base.protocol().name()));
        }
        forwards(base.forward(), (further.isEmpty() ? base : further.getLast()).port());
        if (base.sessionTimeout().toSeconds() != 600) {
            text.line("session timeout " + base.sessionTimeout().toSeconds());
        }
        if (base.disabled()) {
            text.line("disable");
        }
        text.close();
    }

    private void listen(Relay relay) {
        // As a number, 0 is refused.
        text.line("listen on " + text.quoted(relay.address().toString()) + " port "
                + (relay.port().number() == 0 ? text.quoted("0") : relay.port()) + (relay.tls() ? " tls" : ""));
    }

    private void forwards(Forward forward, Port listenPort) {
        String retry = forward.retry() == 0 ? "" : " retry " + forward.retry();
        if (forward.natLookup()) {
            forward(forward, "nat lookup" + retry);
        }
        if (forward.destination()) {
            forward(forward, "destination" + retry);
        }
        Optional<HashKey> key = forward.key();
        for (RelayTable use : forward.tables()) {
            boolean hashing = use.mode() != SchedulingMode.ROUNDROBIN && use.mode() != SchedulingMode.RANDOM;
            forward(forward,
                    tables.use(use.table(), Optional.of(listenPort), use.mode(), hashing ? key : Optional.empty()));
            key = hashing ? Optional.empty() : key;
        }
        forward.target().ifPresent(
                target -> forward(forward, text.quoted(target.name()) + " port " + target.port() + retry));
    }

    // Each forward line overwrites mode and mapping of the whole relay, so all of them say the same.
    private void forward(Forward forward, String target) {
        String mapping = forward.mapping().map(m -> switch (m) {
            case Mapping.ToInet() -> " inet";
            case Mapping.ToInet6(var prefix) -> " inet6 " + text.quoted(prefix.toString());
        }).orElse("");
        text.line((forward.transparent() ? "transparent " : "") + "forward " + (forward.tls() ? "with tls " : "")
                + "to " + target
                + mapping + forward.proxyProtocol().map(version -> " proxy-protocol " + version.word()).orElse(""));
    }
}
