package org.relayd.ctl;

/** Paints for words that say how something is; ECMA-48, SGR. */
enum Palette {
    /** Words stay as they are. */
    NONE,
    /** The eight colours that every terminal has. */
    COLOURS;

    /** How something is. */
    enum Shade {
        /** It serves. */
        GOOD(32),
        /** It serves with what is left, is not known yet, or was switched off. */
        DOUBTFUL(33),
        /** It does not serve. */
        BAD(31);

        private final int code;

        Shade(int code) {
            this.code = code;
        }
    }

    /** Returns the text in the colour of a shade. */
    String paint(Shade shade, String text) {
        return switch (this) {
            case NONE -> text;
            case COLOURS -> "\u001b[" + shade.code + "m" + text + "\u001b[0m";
        };
    }
}
