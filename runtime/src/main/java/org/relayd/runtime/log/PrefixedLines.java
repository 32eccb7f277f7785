package org.relayd.runtime.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Puts together what {@link PrefixedSink} wrote in another process. Lines without a priority, which a virtual machine
 * writes that is in trouble, are errors. Nothing is believed of the writer: a line that does not end is cut into
 * pieces, and what a terminal might obey is replaced. One thread.
 */
public final class PrefixedLines {
    /** Octets of a line after which it is cut. */
    static final int LONGEST = 1 << 16;
    private static final char REPLACEMENT = '?';

    private final Consumer<LineSink.Line> taker;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Priority priority = Priority.ERROR;
    private boolean continued;

    /** Gives each line to a taker as soon as it is complete. */
    public PrefixedLines(Consumer<LineSink.Line> taker) {
        this.taker = taker;
    }

    /** Takes what was written. */
    public void take(byte[] octets, int count) {
        for (int i = 0; i < count; i++) {
            if (octets[i] == '\n') {
                finish();
                continued = false;
            } else {
                if (line.size() == LONGEST) {
                    finish();
                    continued = true;
                }
                line.write(octets[i]);
            }
        }
    }

    /** Nothing will be written any more: gives the last line, if it has no end. */
    public void end() {
        if (line.size() > 0) {
            finish();
        }
    }

    private void finish() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (!continued) {
            boolean prefixed = text.length() >= 3 && text.charAt(0) == '<' && text.charAt(2) == '>'
                    && text.charAt(1) >= '0' && text.charAt(1) <= '7';
            priority = prefixed ? of(text.charAt(1) - '0') : Priority.ERROR;
            text = prefixed ? text.substring(3) : text;
        }
        taker.accept(new LineSink.Line(priority, harmless(text)));
    }

    private static Priority of(int severity) {
        return severity < Priority.INFO.severity() - 1 ? Priority.ERROR
                : severity <= Priority.INFO.severity() ? Priority.INFO : Priority.DEBUG;
    }

    private static String harmless(String text) {
        if (text.chars().noneMatch(PrefixedLines::isControl)) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text);
        for (int i = 0; i < replaced.length(); i++) {
            if (isControl(replaced.charAt(i))) {
                replaced.setCharAt(i, REPLACEMENT);
            }
        }
        return replaced.toString();
    }

    private static boolean isControl(int character) {
        return character != '\t' && Character.isISOControl(character);
    }
}
