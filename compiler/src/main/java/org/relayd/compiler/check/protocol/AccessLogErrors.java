package org.relayd.compiler.check.protocol;

import org.relayd.compiler.check.state.Limits;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.ProtocolCode;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.AccessLogFormat;
import org.relayd.ir.term.ProtocolType;

/** Messages about access logs. relayd.conf(5): EXTENSIONS. */
final class AccessLogErrors {
    private AccessLogErrors() {}

    static Diagnostic httpOnly(Span line, ProtocolType type) {
        return Diagnostic.at(ProtocolCode.ACCESS_LOG, line, "only an http protocol has an access log")
                .captioned("this is a " + type.word() + " protocol").helped("begin the section with: http protocol");
    }

    static Diagnostic second(Span line, Span first) {
        return Diagnostic.at(ProtocolCode.ACCESS_LOG, line, "a protocol has one access log")
                .captioned("second access log").labelled(first, "first one");
    }

    static Diagnostic relative(Text file) {
        return path(file, "access log is no absolute path: " + file.value()).captioned("must begin with /");
    }

    static Diagnostic noFile(Text file) {
        return path(file, "access log is no file: " + file.value());
    }

    static Diagnostic tooLong(Text file) {
        return path(file, "path of access log too long").captioned("longer than " + Limits.PATH + " bytes");
    }

    private static Diagnostic path(Text file, String message) {
        return Diagnostic.at(ProtocolCode.ACCESS_LOG_FILE, file.span(), message);
    }

    static Diagnostic unknownFormat(Text word) {
        return Diagnostic.at(ProtocolCode.ACCESS_LOG_FORMAT, word.span(), "unknown format: " + word.value())
                .captioned("combined or json");
    }

    static Diagnostic otherFormat(Span line, AccessLogFormat format, Span first) {
        return Diagnostic
                .at(ProtocolCode.ACCESS_LOG_FORMAT, line, "the file is written in format " + format.word() + " already")
                .labelled(first, "here");
    }
}
