package org.relayd.compiler.check.section;

import java.time.Duration;
import org.relayd.compiler.check.state.Findings;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.RedirectCode;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.term.Dialect;

/** Reads {@code session timeout}. relayd.conf(5): seconds, 600 unless set. */
final class SessionTimeout {
    static final Duration DEFAULT = Duration.ofMinutes(10);

    private SessionTimeout() {}

    /** Returns the timeout; an error goes to the findings. Only the current dialect has an upper limit. */
    static Duration read(Count seconds, Dialect dialect, Findings findings) {
        if (seconds.value() < 0) {
            findings.add(Diagnostic.at(RedirectCode.SESSION_TIMEOUT, seconds.span(),
                    "invalid timeout: " + seconds.value()).captioned("must be 0 s or more"));
        } else if (dialect == Dialect.CURRENT && seconds.value() > Integer.MAX_VALUE) {
            findings.add(Diagnostic.at(RedirectCode.SESSION_TIMEOUT, seconds.span(),
                    "timeout too large: " + seconds.value()).captioned("must be at most 2147483647 s"));
        }
        return Duration.ofSeconds(seconds.value());
    }
}
