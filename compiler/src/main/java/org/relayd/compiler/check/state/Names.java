package org.relayd.compiler.check.state;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.compiler.source.SimilarNames;
import org.relayd.ir.source.Span;

/**
 * The names of one kind of section: what is defined above the line being checked, and what was refused there.
 *
 * @param <T>
 *            what a name stands for
 */
public final class Names<T> {
    private final Map<String, T> defined = new LinkedHashMap<>();
    private final Map<String, Span> places = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    /** Defines a name. */
    public void define(String name, Span place, T meaning) {
        defined.put(name, meaning);
        places.put(name, place);
    }

    /** Notes that the definition of a name was refused. */
    public void refuse(String name) {
        refused.add(name);
    }

    /** Returns what a name stands for. */
    public Optional<T> find(String name) {
        return Optional.ofNullable(defined.get(name));
    }

    /** Returns where a name is defined. */
    public Optional<Span> place(String name) {
        return Optional.ofNullable(places.get(name));
    }

    /** Returns whether a definition of the name was refused above. */
    public boolean isRefused(String name) {
        return refused.contains(name);
    }

    /** Returns the name that may have been meant by an unknown one. */
    public Optional<Similar> similar(String unknown) {
        return SimilarNames.nearest(unknown, defined.keySet()).map(name -> new Similar(name, places.get(name)));
    }

    /** Returns the meanings in the order of the file. */
    public Iterable<T> all() {
        return defined.values();
    }
}
