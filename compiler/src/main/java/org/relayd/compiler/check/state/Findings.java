package org.relayd.compiler.check.state;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.diagnostic.Diagnostic;

/**
 * What the checker has found so far, in the order of the file; a message without a place belongs to the one behind it. Used by one
 * thread.
 *
 * <p>OpenBSD reads a file twice and gives up between the readings if there is an error above the first section. Everything below is
 * then unknown to it, and so are its follow-up errors: {@link #followUp} and {@link #atEnd} say nothing in that case.
 */
public final class Findings {
    private final List<Diagnostic> found = new ArrayList<>();
    private boolean givenUp;
    private int errors;

    /**
     * @param givenUp
     *            whether an error was found above the first section before checking began
     */
    public Findings(boolean givenUp) {
        this.givenUp = givenUp;
    }

    /** Adds a message. */
    public void add(Diagnostic diagnostic) {
        found.add(diagnostic);
        if (diagnostic.isError()) {
            errors++;
        }
    }

    /** Adds an error that may have its cause in another one. */
    public void followUp(Diagnostic error) {
        if (givenUp) {
            // Counted all the same: the statement cannot be used.
            errors++;
        } else {
            add(error);
        }
    }

    /** Adds a message about the configuration as a whole, behind all others. */
    public void atEnd(Diagnostic diagnostic) {
        if (!givenUp) {
            add(diagnostic);
        }
    }

    /** Notes that an error was found above the first section. */
    public void giveUp() {
        givenUp = true;
    }

    /** Returns how many errors were found; a statement in which the number grows is refused. */
    public int errors() {
        return errors;
    }

    /** Returns all messages in the order they were found. */
    public List<Diagnostic> all() {
        return List.copyOf(found);
    }
}
