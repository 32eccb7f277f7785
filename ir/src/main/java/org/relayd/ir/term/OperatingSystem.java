package org.relayd.ir.term;

/** The systems that are told apart. A program asks once which one it runs on, and passes the answer on. */
public enum OperatingSystem {
    /** Linux. */
    LINUX,
    /** OpenBSD. */
    OPENBSD,
    /** FreeBSD. */
    FREEBSD,
    /** Any other one: relays run there, redirections and routes do not. */
    OTHER;

    /** Returns the system of this machine. */
    public static OperatingSystem ofThisMachine() {
        return switch (System.getProperty("os.name")) {
            case "Linux" -> LINUX;
            case "OpenBSD" -> OPENBSD;
            case "FreeBSD" -> FREEBSD;
            default -> OTHER;
        };
    }
}
