package org.relayd.runtime.platform.bsd;

import org.relayd.ir.image.PfImage;

/**
 * A table of pf.
 *
 * @param anchor
 *            the anchor that it is in
 * @param name
 *            its name there
 */
record PfTable(String anchor, String name) {

    static PfTable of(PfImage anchor) {
        return new PfTable(anchor.anchor(), anchor.table());
    }
}
