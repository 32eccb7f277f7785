package org.relayd.runtime.platform.bsd;

import java.util.List;
import org.relayd.ir.plan.PfAnchor;

/** Puts rules into the words of one system's pfctl(8). */
public interface PfRuleText {

    /** Returns the rules of an anchor, one a line, those that pfctl has words for. */
    List<String> lines(PfAnchor anchor);

    /** Returns why pfctl has no words for some rules of an anchor; empty if it has them for all. */
    List<String> obstacles(PfAnchor anchor);
}
