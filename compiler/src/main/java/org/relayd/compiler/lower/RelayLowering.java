package org.relayd.compiler.lower;

import java.time.Duration;
import java.util.Optional;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayNode.Inspect;
import org.relayd.ir.plan.RelayNode.ServerTls;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ProtocolType;

/** Relays as paths from a listener to a target. relayd.conf(5): RELAYS. */
public final class RelayLowering {
    /**
     * The longest session timeout: 68 years. Dialect 5.1 reads longer ones, which are more than a clock
     * of nanoseconds can tell.
     */
    private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

    private RelayLowering() {}

    /** Lowers all relays, in order of their ids. Disabled ones are lowered too: relayctl(8) may enable them. */
    public static RelayGraph lower(CheckedConfig config) {
        return new RelayGraph(config.globals().prefork(),
                config.relays().stream().map(relay -> path(relay, sessionTimeout(relay, config))).toList());
    }

    // In dialect 5.1 an answer of DNS must come as fast as one to a health check.
    private static Duration sessionTimeout(Relay relay, CheckedConfig config) {
        boolean likeCheck = config.dialect() == Dialect.V5_1 && relay.protocol().type() == ProtocolType.DNS;
        Duration written = likeCheck ? config.globals().timeout() : relay.sessionTimeout();
        return written.compareTo(LONGEST) > 0 ? LONGEST : written;
    }

    private static RelayPath path(Relay relay, Duration timeout) {
        Protocol protocol = relay.protocol();
        return new RelayPath(relay.id(), relay.name(), timeout,
                new RelayNode.Listen(relay.address(), relay.port(), protocol.tcp(),
                        tls(relay.tls(), protocol).map(settings -> new ServerTls(settings, relay.keyPairs())),
                        relay.disabled()),
                inspect(protocol), select(relay.forward()), connect(relay.forward(), protocol));
    }

    private static Optional<TlsSettings> tls(boolean spoken, Protocol protocol) {
        return spoken ? Optional.of(protocol.tls()) : Optional.empty();
    }

    // Rules in a tcp or dns protocol are accepted and never run, as in OpenBSD.
    private static Inspect inspect(Protocol written) {
        return switch (written) {
            case Protocol(var _, String name, var type, var errorPages, var _, var _, var http, Filter filter)
                    -> switch (type) {
                        case TCP -> new Inspect.Copy();
                        case HTTP -> new Inspect.Http(name, http, errorPages, filter);
                        case DNS -> new Inspect.Dns(name);
                    };
        };
    }

    private static RelayNode.Select select(Relay.Forward forward) {
        TargetSource source = forward.natLookup() ? TargetSource.NAT_LOOKUP
                : forward.destination() ? TargetSource.DESTINATION : TargetSource.CONFIGURED;
        return new RelayNode.Select(forward.tables(), forward.target(), source, forward.retry(), forward.key());
    }

    private static RelayNode.Connect connect(Relay.Forward forward, Protocol protocol) {
        return new RelayNode.Connect(tls(forward.tls(), protocol), forward.transparent(), forward.mapping(),
                forward.proxyProtocol(), protocol.tcp());
    }
}
