package org.relayd.ir.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads the text of a pattern once, from left to right, and refuses what patterns(7) calls malformed. */
final class PatternCompiler {
    private static final int MAX_CAPTURES = 32;
    private final byte[] pattern;
    private final List<PatternNode> nodes = new ArrayList<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private final boolean[] closed = new boolean[MAX_CAPTURES];
    private int captures;
    private int at;

    PatternCompiler(String text) {
        pattern = text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whether the pattern is tied to the start of the text; call first. */
    boolean anchored() {
        if (pattern.length > 0 && pattern[0] == '^') {
            at = 1;
            return true;
        }
        return false;
    }

    List<PatternNode> compile() throws MalformedPatternException {
        while (at < pattern.length) {
            int c = pattern[at] & 0xff;
            if (c == '(') {
                openCapture();
            } else if (c == ')') {
                closeCapture();
            } else if (c == '$' && at == pattern.length - 1) {
                at++;
                nodes.add(new PatternNode.End());
            } else if (c == '%') {
                escape();
            } else {
                repeat(classAt());
            }
        }
        if (!open.isEmpty()) {
            throw new MalformedPatternException("unfinished capture");
        }
        return List.copyOf(nodes);
    }

    private void openCapture() throws MalformedPatternException {
        at++;
        if (captures == MAX_CAPTURES) {
            throw new MalformedPatternException("too many captures");
        }
        open.push(captures);
        nodes.add(new PatternNode.Open(captures++));
    }

    private void closeCapture() throws MalformedPatternException {
        at++;
        if (open.isEmpty()) {
            throw new MalformedPatternException("closing parenthesis without an opening one");
        }
        int capture = open.pop();
        closed[capture] = true;
        nodes.add(new PatternNode.Close(capture));
    }

    private void escape() throws MalformedPatternException {
        int c = at + 1 < pattern.length ? pattern[at + 1] & 0xff : -1;
        if (c == 'b') {
            if (at + 3 >= pattern.length) {
                throw new MalformedPatternException("a balance (percent sign and b) needs two characters");
            }
            nodes.add(new PatternNode.Balance(pattern[at + 2], pattern[at + 3]));
            at += 4;
        } else if (c == 'f') {
            at += 2;
            if (at >= pattern.length || pattern[at] != '[') {
                throw new MalformedPatternException("a frontier (percent sign and f) needs a set in brackets");
            }
            nodes.add(new PatternNode.Frontier(classAt()));
        } else if (c >= '0' && c <= '9') {
            int capture = c - '1';
            if (capture < 0 || capture >= captures || !closed[capture]) {
                throw new MalformedPatternException("invalid capture index %" + (char) c);
            }
            nodes.add(new PatternNode.Again(capture));
            at += 2;
        } else {
            repeat(classAt());
        }
    }

    private void repeat(ByteClass bytes) {
        int c = at < pattern.length ? pattern[at] : -1;
        switch (c) {
            case '?' -> nodes.add(new PatternNode.Optional(bytes));
            case '*' -> nodes.add(new PatternNode.Greedy(bytes));
            case '-' -> nodes.add(new PatternNode.Lazy(bytes));
            case '+' -> {
                nodes.add(new PatternNode.One(bytes));
                nodes.add(new PatternNode.Greedy(bytes));
            }
            default -> {
                nodes.add(new PatternNode.One(bytes));
                return;
            }
        }
        at++;
    }

    /** Reads one class and leaves the position after it. */
    private ByteClass classAt() throws MalformedPatternException {
        int c = pattern[at++] & 0xff;
        return switch (c) {
            case '.' -> ByteClass.any();
            case '[' -> set();
            case '%' -> ByteClass.escaped(escapedByte());
            default -> ByteClass.single(c);
        };
    }

    private int escapedByte() throws MalformedPatternException {
        if (at == pattern.length) {
            throw new MalformedPatternException("ends with %");
        }
        return pattern[at++] & 0xff;
    }

    private ByteClass set() throws MalformedPatternException {
        boolean complemented = at < pattern.length && pattern[at] == '^';
        at += complemented ? 1 : 0;
        ByteClass set = null;
        // A closing bracket in the first place is a member.
        for (boolean first = true; first || at >= pattern.length || pattern[at] != ']'; first = false) {
            if (at >= pattern.length) {
                throw new MalformedPatternException("missing ]");
            }
            ByteClass member = member();
            if (set == null) {
                set = member;
            } else {
                set.addAll(member);
            }
        }
        at++;
        if (complemented) {
            set.complement();
        }
        return set;
    }

    private ByteClass member() throws MalformedPatternException {
        int c = pattern[at++] & 0xff;
        if (c == '%') {
            return ByteClass.escaped(escapedByte());
        }
        ByteClass member = ByteClass.single(c);
        if (at + 1 < pattern.length && pattern[at] == '-' && pattern[at + 1] != ']') {
            member.addRange(c, pattern[at + 1] & 0xff);
            if ((pattern[at + 1] & 0xff) < c) {
                throw new MalformedPatternException("range in reverse order");
            }
            at += 2;
        }
        return member;
    }
}
