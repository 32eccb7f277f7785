package org.relayd.runtime.hce.check;

import java.util.OptionalInt;
import org.relayd.ir.term.CheckResult;

/**
 * How a check ended.
 *
 * @param result
 *            the result
 * @param httpCode
 *            the status code that was received, if it is not the wanted one
 */
public record CheckOutcome(CheckResult result, OptionalInt httpCode) {

    /** Creates an outcome without a status code. */
    public static CheckOutcome of(CheckResult result) {
        return new CheckOutcome(result, OptionalInt.empty());
    }
}
