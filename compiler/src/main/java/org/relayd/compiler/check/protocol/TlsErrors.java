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

    static Diagnostic absentCurve(Text curves, String curve) {
        return Diagnostic.at(AdviceCode.NOT_IN_TLS_LIBRARY, curves.span(), "the TLS library has no curve " + curve)
                .noted("it is left out");
    }

    static Diagnostic unknownCipher(Text list, String word, Optional<String> similar) {
        Diagnostic unknown = Diagnostic
                .at(AdviceCode.UNKNOWN_CIPHER, list.span(), "no cipher and no other word of cipher lists: " + word)
                .noted("it is left out");
        return similar.map(meant -> unknown.helped("write " + meant)).orElse(unknown);
    }

    static Diagnostic absentCiphers(Text list, String words) {
        return Diagnostic.at(AdviceCode.NOT_IN_TLS_LIBRARY, list.span(), "no cipher is offered for " + words)
                .noted("offered are ECDHE with AES or ChaCha20; the rest of the list holds");
    }

    static Diagnostic cipherCommand(Text list, String command) {
        return Diagnostic.at(AdviceCode.NOT_IN_TLS_LIBRARY, list.span(), "the TLS library does not know " + command)
                .noted("it is left out; sizes of keys are not limited by the list");
    }

    static Diagnostic newestCiphers(Text list, String words, boolean alone) {
        Diagnostic newest = Diagnostic
                .at(AdviceCode.NOT_IN_TLS_LIBRARY, list.span(), "ciphers of TLS 1.3 cannot be chosen: " + words)
                .noted("where TLS 1.3 is spoken, all of its ciphers are offered");
        return alone ? newest.noted("the list has none for older versions, so they are not spoken") : newest;
    }

    static Diagnostic noFiniteFields(Span setting) {
        return Diagnostic
                .at(AdviceCode.NOT_IN_TLS_LIBRARY, setting, "the TLS library has no key exchange with finite fields")
                .noted("keys are exchanged with curves only, see ecdhe").helped("write no edh, which is the default");
    }

    static Diagnostic noRenegotiation(Text word) {
        return Diagnostic.at(AdviceCode.NOT_IN_TLS_LIBRARY, word.span(), "clients cannot renegotiate")
                .noted("the TLS library refuses it, and TLS 1.3 has no such thing").helped("leave it out");
    }

    static Diagnostic cacheOfLibrary(Count size) {
        return Diagnostic
                .at(AdviceCode.NOT_IN_TLS_LIBRARY, size.span(), "the session cache has a size of its own")
                .noted("sessions of TLS 1.2 are remembered, whatever the number is");
    }

    static Diagnostic weakVersion(Text word) {
        return Diagnostic
                .at(AdviceCode.WEAK_TLS_VERSION, word.span(),
                        word.value().equals("tlsv1") ? "tlsv1 stands for TLS 1.0 and 1.1 too, which are weak"
                                : "TLS 1.0 and 1.1 are weak")
                .helped("leave it out unless there are clients or hosts that have nothing newer");
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
