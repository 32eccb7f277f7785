package org.relayd.compiler.check.lookup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.environment.Environment;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.parsed.Text;

/**
 * Turns the words for hosts into addresses: a numeric address stands for itself, then interfaces and interface groups
 * are tried, then DNS. Answers are remembered, so each name is asked once.
 */
public final class Hosts {
    private final Environment environment;
    private final Findings findings;
    private final Map<String, List<IpAddress>> names = new HashMap<>();
    private final Map<String, List<IpAddress>> interfaces = new HashMap<>();

    /**
     * @param environment
     *            answers
     * @param findings
     *            takes a warning if a name has more addresses than are used
     */
    public Hosts(Environment environment, Findings findings) {
        this.environment = environment;
        this.findings = findings;
    }

    /**
     * Returns the one address that a word stands for where there can be only one: the first IPv4 address of an
     * interface or, without any, its first IPv6 address; the first answer of DNS.
     */
    public Optional<IpAddress> one(Text word) {
        List<IpAddress> found = all(word, 1);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /**
     * Returns the addresses that a word stands for in a listen line of a redirection.
     *
     * @param most
     *            how many addresses are taken; a warning says so if DNS has more
     * @return at most that many, an interface's IPv4 addresses before its IPv6 addresses; empty if there is none
     */
    public List<IpAddress> all(Text word, int most) {
        Optional<IpAddress> number = numeric(word.value());
        if (number.isPresent()) {
            return List.of(number.get());
        }
        List<IpAddress> local = interfaces.computeIfAbsent(word.value(), this::interfaceAddresses);
        if (!local.isEmpty()) {
            // Of the addresses of an interface the first is meant where there can be only one.
            if (most > 1 && local.size() > most) {
                findings.add(HostErrors.moreAddresses(word, most, Optional.empty()));
            }
            return local.subList(0, Math.min(most, local.size()));
        }
        List<IpAddress> resolved = names.computeIfAbsent(word.value(), environment::resolve);
        if (resolved.size() > most) {
            findings.add(HostErrors.moreAddresses(word, most,
                    most == 1 ? Optional.of(resolved.getFirst().toString()) : Optional.empty()));
            return resolved.subList(0, most);
        }
        return resolved;
    }

    /** Adds what can be advised to an error about a word that stands for no address. */
    public Diagnostic advised(Diagnostic error, Text word) {
        return HostErrors.advised(error, word.value(), environment.interfaces());
    }

    /**
     * Returns the address that a text writes in digits. The scope of a link-local address becomes the number of the
     * interface, as in a socket address; a scope that no interface has makes the text no address.
     */
    public Optional<IpAddress> numeric(String text) {
        Optional<IpAddress> parsed = IpAddress.parse(text);
        if (parsed.isEmpty() || parsed.get().scope().isEmpty()) {
            return parsed;
        }
        String scope = parsed.get().scope();
        OptionalInt index = environment.interfaceIndex(scope);
        if (index.isPresent()) {
            return IpAddress.parse(text.substring(0, text.indexOf('%') + 1) + index.getAsInt());
        }
        return scope.chars().allMatch(c -> c >= '0' && c <= '9') ? parsed : Optional.empty();
    }

    private List<IpAddress> interfaceAddresses(String name) {
        List<IpAddress> found = new ArrayList<>();
        environment.interfaceAddresses(name).ifPresentOrElse(found::addAll,
                () -> environment.groupMembers(name).ifPresent(members -> {
                    for (String member : members) {
                        environment.interfaceAddresses(member).ifPresent(found::addAll);
                    }
                }));
        List<IpAddress> ordered = new ArrayList<>(found.size());
        for (IpFamily family : IpFamily.values()) {
            for (IpAddress address : found) {
                if (address.family() == family) {
                    ordered.add(address);
                }
            }
        }
        return ordered;
    }
}
