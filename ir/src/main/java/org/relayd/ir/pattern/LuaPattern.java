package org.relayd.ir.pattern;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern of patterns(7): Lua-style, case-sensitive, found anywhere in a text unless it starts with {@code ^}.
 * Immutable; any thread may match.
 *
 * <p>
 * Time and memory of a match are bounded: an element is tried at most once at each position of the text, so the work
 * grows with the product of both lengths (the elements never depend on how they were reached, but for {@code %1}). What
 * remains, {@code %1} and {@code %b}, is bounded by a budget of {@value #BUDGET} steps.
 */
public final class LuaPattern {
    /** Steps after which a match gives up; about ten milliseconds. */
    public static final int BUDGET = 1 << 20;

    private final String text;
    private final boolean anchored;
    private final List<PatternNode> nodes;
    private final boolean repeatsCaptures;

    private LuaPattern(String text, boolean anchored, List<PatternNode> nodes) {
        this.text = text;
        this.anchored = anchored;
        this.nodes = nodes;
        this.repeatsCaptures = nodes.stream().anyMatch(PatternNode.Again.class::isInstance);
    }

    /**
     * Compiles a pattern.
     *
     * @param text
     *            the pattern; bytes of its UTF-8 form are its characters
     * @throws MalformedPatternException
     *             if patterns(7) does not allow it
     */
    public static LuaPattern compile(String text) throws MalformedPatternException {
        PatternCompiler compiler = new PatternCompiler(text);
        boolean anchored = compiler.anchored();
        return new LuaPattern(text, anchored, compiler.compile());
    }

    /** What a match can say. */
    public enum PatternMatch {
        /** The pattern was found. */
        MATCH,
        /** The pattern is not in the text. */
        MISMATCH,
        /** The text makes the pattern too costly; the caller decides what is safe. */
        TOO_COSTLY
    }

    /**
     * Looks for the pattern.
     *
     * @param bytes
     *            holds the text
     * @param from
     *            offset of its first byte
     * @param to
     *            offset after its last byte
     */
    public PatternMatch match(byte[] bytes, int from, int to) {
        Search search = new Search(bytes, from, to);
        for (int start = from; start <= to; start++) {
            PatternMatch outcome = search.startingAt(start);
            if (outcome != PatternMatch.MISMATCH || anchored) {
                return outcome;
            }
        }
        return PatternMatch.MISMATCH;
    }

    /** Returns the text of the pattern. */
    @Override
    public String toString() {
        return text;
    }

    /** One match: backtracking over element and position with a stack of its own. */
    private final class Search {
        private final byte[] bytes;
        private final int from;
        private final int to;
        private final int[] captureStart = new int[32];
        private final int[] captureEnd = new int[32];
        private final BitSet tried = new BitSet();
        private int[] stack = new int[32];
        private int depth;
        private int steps;

        Search(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
        }

        PatternMatch startingAt(int start) {
            depth = 0;
            push(0, start);
            while (depth > 0) {
                int position = stack[--depth];
                int node = stack[--depth];
                while (position >= 0) {
                    if (node == nodes.size()) {
                        return PatternMatch.MATCH;
                    }
                    if (++steps > BUDGET) {
                        return PatternMatch.TOO_COSTLY;
                    }
                    if (alreadyTried(node, position)) {
                        break;
                    }
                    int before = position;
                    position = advance(nodes.get(node), node, position);
                    // A greedy element stays at work for as long as it takes bytes.
                    if (!(nodes.get(node) instanceof PatternNode.Greedy) || position == before) {
                        node++;
                    }
                }
            }
            return PatternMatch.MISMATCH;
        }

        private boolean alreadyTried(int node, int position) {
            if (repeatsCaptures) {
                return false;
            }
            int state = node * (to - from + 1) + position - from;
            boolean before = tried.get(state);
            tried.set(state);
            return before;
        }

        /** Returns the position after what the element takes, or -1 if it does not fit; other ways go to the stack. */
        private int advance(PatternNode element, int node, int position) {
            return switch (element) {
                case PatternNode.One(ByteClass set) -> takes(set, position) ? position + 1 : -1;
                case PatternNode.Optional(ByteClass set) -> {
                    if (!takes(set, position)) {
                        yield position;
                    }
                    push(node + 1, position);
                    yield position + 1;
                }
                case PatternNode.Greedy(ByteClass set) -> {
                    if (!takes(set, position)) {
                        yield position;
                    }
                    push(node + 1, position);
                    yield position + 1;
                }
                case PatternNode.Lazy(ByteClass set) -> {
                    if (takes(set, position)) {
                        push(node, position + 1);
                    }
                    yield position;
                }
                case PatternNode.Open(int capture) -> {
                    captureStart[capture] = position;
                    yield position;
                }
                case PatternNode.Close(int capture) -> {
                    captureEnd[capture] = position;
                    yield position;
                }
                case PatternNode.Again(int capture) -> again(capture, position);
                case PatternNode.Balance(byte opening, byte closing) -> balance(opening, closing, position);
                case PatternNode.Frontier(ByteClass set) -> {
                    byte previous = position == from ? 0 : bytes[position - 1];
                    byte next = position == to ? 0 : bytes[position];
                    yield !set.contains(previous) && set.contains(next) ? position : -1;
                }
                case PatternNode.End() -> position == to ? position : -1;
            };
        }

        private boolean takes(ByteClass set, int position) {
            return position < to && set.contains(bytes[position]);
        }

        private int again(int capture, int position) {
            int length = captureEnd[capture] - captureStart[capture];
            if (to - position < length) {
                return -1;
            }
            for (int i = 0; i < length; i++) {
                steps++;
                if (bytes[captureStart[capture] + i] != bytes[position + i]) {
                    return -1;
                }
            }
            return position + length;
        }

        private int balance(byte opening, byte closing, int position) {
            if (position == to || bytes[position] != opening) {
                return -1;
            }
            int level = 1;
            for (int at = position + 1; at < to; at++) {
                steps++;
                if (bytes[at] == closing) {
                    if (--level == 0) {
                        return at + 1;
                    }
                } else if (bytes[at] == opening) {
                    level++;
                }
            }
            return -1;
        }

        private void push(int node, int position) {
            if (depth + 2 > stack.length) {
                stack = Arrays.copyOf(stack, stack.length * 2);
            }
            stack[depth++] = node;
            stack[depth++] = position;
        }
    }
}
