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
import org.relayd.ir.net.PortRange;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.RedirectDeclaration;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ProtocolType;

/** Redirections that take connections away from each other or from relays. */
final class ListenerLint {
    private final Map<String, Span> headers = new HashMap<>();
    private final List<Diagnostic> advice = new ArrayList<>();

    private record Endpoint(IpAddress address, String protocol, PortRange ports, Optional<String> interfaceName) {}

    private record Taken(String owner, Optional<Span> header) {}

    static List<Diagnostic> of(ParsedConfig written, CheckedConfig meant) {
        ListenerLint lint = new ListenerLint();
        Uses.all(written, RedirectDeclaration.class)
                .forEach(redirect -> lint.headers.put(redirect.name().value(), redirect.name().span()));
        lint.compare(meant);
        return lint.advice;
    }

    // Equal endpoints only: ranges and wildcards overlap on purpose often enough.
    private void compare(CheckedConfig meant) {
        Map<Endpoint, Taken> taken = new HashMap<>();
        for (Relay relay : meant.relays()) {
            String protocol = relay.protocol().type() == ProtocolType.DNS ? "udp" : "tcp";
            taken.putIfAbsent(new Endpoint(relay.address(), protocol, PortRange.single(relay.port()), Optional.empty()),
                    new Taken("relay " + relay.name(), Optional.empty()));
        }
        for (Redirect redirect : meant.redirects()) {
            Span header = headers.get(redirect.name());
            for (Listener listener : redirect.listeners()) {
                Endpoint endpoint = new Endpoint(listener.address(), listener.protocol(), listener.ports(),
                        listener.interfaceName());
                Taken other = taken.putIfAbsent(endpoint,
                        new Taken("redirect " + redirect.name(), Optional.of(header)));
                if (other != null) {
                    advice.add(overlap(header, listener, other));
                }
            }
        }
    }

    private static Diagnostic overlap(Span header, Listener listener, Taken other) {
        Diagnostic advice = Diagnostic.at(AdviceCode.OVERLAPPING_LISTENERS, header, listener.protocol() + " to "
                + listener.address() + " port " + listener.ports() + " is also taken by " + other.owner());
        return other.header().filter(span -> !span.equals(header)).map(span -> advice.labelled(span, "the other one"))
                .orElse(advice);
    }
}
