package org.relayd.runtime.relay.wire;

import java.util.Optional;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.FailedCall;

/**
 * Why a wire broke, or could not be had.
 *
 * @param text
 *            for the user, e.g. {@code Connection reset by peer}; nobody compares it
 * @param errno
 *            the system's number, if the system said so
 */
public record Fault(String text, Optional<Errno> errno) {
    /** What words of TLS begin with. */
    public static final String OF_TLS = "TLS: ";
    /** A fault of relayd; the details are on standard error. */
    public static final Fault INTERNAL = said("internal error");
    /** The stream has ended, and the other end did not say so as TLS demands (RFC 8446 6.1): maybe it is cut off. */
    public static final Fault CUT_OFF = said(OF_TLS + "connection ended without close_notify");

    /** Returns what the system said. */
    public static Fault of(Errno errno) {
        return new Fault(errno.words(), Optional.of(errno));
    }

    /** Returns what Netty or the JDK threw. */
    public static Fault of(Throwable thrown) {
        return new Fault(FailedCall.words(thrown), FailedCall.errno(thrown));
    }

    /** Returns what is no matter of the system. */
    public static Fault said(String text) {
        return new Fault(text, Optional.empty());
    }

    /** Returns whether no descriptor is left, in this process or on the machine. */
    public boolean isExhaustion() {
        return is(ErrorName.EMFILE) || is(ErrorName.ENFILE);
    }

    /** Returns whether a message or connection did not get where it should: others may. */
    public boolean isOfNetwork() {
        return is(ErrorName.ECONNREFUSED) || is(ErrorName.ECONNRESET) || is(ErrorName.EHOSTUNREACH)
                || is(ErrorName.ENETUNREACH) || is(ErrorName.ETIMEDOUT);
    }

    /** Returns whether the stream only ended without being announced, as TLS demands. */
    public boolean isCutOff() {
        return equals(CUT_OFF);
    }

    /** Returns whether the system said so. */
    boolean is(ErrorName name) {
        return errno.filter(error -> error.is(name)).isPresent();
    }
}
