package org.relayd.compiler.check.protocol;

import java.util.Optional;
import org.relayd.compiler.check.state.Findings;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.tls.KeyGroup;

/** Checks the groups for key exchange. */
final class GroupReader {
    private final Findings findings;

    GroupReader(Findings findings) {
        this.findings = findings;
    }

    void check(Text groups) {
        if (groups.value().equalsIgnoreCase("default")) {
            return;
        }
        for (String name : groups.value().split("[,:]", -1)) {
            Optional<KeyGroup> group = KeyGroup.named(name.strip());
            if (group.isEmpty()) {
                findings.add(TlsErrors.unknownCurve(groups, name));
                return;
            }
            if (!group.get().isOffered()) {
                findings.add(TlsErrors.absentCurve(groups, name.strip()));
            }
        }
    }
}
