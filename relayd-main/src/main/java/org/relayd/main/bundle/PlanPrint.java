package org.relayd.main.bundle;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.relayd.ir.plan.Plan;

/**
 * Tells plans from each other, in every process alike: a plan is made of records, lists and words, whose texts are the
 * same everywhere. Against accidents, such as programs of two builds, and not against attackers. Passwords have no part
 * in it.
 *
 * @param checksum
 *            CRC-32C of the text of the plan
 * @param hash
 *            its {@link String#hashCode}
 * @param length
 *            its length in characters
 */
public record PlanPrint(int checksum, int hash, int length) {

    /** Returns that of a plan. */
    public static PlanPrint of(Plan plan) {
        String text = plan.toString();
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return new PlanPrint((int) checksum.getValue(), text.hashCode(), text.length());
    }
}
