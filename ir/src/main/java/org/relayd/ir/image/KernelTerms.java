package org.relayd.ir.image;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a back end makes of a configuration.
 *
 * @param image
 *            what the back end can do of the configuration
 * @param refusals
 *            what it cannot do, one line each; whoever executes the plan refuses to do so unless this is empty
 * @param advice
 *            what it does in another way than one may think, one line each
 */
public record KernelTerms(KernelImage image, List<String> refusals, List<String> advice) {

    /** Copies the lists. */
    public KernelTerms {
        refusals = List.copyOf(refusals);
        advice = List.copyOf(advice);
    }

    /** Returns an image of which nothing is to be said. */
    public static KernelTerms wholly(KernelImage image) {
        return new KernelTerms(image, List.of(), List.of());
    }

    /** Returns the same with further advice. */
    public KernelTerms advising(List<String> more) {
        return new KernelTerms(image, refusals, Stream.concat(advice.stream(), more.stream()).toList());
    }
}
