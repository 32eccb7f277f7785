package org.relayd.compiler.check.section;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.table.DerivedTable;
import org.relayd.compiler.check.table.TableUses;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.ir.term.SchedulingMode;

/** A relay section while its options are read: one relay for each listen line, with everything else in common. */
public final class RelayDraft {

    /** A table in the order of the forward lines. */
    record ForwardTable(DerivedTable table, SchedulingMode mode) {}

    /** A listen line. */
    record Listen(IpAddress address, Port port, boolean tls, Span line) {}

    /** A relay of the section: its listen line and what is its own. */
    record Made(RelayId id, String name, Listen listen, List<KeyPairFiles> keyPairs) {}

    final Text name;
    final ListenLines listenLines;
    final List<Listen> listens = new ArrayList<>();
    final List<ForwardTable> tables = new ArrayList<>();
    List<KeyPairFiles> keyPairs = List.of();
    final List<Made> made = new ArrayList<>();
    Optional<Relay.TargetAddress> target = Optional.empty();
    Optional<Span> targetLine = Optional.empty();
    boolean natLookup;
    boolean destination;
    int retry;
    Optional<Span> transparent = Optional.empty();
    Optional<Span> withTls = Optional.empty();
    Optional<Relay.Mapping> mapping = Optional.empty();
    Optional<Span> mappingLine = Optional.empty();
    Optional<ProxyProtocol> proxyProtocol = Optional.empty();
    Optional<HashKey> key = Optional.empty();
    Optional<Text> protocolName = Optional.empty();
    Protocol protocol;
    Duration sessionTimeout = SessionTimeout.DEFAULT;
    boolean disabled;

    RelayDraft(Text name, Protocol defaultProtocol, long listenLines) {
        this.name = name;
        this.protocol = defaultProtocol;
        this.listenLines = new ListenLines(listenLines);
    }

    boolean hasTarget() {
        return target.isPresent() || !tables.isEmpty() || natLookup || destination;
    }

    /** Returns the finished relays. */
    public List<Relay> finish(TableUses.Finished finished) {
        List<RelayTable> relayTables = new ArrayList<>(tables.size());
        for (ForwardTable use : tables) {
            relayTables.add(new RelayTable(finished.of(use.table()), use.mode(), !relayTables.isEmpty()));
        }
        Relay.Forward forward = new Relay.Forward(target, relayTables, natLookup, destination, retry,
                transparent.isPresent(), withTls.isPresent(), mapping, proxyProtocol, key);
        List<Relay> relays = new ArrayList<>(made.size());
        for (Made relay : made) {
            Listen listen = relay.listen();
            relays.add(new Relay(relay.id(), relay.name(), disabled, listen.address(), listen.port(), listen.tls(),
                    protocol, forward, sessionTimeout, relay.keyPairs()));
        }
        return relays;
    }
}
