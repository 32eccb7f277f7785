package org.relayd.runtime.platform.bsd;

import java.util.List;
import org.relayd.ir.image.PfImage;
import org.relayd.runtime.platform.KernelException;

/**
 * Rules as text for pfctl(8): on FreeBSD, and on a release of OpenBSD whose struct for rules is not known. pfctl makes
 * one transaction of an anchor's rules.
 */
final class PfctlRules implements PfRules {
    private static final String PFCTL = "/sbin/pfctl";

    private final SystemCalls calls;

    PfctlRules(SystemCalls calls) {
        this.calls = calls;
    }

    @Override
    public void requireEnabled() throws KernelException {
        if (!calls.run(List.of(PFCTL, "-s", "info"), "").lines().anyMatch(line -> line.startsWith("Status: Enabled"))) {
            throw new KernelException("pf is disabled: run pfctl -e");
        }
    }

    @Override
    public List<String> anchors() throws KernelException {
        return calls.run(List.of(PFCTL, "-a", "relayd", "-s", "Anchors"), "").lines().map(String::strip)
                .filter(name -> name.startsWith("relayd/")).toList();
    }

    /** A rule that cannot be said is not left out: the others alone would redirect something else. */
    @Override
    public void load(PfImage anchor) throws KernelException {
        List<String> obstacles = anchor.text().obstacles();
        if (!obstacles.isEmpty()) {
            throw new KernelException(
                    "pf: redirect " + anchor.redirect().name() + ": pfctl cannot load it: " + obstacles.getFirst());
        }
        replace(anchor.anchor(), String.join("\n", anchor.text().lines()) + "\n");
    }

    @Override
    public void remove(String anchor) throws KernelException {
        replace(anchor, "");
    }

    /**
     * Tables that the text does not define stay as they are. Without {@code -o none} pfctl would put rules
     * of its own in their place.
     */
    private void replace(String anchor, String rules) throws KernelException {
        calls.run(List.of(PFCTL, "-o", "none", "-a", anchor, "-f", "-"), rules);
    }
}
