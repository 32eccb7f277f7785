package org.relayd.compiler.check.section;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.table.DerivedTable;
import org.relayd.compiler.check.table.Scheduling.Choice;
import org.relayd.compiler.check.table.TableUses;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Redirect.Listener;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.term.SchedulingMode;

/** A redirection while its options are read. */
public final class RedirectDraft {
    final RedirectId id;
    final String name;
    final ListenLines listenLines;
    final List<Listener> listeners = new ArrayList<>();
    Optional<DerivedTable> table = Optional.empty();
    Optional<DerivedTable> backup = Optional.empty();
    SchedulingMode mode = SchedulingMode.ROUNDROBIN;
    Optional<HashKey> key = Optional.empty();
    Optional<String> tag = Optional.empty();
    Duration sessionTimeout = SessionTimeout.DEFAULT;
    boolean match;
    boolean disabled;
    boolean sticky;
    boolean pflog;

    RedirectDraft(RedirectId id, String name, long listenLines) {
        this.id = id;
        this.name = name;
        this.listenLines = new ListenLines(listenLines);
    }

    /** Takes a table: the first is the main one, the second the backup. */
    void take(DerivedTable taken, Choice choice) {
        if (table.isEmpty()) {
            table = Optional.of(taken);
            mode = choice.mode();
        } else {
            backup = Optional.of(taken);
        }
        key = choice.key().or(() -> key);
    }

    /** Returns the finished redirection. Listeners come out in OpenBSD's order, the last of the file first. */
    public Redirect finish(TableUses.Finished tables) {
        return new Redirect(id, name, disabled, sticky, tag, match, pflog, listenLines.port().orElseThrow(),
                tables.of(table.orElseThrow()), backup.map(tables::of), mode, key, sessionTimeout,
                listeners.reversed());
    }
}
