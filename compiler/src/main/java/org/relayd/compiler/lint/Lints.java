package org.relayd.compiler.lint;

import java.util.List;
import java.util.stream.Stream;
import org.relayd.compiler.certificate.CertificateFiles;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.source.ReadingOrder;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.source.Span;

/** All lints. */
public final class Lints {
    private Lints() {}

    /**
     * Looks at an accepted configuration.
     *
     * @param written
     *            as it is written
     * @param meant
     *            what it means
     * @param environment
     *            tells who can read which files, and what the time is
     * @param certificates
     *            what there is in its files of certificates
     * @return advice in reading order
     */
    public static List<Diagnostic> of(ParsedConfig written, CheckedConfig meant, Environment environment,
            CertificateFiles certificates) {
        return Stream.of(MacroLint.of(written), TableLint.of(written, meant), PortLint.of(written),
                ListenerLint.of(written, meant), RuleLint.of(written), ActionLint.of(written),
                ForwardTableLint.of(written), RouterLint.of(written, meant),
                SecrecyLint.of(written, meant, environment), TlsUseLint.of(written, meant),
                CertificateLint.of(written, meant, environment.time(), certificates))
                .flatMap(List::stream).sorted((a, b) -> ReadingOrder.compare(place(a), place(b))).toList();
    }

    private static Span place(Diagnostic advice) {
        return advice.primary().orElseThrow();
    }
}
