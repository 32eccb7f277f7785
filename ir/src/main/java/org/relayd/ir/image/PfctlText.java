package org.relayd.ir.image;

import java.util.List;

/**
 * The rules of an anchor in the words of one system's pfctl(8).
 *
 * @param lines
 *            one for each rule that pfctl has words for, without line ends; a comment for each of the others
 * @param obstacles
 *            why pfctl has no words for some of the rules, each reason once; empty if it has them for all
 */
public record PfctlText(List<String> lines, List<String> obstacles) {

    /** Copies the lists. */
    public PfctlText {
        lines = List.copyOf(lines);
        obstacles = List.copyOf(obstacles);
    }
}
