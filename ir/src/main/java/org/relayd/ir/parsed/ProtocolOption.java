package org.relayd.ir.parsed;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.source.Span;

/** A setting, action or rule of a protocol. */
public sealed interface ProtocolOption permits TlsSetting, TcpSetting, HttpSetting, ProtocolOption.ReturnError,
        ProtocolOption.LabelLine, ProtocolOption.AccessLog, ActionDeclaration, RuleDeclaration {

    /** Returns the whole setting. */
    Span span();

    /** {@code return error [style css]}; the last style wins. */
    record ReturnError(Span span, List<Text> styles) implements ProtocolOption {

        /** Copies the list. */
        public ReturnError {
            styles = List.copyOf(styles);
        }
    }

    /** 5.1: {@code label text} or, when empty, {@code no label}; holds for the actions below it. */
    record LabelLine(Span span, Optional<Text> label) implements ProtocolOption {}

    /** Extension: {@code log access to file [format name]}. */
    record AccessLog(Span span, Text file, Optional<Text> format) implements ProtocolOption {}
}
