package org.relayd.runtime.platform.bsd;

import java.util.List;
import java.util.function.Function;
import org.relayd.ir.plan.PfAnchor;

/** Puts rules into the words of one system's pfctl(8). */
public interface PfRuleText {

    /** Returns the rules of an anchor, one a line, those that pfctl has words for. */
    List<String> lines(PfAnchor anchor);

    /** Returns why pfctl has no words for some rules of an anchor; empty if it has them for all. */
    List<String> obstacles(PfAnchor anchor);

    /** Returns the words of a system by two functions: {@link #lines} and {@link #obstacles}. */
    static PfRuleText of(Function<PfAnchor, List<String>> lines, Function<PfAnchor, List<String>> obstacles) {
        return new PfRuleText() {
            @Override
            public List<String> lines(PfAnchor anchor) {
                return lines.apply(anchor);
            }

            @Override
            public List<String> obstacles(PfAnchor anchor) {
                return obstacles.apply(anchor);
            }
        };
    }
}
