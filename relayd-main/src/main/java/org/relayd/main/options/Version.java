package org.relayd.main.options;

/** The version of this program. */
public final class Version {
    /** As in the parent pom; a test compares the two. */
    public static final String NUMBER = "0.1.0";

    private Version() {}
}
