package org.relayd.compiler.check.section;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.source.Span;

/** Names and listeners of the relays above. */
final class RelayIndex {
    private final Map<String, Span> names = new HashMap<>();
    private final Map<Endpoint, Span> listeners = new HashMap<>();

    private record Endpoint(IpAddress address, Port port) {}

    void add(String name, RelayDraft.Listen listen) {
        names.put(name, listen.line());
        listeners.putIfAbsent(new Endpoint(listen.address(), listen.port()), listen.line());
    }

    /** Returns the listen line of the relay that has a name. */
    Optional<Span> named(String name) {
        return Optional.ofNullable(names.get(name));
    }

    /** Returns the listen line of the relay that has a name or else an address and port. */
    Optional<Span> clash(String name, RelayDraft.Listen listen) {
        return named(name)
                .or(() -> Optional.ofNullable(listeners.get(new Endpoint(listen.address(), listen.port()))));
    }
}
