package org.relayd.compiler.check;

import java.util.Optional;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.GlobalCode;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.DialectMark;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Messages about global settings and the configuration as a whole. relayd.conf(5): GLOBAL CONFIGURATION. */
final class GlobalErrors {
    private GlobalErrors() {}

    static Diagnostic invalidInterval(Count seconds) {
        return Diagnostic.at(GlobalCode.INVALID_INTERVAL, seconds.span(), "invalid interval: " + seconds.value())
                .captioned("must be 1 s or more");
    }

    static Diagnostic invalidTimeout(Count milliseconds) {
        return Diagnostic
                .at(GlobalCode.INVALID_TIMEOUT, milliseconds.span(), "invalid timeout: " + milliseconds.value())
                .captioned("must be 0 ms or more");
    }

    static Diagnostic invalidPrefork(Count processes) {
        return Diagnostic.at(GlobalCode.PREFORK_RANGE, processes.span(),
                "invalid number of preforked relays: " + processes.value()).captioned("must be 1 to 32");
    }

    static Diagnostic invalidExtensions(Text state) {
        return Diagnostic.at(GlobalCode.INVALID_EXTENSIONS, state.span(), "invalid extensions: " + state.value())
                .captioned("can only be on").helped("leave the line out to use no extensions");
    }

    /** {@code what} is the original's name of the text, such as {@code snmp path}. */
    static Diagnostic tooLong(Text text, String what, int limit) {
        return Diagnostic.at(GlobalCode.PATH_TOO_LONG, text.span(), what)
                .captioned("longer than " + limit + " bytes");
    }

    static Diagnostic timeoutExceedsInterval(long timeout, long interval, Optional<Span> setting) {
        Diagnostic error = Diagnostic.global(GlobalCode.TIMEOUT_EXCEEDS_INTERVAL, "global timeout exceeds interval")
                .noted("timeout " + timeout + " ms, interval " + interval + " s");
        return setting.map(span -> error.labelled(span, "set here")).orElse(error);
    }

    static Diagnostic noActions() {
        return Diagnostic.global(GlobalCode.NO_ACTIONS, "no actions, nothing to do");
    }

    static Diagnostic lateAndIgnored(Span setting, Optional<Span> firstSection) {
        return late(setting, "global setting below a section is ignored by dialect 5.1", firstSection);
    }

    static Diagnostic latePrefork(Span setting, Optional<Span> firstSection) {
        return late(setting, "prefork below a section has no effect on OpenBSD", firstSection);
    }

    static Diagnostic late(Span setting, Optional<Span> firstSection) {
        return late(setting, "global setting does not apply to the tables above it", firstSection);
    }

    private static Diagnostic late(Span setting, String message, Optional<Span> firstSection) {
        Diagnostic warning = Diagnostic.at(AdviceCode.LATE_GLOBAL, setting, message).helped("move it to the top");
        return firstSection.map(section -> warning.labelled(section, "first section")).orElse(warning);
    }

    static Diagnostic mixedDialects(DialectMark current, DialectMark old) {
        return Diagnostic.at(AdviceCode.MIXED_DIALECTS, old.span(),
                "the file mixes dialect 5.1 and the current dialect").captioned(old.construct() + ": dialect 5.1")
                .labelled(current.span(), current.construct() + ": current dialect");
    }
}
