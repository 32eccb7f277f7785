package org.relayd.runtime.platform.recorder;

import java.util.Set;
import java.util.TreeSet;
import org.relayd.runtime.platform.CarpDemotion;
import org.relayd.runtime.platform.KernelException;

/** Demotion that only writes lines. */
final class RecordedDemotion implements CarpDemotion {
    private final Recording recording;

    RecordedDemotion(Recording recording) {
        this.recording = recording;
    }

    @Override
    public void open(Set<String> groups) throws KernelException {
        recording.line("demotion open " + String.join(" ", new TreeSet<>(groups)));
    }

    @Override
    public void change(String group, int delta) throws KernelException {
        recording.line("demote " + group + (delta > 0 ? " +" : " ") + delta);
    }

    @Override
    public void repair() {
        // Nobody else changes a recording.
    }

    @Override
    public void close() throws KernelException {
        recording.line("demotion close");
    }
}
