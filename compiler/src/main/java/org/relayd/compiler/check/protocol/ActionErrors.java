package org.relayd.compiler.check.protocol;

import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.ProtocolCode;
import org.relayd.ir.diagnostic.TableCode;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Messages about protocol actions of dialect 5.1. */
final class ActionErrors {
    private ActionErrors() {}

    static Diagnostic digestType(Text digest) {
        return Diagnostic.at(ProtocolCode.DIGEST_TYPE, digest.span(), "digest not supported for this type")
                .captioned("digests are for url");
    }

    static Diagnostic invalidDigest(Text digest) {
        return Diagnostic.at(TableCode.INVALID_DIGEST, digest.span(), "invalid http digest")
                .captioned(digest.value().length() + " characters; 40 for SHA1 or 32 for MD5 are needed");
    }

    static Diagnostic digestOfNothing(Text digest) {
        return Diagnostic.at(AdviceCode.NO_EFFECT, digest.span(), "no URL has this digest")
                .captioned("hexadecimal digits are needed");
    }

    static Diagnostic invalidMark(Count mark) {
        return Diagnostic.at(ProtocolCode.MARK_RANGE, mark.span(), "invalid mark: " + mark.value())
                .captioned("must be 1 to 65535");
    }

    static Diagnostic highestMark(Count mark) {
        return Diagnostic.at(AdviceCode.NOT_PORTABLE, mark.span(), "OpenBSD refuses the mark " + mark.value())
                .noted("its manual allows it");
    }

    static Diagnostic markOverwritten(Count marked, Count mark) {
        return Diagnostic.at(AdviceCode.MARK_OVERWRITTEN, marked.span(), "marked replaces the mark that is set")
                .labelled(mark.span(), "has no effect");
    }

    static Diagnostic emptyLabel(Span label) {
        return Diagnostic.at(ProtocolCode.EMPTY_LABEL, label, "invalid protocol action label").captioned("is empty")
                .helped("to end a label write: no label");
    }

    static Diagnostic keyFile(Text path) {
        return Diagnostic.at(ProtocolCode.KEY_FILE, path.span(), "failed to load from file: " + path.value());
    }
}
