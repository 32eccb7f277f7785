package org.relayd.compiler.check.protocol;

import java.util.Optional;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.ProtocolCode;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Messages about TLS settings. {@code layer} is SSL in dialect 5.1 and TLS in the current one. */
final class TlsErrors {
    private TlsErrors() {}

    static Diagnostic invalidFlag(Text word, String layer, Optional<String> similar) {
        Diagnostic error = Diagnostic.at(ProtocolCode.INVALID_TLS_FLAG, word.span(),
                "invalid " + layer + " flag: " + word.value());
        return similar.map(meant -> error.helped("write " + meant)).orElse(error);
    }

    static Diagnostic noVersion(Span closing, String layer) {
        return Diagnostic.at(ProtocolCode.NO_TLS_VERSION, closing, "invalid " + layer + " protocol")
                .captioned("no version is left");
    }

    static Diagnostic deadVersion(Text word) {
        return Diagnostic.at(AdviceCode.DEAD_TLS_VERSION, word.span(), word.value() + " is not spoken any more");
    }

    /** A version that the dialect has no word for any more. */
    static Diagnostic forgottenVersion(Text word) {
        return deadVersion(word).helped("leave it out");
    }

    static Diagnostic edhBits(Span setting) {
        return Diagnostic.at(AdviceCode.OLD_SPELLING, setting, "edh params has no number of bits any more")
                .helped("write edh params auto");
    }

    static Diagnostic ecdhCurve(Span setting, Text curve) {
        return Diagnostic.at(AdviceCode.OLD_SPELLING, setting, "ecdh curve is called ecdhe")
                .helped("write ecdhe \"" + curve.value() + "\"");
    }

    static Diagnostic noSessionCache(Span setting) {
        return Diagnostic.at(AdviceCode.NO_EFFECT, setting, "the session cache has no settings in dialect current")
                .helped("leave it out");
    }

    static Diagnostic ecdh(Span setting) {
        return Diagnostic.at(AdviceCode.NO_EFFECT, setting, "key exchange with curves is always offered")
                .helped("leave it out");
    }

    /** {@code what} is the name of the original's buffer, such as {@code tlsca}. */
    static Diagnostic tooLong(Text text, String what, int limit) {
        return Diagnostic.at(ProtocolCode.TLS_VALUE_TOO_LONG, text.span(), what)
                .captioned("longer than " + limit + " bytes");
    }

    static Diagnostic unknownCurve(Text curves, String curve) {
        return Diagnostic.at(ProtocolCode.INVALID_CURVES, curves.span(),
                "tls ecdhe " + curves.value() + ": invalid ecdhe curve '" + curve + "'");
    }

    static Diagnostic foreignCurve(Text curves, String curve) {
        return Diagnostic.at(AdviceCode.NOT_PORTABLE, curves.span(), "OpenBSD has no curve " + curve);
    }

    static Diagnostic unknownParams(Text params) {
        return Diagnostic.at(ProtocolCode.INVALID_DH_PARAMS, params.span(),
                "tls edh params " + params.value() + ": invalid dhe param '" + params.value() + "'")
                .captioned("none, auto or legacy");
    }

    static Diagnostic sessionCache(Count size) {
        return Diagnostic.at(ProtocolCode.SESSION_CACHE_RANGE, size.span(), "invalid sslcache value: " + size.value())
                .captioned("must be 0 or more");
    }
}
