package org.relayd.compiler.check.state;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.diagnostic.Audience;
import org.relayd.ir.diagnostic.Diagnostic;

/**
 * What the checker has found so far, in the order of the file; a message without a place belongs to the one after it.
 * Used by one thread.
 *
 * <p>OpenBSD reads a file twice and gives up between the readings if there is an error above the first section.
 * Everything below is then unknown to it, and so are its follow-up errors: {@link #followUp} and {@link #atEnd} say
 * nothing in that case.
 */
public final class Findings {
    private final List<Diagnostic> found = new ArrayList<>();
    private final boolean faulty;
    private boolean givenUp;
    private int errors;

    /**
     * @param faulty
     *            whether an error was found before checking began
     * @param givenUp
     *            whether one was found above the first section
     */
    public Findings(boolean faulty, boolean givenUp) {
        this.faulty = faulty;
        this.givenUp = givenUp;
    }

    /** Adds a message. */
    public void add(Diagnostic diagnostic) {
        found.add(diagnostic);
        if (diagnostic.isError()) {
            errors++;
        }
    }

    /**
     * Adds an error that may have its cause in another one.
     *
     * @param told
     *            whether it has, so that the cause was told already
     */
    public void followUp(Diagnostic error, boolean told) {
        if (givenUp) {
            // Counted all the same: the statement cannot be used.
            errors++;
        } else {
            add(told ? error.heardBy(Audience.PROGRAMS) : error);
        }
    }

    /** Adds a message about the configuration as a whole, after all others. */
    public void atEnd(Diagnostic diagnostic) {
        if (!givenUp) {
            add(diagnostic);
        }
    }

    /** Adds a message about the configuration as a whole that says nothing new if there was any error before. */
    public void consequence(Diagnostic diagnostic) {
        atEnd(faulty || errors > 0 ? diagnostic.heardBy(Audience.PROGRAMS) : diagnostic);
    }

    /** Notes that an error was found above the first section. */
    public void giveUp() {
        givenUp = true;
    }

    /** Returns whether an error was found above the first section. */
    public boolean isGivenUp() {
        return givenUp;
    }

    /** Begins a statement, which is refused by each error that is found from now on. */
    public Statement begin() {
        return new Statement();
    }

    /** Returns whether an error was found since checking began. */
    public boolean hasErrors() {
        return errors > 0;
    }

    /** Returns all messages in the order they were found. */
    public List<Diagnostic> all() {
        return List.copyOf(found);
    }

    /** A statement that is being checked, with all that stands in it. */
    public final class Statement {
        private final int before = errors;

        private Statement() {}

        /** Returns whether an error was found since it began. */
        public boolean isRefused() {
            return errors > before;
        }
    }
}
