package org.relayd.compiler.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.parsed.MacroDefinition;
import org.relayd.ir.source.Span;

/**
 * The macros known at a point of reading. relayd.conf(5): MACROS. One table for all files; a later definition replaces
 * an earlier one for the text below it, but never one of the command line.
 */
public final class MacroTable {
    private final Map<String, Entry> current = new HashMap<>();
    private final List<Entry> all = new ArrayList<>();
    private final Set<String> lost = new HashSet<>();

    /** Creates an empty table. */
    public MacroTable() {}

    /**
     * Defines a macro as {@code -D} does: the name ends at the last equals sign, and the first
     * of two definitions stays.
     *
     * @param argument
     *            such as {@code name=value}
     * @return false if there is no equals sign, which OpenBSD only warns about
     */
    public boolean defineArgument(String argument) {
        int split = argument.lastIndexOf('=');
        if (split < 0) {
            return false;
        }
        String name = argument.substring(0, split);
        if (!current.containsKey(name)) {
            put(new Entry(name, argument.substring(split + 1), Optional.empty()));
        }
        return true;
    }

    /** Defines a macro as a line of a file does. */
    void define(String name, String value, Span definition) {
        Entry entry = new Entry(name, value, Optional.of(definition));
        Entry old = current.get(name);
        if (old == null || old.definition.isPresent()) {
            put(entry);
        } else {
            all.add(entry);
        }
    }

    private void put(Entry entry) {
        current.put(entry.name, entry);
        all.add(entry);
    }

    /** Returns the macro that a reference means at this point, and counts the use. */
    Optional<Entry> use(String name) {
        Entry entry = current.get(name);
        if (entry != null) {
            entry.uses++;
        }
        return Optional.ofNullable(entry);
    }

    /** Notes that the definition of a name could not be read. */
    void lose(String name) {
        lost.add(name);
    }

    /** Returns whether a definition of the name could not be read. */
    boolean isLost(String name) {
        return lost.contains(name);
    }

    /** Returns the names known at this point. */
    Set<String> names() {
        return current.keySet();
    }

    /** Returns all definitions in reading order, those of the command line first. */
    public List<MacroDefinition> definitions() {
        List<MacroDefinition> definitions = new ArrayList<>(all.size());
        for (Entry entry : all) {
            definitions.add(new MacroDefinition(entry.name, entry.value, entry.definition, entry.uses));
        }
        return definitions;
    }

    /** A macro with the number of its uses so far. */
    static final class Entry {
        private final String name;
        private final String value;
        private final Optional<Span> definition;
        private int uses;

        private Entry(String name, String value, Optional<Span> definition) {
            this.name = name;
            this.value = value;
            this.definition = definition;
        }

        String value() {
            return value;
        }

        Optional<Span> definition() {
            return definition;
        }
    }
}
