package org.relayd.ctl;

import java.util.Map;
import java.util.function.BooleanSupplier;

/** Whether states are printed in colour. relayctl(8). */
enum Colour {
    /** On a terminal, unless the environment says otherwise. */
    AUTO,
    /** Wherever they are printed to. */
    ALWAYS,
    /** Nowhere. */
    NEVER;

    /**
     * Returns the one with this word.
     *
     * @throws Usage
     *             if there is none
     */
    static Colour of(String word) throws Usage {
        return switch (word) {
            case "auto" -> AUTO;
            case "always" -> ALWAYS;
            case "never" -> NEVER;
            default -> throw new Usage("relayctl: --color is auto, always or never, not " + word + "\n"
                    + Options.USAGE);
        };
    }

    /**
     * Returns the paints to be used.
     *
     * @param environment
     *            variables of the environment: NO_COLOR before CLICOLOR_FORCE before CLICOLOR and TERM
     * @param terminal
     *            tells whether the output goes to a terminal; asked only where it matters
     */
    Palette palette(Map<String, String> environment, BooleanSupplier terminal) {
        return switch (this) {
            case ALWAYS -> Palette.COLOURS;
            case NEVER -> Palette.NONE;
            case AUTO -> isWanted(environment, terminal) ? Palette.COLOURS : Palette.NONE;
        };
    }

    private static boolean isWanted(Map<String, String> environment, BooleanSupplier terminal) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String forced = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!forced.isEmpty() && !forced.equals("0")) {
            return true;
        }
        return !environment.getOrDefault("CLICOLOR", "1").equals("0")
                && !environment.getOrDefault("TERM", "dumb").equals("dumb") && terminal.getAsBoolean();
    }
}
