package org.relayd.compiler.source;

/** What words mean once backslashes and quotes are resolved. relayd.conf(5): the lexical rules of strings. */
final class Unquoted {
    private Unquoted() {}

    /**
     * Returns an unquoted word without joined lines and needless backslashes: outside quotes a backslash in front of a
     * newline disappears together with it, any other backslash disappears alone.
     */
    static String word(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder word = new StringBuilder(raw.length());
        for (int at = 0; at < raw.length(); at++) {
            char character = raw.charAt(at);
            if (character != '\\') {
                word.append(character);
            } else if (++at < raw.length() && raw.charAt(at) != '\n') {
                word.append(raw.charAt(at));
            }
        }
        return word.toString();
    }

    /**
     * Returns the content of a quoted string. A newline disappears, also after a backslash; a backslash in front of
     * the quote disappears; every other backslash stays.
     *
     * @param raw
     *            the string with its quotes
     * @param blanks
     *            whether a backslash in front of a blank or tab disappears too: only OpenBSD 5.1 keeps it
     */
    static String quoted(String raw, boolean blanks) {
        if (raw.indexOf('\\') < 0 && raw.indexOf('\n') < 0) {
            return raw.substring(1, raw.length() - 1);
        }
        char quote = raw.charAt(0);
        StringBuilder string = new StringBuilder(raw.length());
        for (int at = 1; at < raw.length() - 1; at++) {
            char character = raw.charAt(at);
            if (character == '\\') {
                char next = raw.charAt(at + 1);
                if (next == quote || next == '\n' || (blanks && (next == ' ' || next == '\t'))) {
                    character = next;
                    at++;
                }
            }
            if (character != '\n') {
                string.append(character);
            }
        }
        return string.toString();
    }
}
