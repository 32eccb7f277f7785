package org.relayd.runtime.relay.http.rule;

import org.relayd.ir.config.Rule;
import org.relayd.ir.pattern.Glob;
import org.relayd.ir.pattern.LuaPattern;
import org.relayd.ir.pattern.MalformedPatternException;

/** A text that a rule looks for: a glob of fnmatch(3), or a pattern of patterns(7). Immutable; any thread. */
sealed interface TextMatch {

    /** Returns whether the range is such a text. */
    boolean matches(byte[] octets, int at, int length, RuleRun run);

    /** Returns whether every text is one. */
    boolean isAny();

    /**
     * A shell glob.
     *
     * @param glob
     *            compiled
     */
    record ByGlob(Glob glob) implements TextMatch {

        @Override
        public boolean matches(byte[] octets, int at, int length, RuleRun run) {
            return glob.matches(octets, at, at + length);
        }

        @Override
        public boolean isAny() {
            return glob.isAny();
        }
    }

    /**
     * A Lua pattern; always case sensitive.
     *
     * @param pattern
     *            compiled
     */
    record ByPattern(LuaPattern pattern) implements TextMatch {

        @Override
        public boolean matches(byte[] octets, int at, int length, RuleRun run) {
            return switch (pattern.match(octets, at, at + length)) {
                case MATCH -> true;
                case MISMATCH -> false;
                case TOO_COSTLY -> {
                    run.refuse();
                    yield false;
                }
            };
        }

        @Override
        public boolean isAny() {
            return false;
        }
    }

    /**
     * Compiles the text of a rule.
     *
     * @throws IllegalArgumentException
     *             if it is a malformed pattern, which the checker refuses
     */
    static TextMatch of(Rule.Match match, boolean caseSensitive) {
        if (!match.pattern()) {
            return new ByGlob(Glob.compile(match.text(), caseSensitive));
        }
        try {
            return new ByPattern(LuaPattern.compile(match.text()));
        } catch (MalformedPatternException malformed) {
            throw new IllegalArgumentException(match.text(), malformed);
        }
    }
}
