package org.relayd.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** One way to start a program, with a set of JVM flags and so a start-up cache of its own. */
enum Program {
    /** relayd(8) of a user who is not root: one process. */
    DAEMON("daemon", "relayd", "org.relayd.main.RelaydMain", "relayd-main"),
    /** The worker of relayd(8) as root, which only the parent starts, with another main class. */
    WORKER("worker", "relayd", "org.relayd.main.RelaydMain", "relayd-main"),
    /** relayd(8) as root: the parent of the worker. */
    PARENT("parent", "relayd", "org.relayd.main.RelaydMain", "relayd-main"),
    /** {@code relayd -n}. */
    CHECK("check", "relayd", "org.relayd.main.RelaydMain", "relayd-main"),
    /** relayd-compile(1). */
    COMPILE("compile", "relayd-compile", "org.relayd.main.CompileMain", "relayd-main"),
    /** relayctl(8). */
    RELAYCTL("relayctl", "relayctl", "org.relayd.ctl.RelayctlMain", "relayctl");

    private static final Path SELF = Path.of("/proc/self");

    private final String kind;
    private final String launcher;
    private final String mainClass;
    private final String jar;

    Program(String kind, String launcher, String mainClass, String jar) {
        this.kind = kind;
        this.launcher = launcher;
        this.mainClass = mainClass;
        this.jar = jar;
    }

    /** Returns those that are started when this user starts relayd's programs. */
    static List<Program> ofThisUser() {
        return Arrays.stream(values()).filter(program -> program != WORKER || isRoot()).toList();
    }

    /** Returns whether this is root: relayd is two processes then. */
    static boolean isRoot() {
        try {
            return Files.getAttribute(SELF, "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }

    /** Returns the word by which launch.sh knows the flags; the cache's file name begins with it. */
    String kind() {
        return kind;
    }

    /** Returns the file name in {@code bin}. */
    String launcher() {
        return launcher;
    }

    /** Returns the name of the main class. */
    String mainClass() {
        return mainClass;
    }

    /** Returns the file name of the jar with the main class, up to its version. */
    String jar() {
        return jar;
    }
}
