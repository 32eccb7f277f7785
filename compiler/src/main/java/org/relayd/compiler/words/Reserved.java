package org.relayd.compiler.words;

import java.util.Optional;
import org.relayd.ir.term.Dialect;

/** Where a keyword is reserved; everywhere else it is a name like any other. relayd.conf(5): RESERVED WORDS. */
public enum Reserved {
    /** In both dialects. */
    ALWAYS(Optional.empty()),
    /** In the current dialect. */
    CURRENT(Optional.of(Dialect.CURRENT)),
    /** In the current dialect of late: its earlier releases take the word as a name. */
    RECENT(Optional.of(Dialect.CURRENT)),
    /** In dialect 5.1. */
    V5_1(Optional.of(Dialect.V5_1)),
    /** Nowhere any more: releases between the two dialects have it, and it stays a name in both. */
    FORMER(Optional.empty()),
    /** Nowhere: a word of an extension stays a name in both dialects. relayd.conf(5): EXTENSIONS. */
    EXTENSION(Optional.empty());

    private final Optional<Dialect> alone;

    Reserved(Optional<Dialect> alone) {
        this.alone = alone;
    }

    /** Returns the only dialect that has the keyword; empty if both have it. */
    public Optional<Dialect> alone() {
        return alone;
    }

    /** Returns whether a release that is one of the two dialects reserves the word. */
    public boolean somewhere() {
        return this != EXTENSION && this != FORMER;
    }

    /** Returns the dialect that reserves the word in all its releases, where the other one takes it as a name. */
    public Optional<Dialect> throughout() {
        return this == RECENT ? Optional.empty() : alone;
    }
}
