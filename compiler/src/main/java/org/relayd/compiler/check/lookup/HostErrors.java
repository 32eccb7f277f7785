package org.relayd.compiler.check.lookup;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.compiler.source.PageAddress;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.Text;

/** Messages about names of hosts and interfaces. */
final class HostErrors {
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+|[A-Za-z][A-Za-z0-9.-]*):([0-9]{1,5})");
    private static final Pattern INTERFACE = Pattern
            .compile("egress|(?:em|vio|re|bge|bnx|fxp|ix|ixl|igc|igb|msk|vmx|xnf|hvn|carp|vlan|trunk|lo|eth|ens|enp|"
                    + "wlan|br|tun|wg)[0-9][a-z0-9]*");

    private HostErrors() {}

    /** Adds advice to an error about a word that stands for no address. */
    static Diagnostic advised(Diagnostic error, String word, List<String> interfaces) {
        Matcher port = WITH_PORT.matcher(word);
        Optional<PageAddress> page = PageAddress.at(word, 0);
        if (word.equals("*")) {
            return error.helped("write 0.0.0.0 for every IPv4 address, :: for every IPv6 address");
        } else if (page.isPresent()) {
            return error.helped("no host is written like a page: write " + page.get().host() + ", and port "
                    + page.get().port() + (page.get().secure() ? " and tls" : "") + " where the line has them");
        } else if (port.matches()) {
            return error.helped(
                    "write the port apart, for the hosts of a table on the forward line: port " + port.group(2));
        } else if (INTERFACE.matcher(word).matches() && !interfaces.isEmpty()) {
            Diagnostic advised = error.noted("interfaces here: " + String.join(", ", interfaces));
            return word.equals("egress") ? advised.helped("this system has no such interface group: name an interface"
                    + " or an address") : advised.helped("name an interface that there is, or an address");
        }
        return error;
    }

    static Diagnostic moreAddresses(Text name, int taken, Optional<String> used) {
        Diagnostic warning = Diagnostic.global(AdviceCode.MORE_ADDRESSES,
                "host_dns: " + name.value() + " resolves to more than " + taken + " hosts")
                .labelled(name.span(),
                        taken == 1 ? "only the first address is used" : "only " + taken + " addresses are used");
        return used.map(address -> warning.noted("used: " + address)).orElse(warning);
    }
}
