package org.relayd.ir.source;

import java.util.Optional;

/** What brought a source text into the configuration. relayd.conf(5): MACROS and {@code include}. */
public sealed interface Origin {

    /** The text is the file named on the command line, or text given by a test. */
    record Main() implements Origin {}

    /**
     * The text is a file named by an include statement.
     *
     * @param statement
     *            the include statement
     */
    record Included(Span statement) implements Origin {}

    /**
     * The text is the value of a macro, read again at its place of use.
     *
     * @param macro
     *            name of the macro, without the dollar sign
     * @param use
     *            the reference, dollar sign included
     * @param definition
     *            the value where the file defines it; empty for a macro of the command line ({@code -D})
     */
    record Expanded(String macro, Span use, Optional<Span> definition) implements Origin {}
}
