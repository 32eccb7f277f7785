package org.relayd.compiler.format;

import java.util.ArrayList;
import java.util.List;
import org.relayd.compiler.format.Lexeme.Kind;

/**
 * Lays out a relayd.conf(5): one tab for each open brace, one more on continued lines, one blank between words, at most
 * one empty line in a row. Where lines end is meaning in this language, so line ends stay where they are; so does every
 * word, string and comment. Formatting twice changes nothing more.
 */
public final class ConfFormatter {
    private final StringBuilder out = new StringBuilder();
    private int depth;
    private int emptyLines;
    private boolean lineStart = true;
    private boolean continued;
    private boolean spaced;
    // The line goes on in the middle of a word of the line above.
    private boolean joined;

    private ConfFormatter() {}

    /**
     * Lays out a file.
     *
     * @param text
     *            the file, valid or not; lines end in LF
     */
    public static String format(String text) {
        LayoutScanner scanner = new LayoutScanner(text);
        List<Lexeme> lexemes = new ArrayList<>();
        while (scanner.hasNext()) {
            lexemes.add(scanner.next());
        }
        ConfFormatter formatter = new ConfFormatter();
        for (int i = 0; i < lexemes.size(); i++) {
            int next = i + 1;
            while (next < lexemes.size() && lexemes.get(next).kind() == Kind.CONTINUATION) {
                next++;
            }
            formatter.add(lexemes.get(i), next < lexemes.size() ? lexemes.get(next).kind() : Kind.NEWLINE);
        }
        return formatter.finish();
    }

    private void add(Lexeme lexeme, Kind next) {
        switch (lexeme.kind()) {
            case BLANK -> spaced = true;
            case NEWLINE -> endLine();
            case CONTINUATION -> continueLine(next);
            case COMMENT -> {
                spaced = !joined;
                write(withoutTrailingBlanks(lexeme.text()), depth);
            }
            case OPEN -> {
                spaced = !joined;
                write("{", depth);
                depth++;
                spaced = true;
            }
            case CLOSE -> {
                spaced = !joined;
                depth = Math.max(0, depth - 1);
                write("}", depth);
                spaced = true;
            }
            case COMMA -> {
                spaced = false;
                write(",", depth);
                spaced = true;
            }
            case WORD -> write(lexeme.text(), depth);
        }
    }

    private void write(String text, int tabs) {
        if (lineStart) {
            if (emptyLines > 0 && !out.isEmpty()) {
                out.append('\n');
            }
            emptyLines = 0;
            out.append("\t".repeat(continued ? tabs + 1 : tabs));
        } else if (spaced && !endsInBlank()) {
            out.append(' ');
        }
        out.append(text);
        lineStart = false;
        spaced = false;
        joined = false;
    }

    // The blanks after a backslash are part of its word.
    private boolean endsInBlank() {
        char last = out.charAt(out.length() - 1);
        return last == ' ' || last == '\t';
    }

    private void endLine() {
        if (lineStart && !continued) {
            emptyLines++;
        } else {
            out.append('\n');
        }
        lineStart = true;
        continued = false;
        spaced = false;
    }

    /** Without blanks around it, a continuation joins two halves of a word: then the next line must not be indented. */
    private void continueLine(Kind next) {
        if (lineStart || joined) {
            // A continued line without words is no line at all.
            return;
        }
        boolean joins = !spaced && !endsInBlank() && next != Kind.BLANK && next != Kind.NEWLINE;
        out.append(joins || endsInBlank() ? "\\\n" : " \\\n");
        lineStart = !joins;
        joined = joins;
        continued = true;
        spaced = false;
    }

    /** Blanks after a backslash stay: without them the comment would go on. */
    private static String withoutTrailingBlanks(String comment) {
        String stripped = comment.stripTrailing();
        return stripped.endsWith("\\") ? comment : stripped;
    }

    private String finish() {
        // A string that is never closed may end in a line end of its own; after a backslash a line end
        // would say something else.
        char last = out.isEmpty() ? '\n' : out.charAt(out.length() - 1);
        if (last != '\n' && last != '\\') {
            out.append('\n');
        }
        return out.toString();
    }
}
