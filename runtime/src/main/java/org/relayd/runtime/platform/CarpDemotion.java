package org.relayd.runtime.platform;

import java.util.Set;

/** Tells whoever elects the master of a group of machines that this one is less able to serve. carp(4). */
public interface CarpDemotion {

    /**
     * Prepares the groups of a configuration. Those that are prepared already stay as demoted as they are; those that
     * are not named any more are given back; what a process that was killed did to those that are named is taken back.
     *
     * @throws KernelException
     *             if a group does not exist, or cannot be changed
     */
    void open(Set<String> groups) throws KernelException;

    /**
     * Changes the demotion of a group.
     *
     * @param group
     *            name of an interface group
     * @param delta
     *            +1 or -1
     * @throws KernelException
     *             if the change fails
     */
    void change(String group, int delta) throws KernelException;

    /**
     * Looks whether the demotion is still what was asked for, and makes it so again if others have changed it or have
     * ended without a word. Called once in each round of checks.
     *
     * @throws KernelException
     *             if that fails
     */
    void repair() throws KernelException;

    /**
     * Takes back the sum of all changes.
     *
     * @throws KernelException
     *             if that fails
     */
    void close() throws KernelException;
}
