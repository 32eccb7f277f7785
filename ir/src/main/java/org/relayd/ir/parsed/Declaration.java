package org.relayd.ir.parsed;

import org.relayd.ir.source.Span;

/** A statement of the top level, in the order of the file. */
public sealed interface Declaration permits GlobalSetting, TableDeclaration, RedirectDeclaration, RelayDeclaration,
        ProtocolDeclaration, RouterDeclaration {

    /** Returns the whole statement, from its first word to its last. */
    Span span();
}
