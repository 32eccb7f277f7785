package org.relayd.runtime.hce.check;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.term.CheckResult;

/**
 * How a check ended.
 *
 * @param result
 *            the result
 * @param httpCode
 *            the status code that was received, if it is not the wanted one
 * @param took
 *            how long the host took, where that is known better than from how long the check took
 */
public record CheckOutcome(CheckResult result, OptionalInt httpCode, Optional<Duration> took) {

    /** Creates an outcome of a host whose time nobody took. */
    public CheckOutcome(CheckResult result, OptionalInt httpCode) {
        this(result, httpCode, Optional.empty());
    }

    /** Returns the same with the time that the host took. */
    CheckOutcome after(Duration time) {
        return new CheckOutcome(result, httpCode, Optional.of(time));
    }

    /** Creates an outcome without a status code. */
    public static CheckOutcome of(CheckResult result) {
        return new CheckOutcome(result, OptionalInt.empty());
    }
}
