package org.relayd.compiler.source;

import static org.relayd.grammar.RelaydLexer.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.relayd.compiler.source.IncludeStack.OpenFile;
import org.relayd.compiler.words.Keywords;
import org.relayd.ir.diagnostic.Audience;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.FileReason;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/**
 * Gives the words of a configuration in reading order, with macros replaced and included files entered. relayd.conf(5):
 * MACROS and {@code include}. Stage 2.
 *
 * <p>The value of a macro is read again as input at its place of use, so it can hold several words, braces or a
 * comment, and what follows the reference without a blank is glued to the value's last word. Nothing is replaced inside
 * a value or in quotes.
 *
 * <p>Words are found only when they are asked for: a definition or an include that the parser has just read changes the
 * words after it.
 */
public final class MacroExpander {
    /** Longest word or quoted string, in bytes: the original's buffer has one more. */
    static final int LONGEST_STRING = 8095;
    /** Bound for the values of all references together, in characters. */
    private static final long MOST_EXPANDED = 16L << 20;

    /** Bound for the text of all included files together, in characters, of which each file costs a few. */
    private static final long MOST_INCLUDED = 64L << 20;
    private static final int EMPTY_FILE = 512;

    /** With more macros than these a search for a similar name takes longer than it is worth. */
    private static final int MOST_COMPARED = 10_000;

    private final SourceLoader loader;
    private final MacroTable macros;
    private final Keywords keywords;
    private final boolean keepsEscapedBlanks;
    private final List<Diagnostic> diagnostics;
    private final IncludeStack files = new IncludeStack();
    private long expanded;
    private long included;
    /** The newline in front of an included file. */
    private Optional<SourceToken> newline = Optional.empty();

    /**
     * Creates a reader of a configuration.
     *
     * @param main
     *            the file to begin with
     * @param loader
     *            reads included files
     * @param macros
     *            definitions of the command line; those of the files are added
     * @param dialect
     *            decides which words are reserved; empty to reserve the words of both
     * @param diagnostics
     *            takes what is wrong with words, macros and includes
     */
    public MacroExpander(SourceText main, SourceLoader loader, MacroTable macros, Optional<Dialect> dialect,
            List<Diagnostic> diagnostics) {
        this.loader = loader;
        this.macros = macros;
        this.keywords = new Keywords(dialect);
        this.keepsEscapedBlanks = dialect.isPresent() && dialect.get() == Dialect.V5_1;
        this.diagnostics = diagnostics;
        enter(main);
    }

    private void enter(SourceText file) {
        if (!loader.isUtf8(file)) {
            diagnostics.add(SourceErrors.notUtf8(new Span(file, 0, 0)));
        }
        files.push(file);
    }

    /** Returns the next word, a newline, or EOF at the end of the main file, any number of times. */
    public SourceToken next() {
        if (newline.isPresent()) {
            SourceToken token = newline.get();
            newline = Optional.empty();
            return token;
        }
        while (true) {
            OpenFile file = files.innermost();
            SourceToken token = file.next();
            int type = token.getType();
            switch (type) {
                case MACRO -> {
                    if (refused(file, token)) {
                        return token;
                    }
                }
                case Token.EOF -> {
                    if (files.depth() == 1) {
                        return token;
                    }
                    if (file.ended) {
                        files.pop();
                    } else {
                        file.ended = true;
                        token.setType(NL);
                        return token;
                    }
                }
                case UNKNOWN -> {
                    if (!isRepeatedCarriageReturn(file, token)) {
                        return token;
                    }
                }
                default -> {
                    finish(file, token, type);
                    return token;
                }
            }
        }
    }

    private void finish(OpenFile file, SourceToken token, int type) {
        switch (type) {
            case NUMBER, WORD -> finishWord(file, token);
            case QUOTED -> finishQuoted(file, token);
            case UNTERMINATED -> refuse(token, SourceErrors.unterminatedString(token.firstCharacter()));
            case ESCAPED -> token.setType(PlainWords.punctuation(token.getText().charAt(1)));
            default -> {
                // Punctuation and newlines are what they are.
            }
        }
    }

    private void finishWord(OpenFile file, SourceToken token) {
        String text = token.getText();
        boolean quoted = text.indexOf('\\') >= 0;
        if (quoted) {
            text = Unquoted.word(text);
            token.setValue(text);
        }
        if (quoted || token.getType() == WORD) {
            token.setType(keywords.typeOf(text));
        }
        if (text.length() > LONGEST_STRING) {
            refuseLine(file, token, SourceErrors.stringTooLong(token.span(), text.length()));
        } else if (token.getType() == NUMBER) {
            if (!endsNumber(file.characters.nextPlain())) {
                token.setType(text.charAt(0) == '-' ? UNKNOWN : WORD);
            } else if (text.length() > 18 && !isLong(text)) {
                refuseLine(file, token, SourceErrors.numberOutOfRange(token.span(), text));
            }
        }
    }

    // isspace(3) characters, the end, and the punctuation that may follow a number.
    private static boolean endsNumber(int character) {
        return switch (character) {
            case -1, ' ', '\t', '\n', 0x0b, '\f', '\r', ')', ',', '/', '}', '=' -> true;
            default -> false;
        };
    }

    private static boolean isLong(String number) {
        try {
            Long.parseLong(number);
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private void finishQuoted(OpenFile file, SourceToken token) {
        String raw = token.getText();
        String text = Unquoted.quoted(raw.charAt(0) == '\\' ? raw.substring(1) : raw, !keepsEscapedBlanks);
        token.setValue(text);
        if (text.length() > LONGEST_STRING / 3 && bytes(text) > LONGEST_STRING) {
            refuseLine(file, token, SourceErrors.stringTooLong(token.span(), bytes(text)));
        } else if (text.indexOf('\0') >= 0) {
            refuseLine(file, token, SourceErrors.nulInString(token.span()));
        }
        if (text.indexOf('$') >= 0) {
            QuotedMacro.in(text).filter(name -> macros.names().contains(name))
                    .ifPresent(name -> diagnostics.add(QuotedMacro.warning(token.span(), text, name)));
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Replaces a reference; returns whether it is refused and the token stays. */
    private boolean refused(OpenFile file, SourceToken reference) {
        if (reference.source() != file.source) {
            reference.setType(UNKNOWN);
            return true;
        }
        String name = Unquoted.word(reference.getText()).substring(1);
        Span use = reference.span();
        Optional<MacroTable.Entry> macro = macros.use(name);
        if (macro.isEmpty()) {
            Diagnostic error = SourceErrors.undefinedMacro(use, name, similar(name));
            refuseLine(file, reference, macros.isLost(name) ? error.heardBy(Audience.PROGRAMS) : error);
            return true;
        }
        String value = macro.get().value();
        expanded += value.length();
        if (expanded > MOST_EXPANDED) {
            refuseLine(file, reference, SourceErrors.macroBomb(use, name));
            return true;
        }
        file.replay(
                new SourceText(file.source.name(), value, new Origin.Expanded(name, use, macro.get().definition())),
                use.start());
        return false;
    }

    private Optional<String> similar(String name) {
        return macros.names().size() > MOST_COMPARED ? Optional.empty() : SimilarNames.nearest(name, macros.names());
    }

    // Lines that end in CR LF: the first is an error, the others are not worth a message each.
    private boolean isRepeatedCarriageReturn(OpenFile file, SourceToken token) {
        if (token.getText().charAt(0) != '\r' || file.characters.LA(1) != '\n') {
            return false;
        }
        boolean repeated = file.hasCarriageReturns;
        file.hasCarriageReturns = true;
        return repeated;
    }

    private void refuseLine(OpenFile file, SourceToken token, Diagnostic error) {
        refuse(token, error);
        file.characters.skipLine();
    }

    private void refuse(SourceToken token, Diagnostic error) {
        diagnostics.add(error);
        token.setType(REFUSED);
    }

    /**
     * Defines a macro for the text below.
     *
     * @param definition
     *            the whole definition
     * @return false if the name is refused
     */
    public boolean define(SourceToken name, SourceToken value, Span definition) {
        String text = name.getText();
        for (int at = 1; at < text.length(); at++) {
            char character = text.charAt(at);
            if (!keepsEscapedBlanks && isSpace(character)) {
                diagnostics.add(SourceErrors.macroNameWithBlank(name.span()));
                return false;
            }
        }
        macros.define(text, value.getText(), definition);
        return true;
    }

    /**
     * Notes a statement of the top level that could not be read.
     *
     * @param first
     *            its first word; if an equals sign follows, no reference to this name is at fault
     */
    public void lose(SourceToken first) {
        String text = first.source().text();
        int at = first.getStopIndex() + 1;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        if (text.startsWith("=", at)) {
            macros.lose(first.getText());
        }
    }

    private static boolean isSpace(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    /**
     * Goes on in another file, whose words come next, between two newlines.
     *
     * @param path
     *            the word that names the file
     * @param statement
     *            the whole include statement
     * @return false if the file cannot be included
     */
    public boolean include(SourceToken path, Span statement) {
        String name = path.getText();
        if (files.isOpen(name)) {
            diagnostics.add(SourceErrors.includeCycle(path.span(), name, files.names()));
            return false;
        }
        if (files.depth() == IncludeStack.DEEPEST) {
            diagnostics.add(SourceErrors.includedTooDeep(path.span(), name));
            return false;
        }
        try {
            SourceText file = loader.load(name, new Origin.Included(statement));
            included += file.text().length() + EMPTY_FILE;
            if (included > MOST_INCLUDED) {
                diagnostics.add(SourceErrors.includedTooMuch(path.span(), name));
                return false;
            }
            enter(file);
            newline = Optional.of(new SourceToken(NL, file, 0, 0, null));
            return true;
        } catch (IOException failure) {
            String reason = FileReason.of(failure);
            diagnostics.add(SourceErrors.openFailure(name, reason));
            diagnostics.add(SourceErrors.failedInclude(path.span(), name, reason));
            return false;
        }
    }

    /** Returns which words are reserved. */
    public Keywords keywords() {
        return keywords;
    }
}
