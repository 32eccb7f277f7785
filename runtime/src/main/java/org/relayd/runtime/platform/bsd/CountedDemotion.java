package org.relayd.runtime.platform.bsd;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.relayd.runtime.platform.CarpDemotion;
import org.relayd.runtime.platform.KernelException;

/**
 * Demotion by a counter of the kernel that everybody may change: what is ours of it is remembered, so that
 * only that is taken back.
 */
final class CountedDemotion implements CarpDemotion {
    private final DemotionCounter counter;
    private final RunFiles files;
    private final Set<String> open = new TreeSet<>();

    CountedDemotion(DemotionCounter counter, RunFiles files) {
        this.counter = counter;
        this.files = files;
    }

    /** What is remembered of a group that was not open is from a process that was killed. */
    @Override
    public void open(Set<String> groups) throws KernelException {
        for (String group : List.copyOf(open)) {
            if (!groups.contains(group)) {
                takeBack(group);
            }
        }
        for (String group : groups) {
            if (!open.contains(group)) {
                counter.require(group);
                takeBack(group);
                open.add(group);
            }
        }
    }

    @Override
    public void change(String group, int delta) throws KernelException {
        counter.add(group, delta);
        files.setDemotion(group, Math.max(0, files.demotion(group) + delta));
    }

    @Override
    public void repair() {
        // The kernel adds up what all ask for.
    }

    @Override
    public void close() throws KernelException {
        for (String group : List.copyOf(open)) {
            takeBack(group);
        }
    }

    private void takeBack(String group) throws KernelException {
        int sum = files.demotion(group);
        if (sum != 0) {
            counter.add(group, -sum);
            files.setDemotion(group, 0);
        }
        open.remove(group);
    }
}
