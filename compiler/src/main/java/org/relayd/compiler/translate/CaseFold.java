package org.relayd.compiler.translate;

/**
 * Globs of the current dialect, which look at case, that match what globs and keys of dialect 5.1 match, which do not.
 */
final class CaseFold {
    private static final String SPECIAL = "*?[\\";

    private CaseFold() {}

    /** Returns a glob that matches a glob's texts in any case; its bracket sets are left as they are. */
    static String glob(String glob) {
        StringBuilder folded = new StringBuilder();
        boolean inSet = false;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            inSet = inSet ? c != ']' : c == '[';
            folded.append(inSet ? String.valueOf(c) : eitherCase(c));
        }
        return folded.toString();
    }

    /** Returns a glob that matches one text in any case. */
    static String literal(String text) {
        StringBuilder folded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            folded.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(eitherCase(c));
        }
        return folded.toString();
    }

    /** Returns a glob that matches one text as it is. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            escaped.append(SPECIAL.indexOf(text.charAt(i)) >= 0 ? "\\" : "").append(text.charAt(i));
        }
        return escaped.toString();
    }

    private static String eitherCase(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter ? "[" + Character.toLowerCase(c) + Character.toUpperCase(c) + "]" : String.valueOf(c);
    }
}
