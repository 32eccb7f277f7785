package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Redirect.Listener;
import org.relayd.ir.config.Relay;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.RedirectDeclaration;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ProtocolType;

/** Redirections and relays that take connections away from each other. */
final class ListenerLint {
    private final Map<Endpoint, Taken> taken = new HashMap<>();
    private final List<Diagnostic> advice = new ArrayList<>();

    private record Endpoint(IpAddress address, IpProtocol protocol, PortRange ports, Optional<String> interfaceName) {}

    private record Taken(String owner, Span place) {}

    // Equal endpoints only: ranges and wildcards overlap on purpose often enough.
    static List<Diagnostic> of(ParsedConfig written, CheckedConfig meant) {
        ListenerLint lint = new ListenerLint();
        lint.relays(written, meant);
        lint.redirects(written, meant);
        return lint.advice;
    }

    /** Dialect current refuses two of one address and port. */
    private void relays(ParsedConfig written, CheckedConfig meant) {
        for (WrittenRelay each : WrittenRelay.all(written, meant)) {
            Relay relay = each.relay();
            IpProtocol protocol = relay.protocol().type() == ProtocolType.DNS ? IpProtocol.UDP : IpProtocol.TCP;
            take(new Endpoint(relay.address(), protocol, PortRange.single(relay.port()), Optional.empty()),
                    new Taken("relay " + relay.name(), each.listen()));
        }
    }

    private void redirects(ParsedConfig written, CheckedConfig meant) {
        Map<String, Span> headers = new HashMap<>();
        Uses.all(written, RedirectDeclaration.class)
                .forEach(redirect -> headers.put(redirect.name().value(), redirect.name().span()));
        for (Redirect redirect : meant.redirects()) {
            for (Listener listener : redirect.listeners()) {
                take(new Endpoint(listener.address(), listener.protocol(), listener.ports(), listener.interfaceName()),
                        new Taken("redirect " + redirect.name(), headers.get(redirect.name())));
            }
        }
    }

    private void take(Endpoint endpoint, Taken by) {
        Taken other = taken.putIfAbsent(endpoint, by);
        if (other != null) {
            Diagnostic overlap = Diagnostic.at(AdviceCode.OVERLAPPING_LISTENERS, by.place(), endpoint.protocol()
                    + " to " + endpoint.address() + " port " + endpoint.ports() + " is also taken by "
                    + other.owner());
            advice.add(other.place().equals(by.place()) ? overlap : overlap.labelled(other.place(), "the other one"));
        }
    }
}
