package org.relayd.runtime.platform.bsd;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.relayd.runtime.platform.CarpDemotion;
import org.relayd.runtime.platform.KernelException;

/**
 * The demotion of FreeBSD's carp(4): one number for the whole machine, which is added to the skew of all its advertisements. A table
 * counts as much as a broken interface does, so that one is enough to lose; the groups are not told apart.
 */
final class HostDemotion implements CarpDemotion {
    private static final String SYSCTL = "/sbin/sysctl";
    private static final String NUMBER = "net.inet.carp.demotion";
    /** The kernel's own default for a fault, and the largest skew. */
    private static final int FAULT = 240;

    private final SystemCalls calls;
    private final Map<String, Integer> changes = new TreeMap<>();

    HostDemotion(SystemCalls calls) {
        this.calls = calls;
    }

    /** The number is read to see that there is one: without the kernel module there is none. */
    @Override
    public void open(Set<String> groups) throws KernelException {
        for (String group : List.copyOf(changes.keySet())) {
            if (!groups.contains(group)) {
                takeBack(group);
            }
        }
        if (!groups.isEmpty()) {
            calls.run(List.of(SYSCTL, "-n", NUMBER), "");
        }
    }

    @Override
    public void change(String group, int delta) throws KernelException {
        add(delta);
        changes.merge(group, delta, Integer::sum);
    }

    @Override
    public void close() throws KernelException {
        for (String group : List.copyOf(changes.keySet())) {
            takeBack(group);
        }
    }

    private void takeBack(String group) throws KernelException {
        int sum = changes.get(group);
        if (sum != 0) {
            add(-sum);
        }
        changes.remove(group);
    }

    /** What is written is added to the number. */
    private void add(int faults) throws KernelException {
        calls.run(List.of(SYSCTL, NUMBER + "=" + faults * FAULT), "");
    }
}
