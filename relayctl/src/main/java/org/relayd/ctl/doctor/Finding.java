package org.relayd.ctl.doctor;

/**
 * Something that stops traffic, or may.
 *
 * @param severity
 *            how sure that is
 * @param text
 *            what is wrong and what follows from it
 * @param mend
 *            the command that mends it, or the first one to run
 */
public record Finding(Severity severity, String text, String mend) {

    /** How sure it is that traffic is stopped. */
    public enum Severity {
        /** Traffic does not flow. */
        PROBLEM,
        /** It may not flow, depending on what cannot be seen from here. */
        ADVICE;

        /** Returns the word that users read. */
        public String word() {
            return switch (this) {
                case PROBLEM -> "problem";
                case ADVICE -> "advice";
            };
        }
    }

    static Finding problem(String text, String mend) {
        return new Finding(Severity.PROBLEM, text, mend);
    }

    static Finding advice(String text, String mend) {
        return new Finding(Severity.ADVICE, text, mend);
    }
}
