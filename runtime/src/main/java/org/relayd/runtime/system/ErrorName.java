package org.relayd.runtime.system;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Errors of system calls that relayd tells apart, errno(2). Linux and the BSDs number some of them, and
 * word some, in other ways.
 */
public enum ErrorName {
    /** The caller may not do that. */
    EPERM(1),
    /** There is no such file, rule or state. */
    ENOENT(2),
    /** There is no such process, route or table. */
    ESRCH(3),
    /** The call was interrupted, or what is listed was changed in between. */
    EINTR(4),
    /** The system does not know how to execute that file. */
    ENOEXEC(8),
    /** Try again; of a new process: too many of them. */
    EAGAIN(11, 35),
    /** No memory is left. */
    ENOMEM(12),
    /** The mode of a file, or the caller's groups, forbid that. */
    EACCES(13),
    /** There is one already. */
    EEXIST(17),
    /** The call makes no sense, or is for a part that the kernel lacks. */
    EINVAL(22),
    /** The machine has no descriptor left. */
    ENFILE(23),
    /** The process has no descriptor left. */
    EMFILE(24),
    /** The device has no such request, or its argument has another size. */
    ENOTTY(25),
    /** The other end is closed. */
    EPIPE(32),
    /** Symbolic links lead in a circle, or are not to be followed. */
    ELOOP(40, 62),
    /** The kernel lacks that protocol. */
    EPROTONOSUPPORT(93, 43),
    /** The kernel lacks that. */
    EOPNOTSUPP(95, 45),
    /** Somebody else has that address. */
    EADDRINUSE(98, 48),
    /** No interface of this machine has that address. */
    EADDRNOTAVAIL(99, 49, "Can't assign requested address"),
    /** No route leads there. */
    ENETUNREACH(101, 51),
    /** The other side has reset the connection. */
    ECONNRESET(104, 54),
    /** No buffer is left. */
    ENOBUFS(105, 55),
    /** The other side does not answer. */
    ETIMEDOUT(110, 60, "Operation timed out"),
    /** Nobody listens there. */
    ECONNREFUSED(111, 61),
    /** The host cannot be reached. */
    EHOSTUNREACH(113, 65),
    /** The connect goes on. */
    EINPROGRESS(115, 36);

    private final int linux;
    private final int bsd;
    private final Optional<String> bsdWords;

    ErrorName(int everywhere) {
        this(everywhere, everywhere);
    }

    ErrorName(int linux, int bsd) {
        this(linux, bsd, Optional.empty());
    }

    ErrorName(int linux, int bsd, String bsdWords) {
        this(linux, bsd, Optional.of(bsdWords));
    }

    ErrorName(int linux, int bsd, Optional<String> bsdWords) {
        this.linux = linux;
        this.bsd = bsd;
        this.bsdWords = bsdWords;
    }

    /** Returns the number that Linux gives it. */
    public int linux() {
        return linux;
    }

    /** Returns the number that OpenBSD and FreeBSD give it. */
    public int bsd() {
        return bsd;
    }

    String linuxWords() {
        return LinuxWords.of(linux);
    }

    String bsdWords() {
        return bsdWords.orElseGet(this::linuxWords);
    }

    static Optional<ErrorName> ofLinux(int number) {
        return Stream.of(values()).filter(name -> name.linux == number).findFirst();
    }

    static Optional<ErrorName> ofBsd(int number) {
        return Stream.of(values()).filter(name -> name.bsd == number).findFirst();
    }
}
