package org.relayd.compiler.source;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.diagnostic.Audience;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.SourceCode;
import org.relayd.ir.diagnostic.SyntaxCode;
import org.relayd.ir.source.Span;

/** The messages about words, macros and includes; first lines are the original's. */
final class SourceErrors {
    private SourceErrors() {}

    static Diagnostic undefinedMacro(Span use, String name, Optional<String> similar) {
        Diagnostic error = Diagnostic.at(SourceCode.UNDEFINED_MACRO, use, "macro '" + name + "' not defined");
        if (name.isEmpty()) {
            return error.captioned("no name behind the dollar sign");
        }
        Diagnostic captioned = error.captioned("not defined above this line");
        if (QuotedMacro.OF_SESSIONS.contains(name)) {
            return captioned.helped("what is known of a session only is put in quotes: \"$" + name + "\"");
        }
        return similar.isPresent()
                ? captioned.helped("write $" + similar.get() + ", or define it above: " + name + " = \"value\"")
                : captioned.helped("define it above this line: " + name + " = \"value\"");
    }

    static Diagnostic stringTooLong(Span string, int length) {
        return Diagnostic.at(SourceCode.STRING_TOO_LONG, string, "string too long")
                .captioned(length + " bytes, the limit is " + MacroExpander.LONGEST_STRING);
    }

    static Diagnostic unterminatedString(Span opening) {
        return Diagnostic.at(SourceCode.UNTERMINATED_STRING, opening, "reached end of file while parsing quoted string")
                .captioned("this quote is never closed");
    }

    static Diagnostic nulInString(Span string) {
        return Diagnostic.at(SourceCode.NUL_IN_STRING, string, "syntax error")
                .captioned("holds a NUL byte");
    }

    static Diagnostic numberOutOfRange(Span number, String text) {
        String side = text.startsWith("-") ? "small" : "large";
        return Diagnostic.at(SyntaxCode.INVALID_NUMBER, number, "\"" + text + "\" invalid number: too " + side)
                .captioned("numbers have 64 bits").helped("put a name that has digits only in quotes");
    }

    static Diagnostic macroBomb(Span use, String name) {
        return Diagnostic.at(SourceCode.MACRO_BOMB, use, "macros expand to more than 16 MB")
                .captioned("the limit is reached with this use of $" + name);
    }

    static Diagnostic macroNameWithBlank(Span name) {
        return Diagnostic.at(SourceCode.MACRO_NAME, name, "macro name cannot contain whitespace")
                .captioned("names have letters, digits and underscores");
    }

    /** What the original logs in front of {@link #failedInclude}, which tells people the reason at its place. */
    static Diagnostic openFailure(String path, String reason) {
        return Diagnostic.global(SourceCode.OPEN_FAILURE, "pushfile: " + path + ": " + reason)
                .heardBy(Audience.PROGRAMS);
    }

    static Diagnostic failedInclude(Span path, String name, String reason) {
        return Diagnostic.at(SourceCode.FAILED_INCLUDE, path, "failed to include file " + name).captioned(reason);
    }

    static Diagnostic includeCycle(Span path, String name, List<String> open) {
        String chain = String.join(" -> ", open.subList(open.indexOf(name), open.size()));
        return Diagnostic.at(SourceCode.FAILED_INCLUDE, path, "failed to include file " + name)
                .captioned("this file is being read already")
                .noted("the files include each other: " + chain + " -> " + name);
    }

    static Diagnostic includedTooDeep(Span path, String name) {
        return Diagnostic.at(SourceCode.FAILED_INCLUDE, path, "failed to include file " + name)
                .captioned("more than " + IncludeStack.DEEPEST + " files include each other");
    }

    static Diagnostic includedTooMuch(Span path, String name) {
        return Diagnostic.at(SourceCode.FAILED_INCLUDE, path, "failed to include file " + name)
                .captioned("more than 64 MB of text is included");
    }

    static Diagnostic notUtf8(Span file) {
        return Diagnostic.at(AdviceCode.ENCODING, file, "file is not UTF-8, read as ISO 8859-1");
    }
}
