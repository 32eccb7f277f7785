package org.relayd.ctl.doctor;

/** What rules do with a packet. */
enum Fate {
    /** They let it through. */
    ACCEPTED,
    /** They drop it or answer that it is not wanted. */
    DROPPED,
    /** That depends on what cannot be seen in the rules. */
    UNDECIDED,
    /** Nothing. */
    UNTOUCHED
}
