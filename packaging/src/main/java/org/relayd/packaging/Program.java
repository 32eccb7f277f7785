package org.relayd.packaging;

/** One way to start a program, with a set of JVM flags and so a start-up cache of its own. */
enum Program {
    /** relayd(8) as it serves. */
    DAEMON("daemon", "relayd", "relayd-main", "org/relayd/main/RelaydMain.class"),
    /** {@code relayd -n}. */
    CHECK("check", "relayd", "relayd-main", "org/relayd/main/RelaydMain.class"),
    /** relayd-compile(1). */
    COMPILE("compile", "relayd-compile", "relayd-main", "org/relayd/main/CompileMain.class"),
    /** relayctl(8). */
    RELAYCTL("relayctl", "relayctl", "relayctl", "org/relayd/ctl/RelayctlMain.class");

    private final String kind;
    private final String launcher;
    private final String jar;
    private final String mainClass;

    Program(String kind, String launcher, String jar, String mainClass) {
        this.kind = kind;
        this.launcher = launcher;
        this.jar = jar;
        this.mainClass = mainClass;
    }

    /** Word by which launch.sh knows the flags; the cache's file name begins with it. */
    String kind() {
        return kind;
    }

    /** File name in {@code bin}. */
    String launcher() {
        return launcher;
    }

    /** Name, without version, of the jar that holds the main class. */
    String jar() {
        return jar;
    }

    /** Entry of the main class in that jar. */
    String mainClass() {
        return mainClass;
    }
}
