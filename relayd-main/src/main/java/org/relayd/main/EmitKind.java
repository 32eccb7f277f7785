package org.relayd.main;

import java.util.Arrays;
import java.util.List;

/** What relayd-compile(1) can print. */
enum EmitKind {
    /** The rules as pfctl shows them. */
    PF("pf"),
    /** Rules that pfctl of OpenBSD loads. */
    PF_LOAD("pf-load"),
    /** Rules that pfctl of FreeBSD loads. */
    PF_FREEBSD("pf-freebsd"),
    /** A script that nft loads. */
    NFT("nft"),
    /** The route operations. */
    ROUTES("routes"),
    /** The relay graph as Graphviz text. */
    GRAPH("graph"),
    /** The relay graph as a drawing. */
    GRAPH_SVG("graph-svg"),
    /** The resolved configuration as JSON. */
    MODEL("model"),
    /** What services need of the machine, as {@code relayctl show needs}. */
    NEEDS("needs"),
    /** The configuration in the current dialect. */
    CONFIG("config");

    private final String word;

    EmitKind(String word) {
        this.word = word;
    }

    static EmitKind of(String word) throws UsageException {
        for (EmitKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new UsageException("invalid kind: " + word + " (" + String.join(", ", words()) + ")");
    }

    /** Returns the words of all kinds. */
    static List<String> words() {
        return Arrays.stream(values()).map(kind -> kind.word).toList();
    }
}
