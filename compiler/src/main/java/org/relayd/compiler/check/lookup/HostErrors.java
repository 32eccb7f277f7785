package org.relayd.compiler.check.lookup;

import java.util.Optional;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.Text;

/** Messages about names of hosts and interfaces. */
final class HostErrors {
    private HostErrors() {}

    static Diagnostic moreAddresses(Text name, int taken, Optional<String> used) {
        Diagnostic warning = Diagnostic.global(AdviceCode.MORE_ADDRESSES,
                "host_dns: " + name.value() + " resolves to more than " + taken + " hosts")
                .labelled(name.span(),
                        taken == 1 ? "only the first address is used" : "only " + taken + " addresses are used");
        return used.map(address -> warning.noted("used: " + address)).orElse(warning);
    }
}
