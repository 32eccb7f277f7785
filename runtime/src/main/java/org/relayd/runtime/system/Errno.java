package org.relayd.runtime.system;

import java.util.Optional;
import java.util.Set;
import org.relayd.ir.term.OperatingSystem;

/**
 * Why the system refused a call; errno(2). Numbers without a name here are carried too.
 *
 * @param number
 *            the system's number, above 0
 * @param words
 *            the system's words for it, such as {@code Connection refused}: to be shown, not compared
 * @param name
 *            its name, if it is one that relayd tells apart
 */
public record Errno(int number, String words, Optional<ErrorName> name) {

    /** Returns an error of Linux by its number, above 0, in the words of the GNU C library. */
    public static Errno linux(int number) {
        return new Errno(number, LinuxWords.of(number), ErrorName.ofLinux(number));
    }

    /** Returns an error of OpenBSD or FreeBSD by its number, with what strerror(3) says there. */
    public static Errno bsd(int number, String words) {
        return new Errno(number, words, ErrorName.ofBsd(number));
    }

    /** Returns an error of this machine by its name. */
    public static Errno of(ErrorName name) {
        return isLinux() ? linux(name.linux()) : bsd(name.bsd(), name.bsdWords());
    }

    /** Returns an error of this machine by its number, whose words are not at hand. */
    static Errno of(int number) {
        return isLinux() ? linux(number)
                : bsd(number, ErrorName.ofBsd(number).map(ErrorName::bsdWords).orElse("Unknown error: " + number));
    }

    private static boolean isLinux() {
        return OperatingSystem.ofThisMachine() == OperatingSystem.LINUX;
    }

    /** Returns whether it is that error. */
    public boolean is(ErrorName wanted) {
        return name.equals(Optional.of(wanted));
    }

    /** Returns whether the process, or the machine, has no descriptor left. */
    public boolean isShortOfDescriptors() {
        return is(ErrorName.EMFILE) || is(ErrorName.ENFILE);
    }

    /** Returns whether it is one of those. */
    public boolean isOneOf(Set<ErrorName> wanted) {
        return name.filter(wanted::contains).isPresent();
    }
}
