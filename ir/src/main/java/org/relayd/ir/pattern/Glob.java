package org.relayd.ir.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell glob as fnmatch(3) without flags reads it: {@code *} (slashes too), {@code ?}, {@code [set]} with {@code !}
 * or {@code ^} for the complement, and backslash to take the next character literally. It must cover the whole text.
 * Immutable; any thread may match; a match never backtracks further than the last star, so work is bounded by the
 * product of both lengths.
 */
public final class Glob {
    /** Matches any text. */
    public static final Glob ANY = compile("*", true);

    private final String text;
    private final boolean caseSensitive;
    // One element per pattern byte class; null stands for a star.
    private final ByteClass[] elements;
    private final boolean literal;

    private Glob(String text, boolean caseSensitive, ByteClass[] elements, boolean literal) {
        this.text = text;
        this.caseSensitive = caseSensitive;
        this.elements = elements;
        this.literal = literal;
    }

    /**
     * Compiles a glob. Every text is one: a bracket that is never closed stands for itself.
     *
     * @param text
     *            the glob; bytes of its UTF-8 form are its characters
     * @param caseSensitive
     *            whether ASCII letters must agree in case
     */
    public static Glob compile(String text, boolean caseSensitive) {
        GlobCompiler compiler = new GlobCompiler(text.getBytes(StandardCharsets.UTF_8), caseSensitive);
        List<ByteClass> elements = compiler.compile();
        return new Glob(text, caseSensitive, elements.toArray(ByteClass[]::new), !compiler.special);
    }

    /** Returns whether the glob has no special characters, so that it matches one text only (case aside). */
    public boolean isLiteral() {
        return literal;
    }

    /** Returns whether the glob matches every text. */
    public boolean isAny() {
        return elements.length == 1 && elements[0] == null;
    }

    /**
     * Compares a text with the glob.
     *
     * @param bytes
     *            holds the text
     * @param from
     *            offset of its first byte
     * @param to
     *            offset after its last byte
     */
    public boolean matches(byte[] bytes, int from, int to) {
        int element = 0;
        int position = from;
        int starElement = -1;
        int starPosition = from;
        while (position < to) {
            if (element < elements.length && elements[element] == null) {
                starElement = ++element;
                starPosition = position;
            } else if (element < elements.length && elements[element].contains(bytes[position])) {
                element++;
                position++;
            } else if (starElement >= 0) {
                element = starElement;
                position = ++starPosition;
            } else {
                return false;
            }
            if (starElement == elements.length) {
                return true;
            }
        }
        while (element < elements.length && elements[element] == null) {
            element++;
        }
        return element == elements.length;
    }

    /** Compares the UTF-8 form of a text with the glob. */
    public boolean matches(String candidate) {
        byte[] bytes = candidate.getBytes(StandardCharsets.UTF_8);
        return matches(bytes, 0, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && text.equals(glob.text) && caseSensitive == glob.caseSensitive;
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the text of the glob. */
    @Override
    public String toString() {
        return text;
    }

    /** Reads a glob from left to right. */
    private static final class GlobCompiler {
        private final byte[] glob;
        private final boolean caseSensitive;
        private final List<ByteClass> elements = new ArrayList<>();
        private boolean special;
        private int at;

        GlobCompiler(byte[] glob, boolean caseSensitive) {
            this.glob = glob;
            this.caseSensitive = caseSensitive;
        }

        List<ByteClass> compile() {
            while (at < glob.length) {
                int c = glob[at++] & 0xff;
                switch (c) {
                    case '*' -> {
                        special = true;
                        if (elements.isEmpty() || elements.get(elements.size() - 1) != null) {
                            elements.add(null);
                        }
                    }
                    case '?' -> {
                        special = true;
                        elements.add(ByteClass.any());
                    }
                    case '[' -> bracket();
                    case '\\' -> {
                        special = true;
                        elements.add(single(at < glob.length ? glob[at++] & 0xff : '\\'));
                    }
                    default -> elements.add(single(c));
                }
            }
            return elements;
        }

        private void bracket() {
            int start = at;
            boolean complemented = at < glob.length && (glob[at] == '!' || glob[at] == '^');
            at += complemented ? 1 : 0;
            ByteClass set = ByteClass.none();
            for (boolean first = true; at < glob.length && (first || glob[at] != ']'); first = false) {
                member(set);
            }
            if (at >= glob.length) {
                at = start;
                elements.add(single('['));
                return;
            }
            at++;
            special = true;
            if (complemented) {
                set.complement();
            }
            elements.add(set);
        }

        private void member(ByteClass set) {
            int first = memberByte();
            int last = first;
            if (at + 1 < glob.length && glob[at] == '-' && glob[at + 1] != ']') {
                at++;
                last = memberByte();
            }
            set.addRange(first, last);
            if (!caseSensitive) {
                set.addOtherCase();
            }
        }

        private int memberByte() {
            int c = glob[at++] & 0xff;
            return c == '\\' && at < glob.length ? glob[at++] & 0xff : c;
        }

        private ByteClass single(int c) {
            ByteClass one = ByteClass.single(c);
            if (!caseSensitive) {
                one.addOtherCase();
            }
            return one;
        }
    }
}
