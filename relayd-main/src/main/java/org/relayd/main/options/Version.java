package org.relayd.main;

/** The version of this program. */
final class Version {
    /** As in the parent pom; a test compares the two. */
    static final String NUMBER = "0.1.0";

    private Version() {}
}
