package org.relayd.compiler.check.state;

import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.GlobalCode;
import org.relayd.ir.parsed.GlobalSetting;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.source.Span;

/**
 * The one place that decides whether a statement that OpenBSD does not have is accepted. relayd.conf(5): EXTENSIONS.
 */
public final class Extensions {
    /** The word that switches extensions on. */
    public static final String ON = "on";

    private final ExtensionPolicy policy;
    private final Findings findings;
    private boolean on;

    /**
     * @param policy
     *            what the command line says
     * @param findings
     *            takes the refusals
     */
    public Extensions(ExtensionPolicy policy, Findings findings) {
        this.policy = policy;
        this.findings = findings;
    }

    /** Looks for {@code extensions on}, which may stand anywhere outside of sections, below its use too. */
    public void begin(ParsedConfig config) {
        on = config.declarations().stream().anyMatch(
                declaration -> declaration instanceof GlobalSetting.Extensions extensions
                        && extensions.state().value().equals(ON));
    }

    /**
     * Notes that an extension is used, with an error if it cannot be.
     *
     * @param statement
     *            where it stands
     * @param words
     *            its words, as a person names it
     */
    public void use(Span statement, String words) {
        switch (policy) {
            case REFUSED -> findings.add(Diagnostic.at(GlobalCode.EXTENSION, statement,
                    words + " is an extension: --strict-compat refuses it"));
            case OPT_IN -> {
                if (!on) {
                    findings.add(Diagnostic.at(GlobalCode.EXTENSION, statement,
                            words + " is an extension: add \"extensions on\"").captioned("not known to OpenBSD")
                            .helped("write extensions on as a line outside of sections"));
                }
            }
        }
    }
}
