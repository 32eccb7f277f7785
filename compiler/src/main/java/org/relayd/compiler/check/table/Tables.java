package org.relayd.compiler.check.table;

import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.Names;
import org.relayd.ir.term.Dialect;

/** All about tables that is known at the line being checked. */
public final class Tables {
    private final Dialect dialect;
    private final Names<TableTemplate> templates = new Names<>();
    private final TableUses uses;
    private final Scheduling scheduling;

    /**
     * @param dialect
     *            decides about long names and about modes that carry over
     * @param findings
     *            takes what is wrong
     */
    public Tables(Dialect dialect, Findings findings) {
        this.dialect = dialect;
        this.uses = new TableUses(dialect, findings);
        this.scheduling = new Scheduling(dialect, findings);
    }

    Dialect dialect() {
        return dialect;
    }

    /** Returns the definitions by name. */
    public Names<TableTemplate> templates() {
        return templates;
    }

    /** Returns the uses of definitions, which have ids. */
    public TableUses uses() {
        return uses;
    }

    /** Returns how hosts are chosen on the next forward line. */
    public Scheduling scheduling() {
        return scheduling;
    }
}
