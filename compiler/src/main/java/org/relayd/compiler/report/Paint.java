package org.relayd.compiler.report;

/**
 * Colours of the parts of a report, as the escapes that switch them on.
 *
 * @param error
 *            first line and caret of an error
 * @param warning
 *            first line and caret of anything else
 * @param margin
 *            line numbers and frame
 * @param label
 *            other places
 * @param off
 *            back to normal
 */
record Paint(String error, String warning, String margin, String label, String off) {
    /** No colours. */
    static final Paint NONE = new Paint("", "", "", "", "");
    /** ECMA-48: bold red, bold yellow, blue, cyan. */
    static final Paint ANSI = new Paint("\u001b[1;31m", "\u001b[1;33m", "\u001b[34m", "\u001b[36m", "\u001b[0m");
}
