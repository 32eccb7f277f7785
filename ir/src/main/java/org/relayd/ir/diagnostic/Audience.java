package org.relayd.ir.diagnostic;

/** Who reads a diagnostic. OpenBSD tells some faults twice, in their consequences, and does not tell others at all. */
public enum Audience {
    /** People, and programs that know the messages of OpenBSD. */
    EVERYBODY,
    /** People: OpenBSD has given the section or the file up before it comes to this fault. */
    PEOPLE,
    /** Programs that know the messages of OpenBSD: the consequence of a fault that is told in another diagnostic. */
    PROGRAMS
}
