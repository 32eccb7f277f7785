package org.relayd.runtime.platform.bsd;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.config.HostId;
import org.relayd.ir.image.HostAddress;
import org.relayd.ir.image.PfImage;
import org.relayd.ir.net.IpAddress;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.TableChange;

/**
 * The anchor of one redirection and what the kernel has of it: the members of its table, and
 * whether its rules are there.
 */
final class PfRedirection {
    private final PfDevice device;
    private final PfRules rules;
    private PfImage anchor;
    private List<IpAddress> members = List.of();
    private boolean loaded;
    private long counted;

    /** Takes a redirection of which the kernel has an empty table and no rules. */
    PfRedirection(PfDevice device, PfRules rules, PfImage anchor) {
        this.device = device;
        this.rules = rules;
        this.anchor = anchor;
    }

    boolean loaded() {
        return loaded;
    }

    /**
     * Gives an open redirection what a new plan says of it: other rules, and fewer hosts. Without
     * a host left it is closed.
     */
    void become(PfImage next) throws KernelException {
        List<IpAddress> left = next.redirect().hosts().stream().map(HostAddress::address).filter(members::contains)
                .distinct().toList();
        boolean changed = !next.requests().equals(anchor.requests()) || !next.text().equals(anchor.text());
        anchor = next;
        counted = 0;
        if (left.isEmpty()) {
            remove();
            flush();
            return;
        }
        if (left.size() < members.size()) {
            replaceMembers(left);
        }
        if (changed) {
            load();
        }
    }

    TableChange set(List<HostId> hosts) throws KernelException {
        List<IpAddress> now = new ArrayList<>();
        hosts.forEach(host -> now.add(anchor.redirect().address(host)));
        PfDevice.ChangeCounts change = replaceMembers(now);
        return new TableChange(anchor.redirect().id(), change.added(), change.deleted(), change.changed(), 0);
    }

    private PfDevice.ChangeCounts replaceMembers(List<IpAddress> now) throws KernelException {
        PfDevice.ChangeCounts change = device.set(table(), now);
        members = List.copyOf(now);
        return change;
    }

    /** The counters go with the members, so what they have counted is kept here. */
    TableChange flush() throws KernelException {
        counted += device.matches(table());
        int deleted = device.flush(table());
        members = List.of();
        return new TableChange(anchor.redirect().id(), 0, deleted, 0, 0);
    }

    /** Returns how many clients were forgotten. */
    int forget(HostId host) throws KernelException {
        return device.forget(anchor.redirect().address(host));
    }

    void load() throws KernelException {
        rules.load(anchor);
        loaded = true;
    }

    void remove() throws KernelException {
        rules.remove(anchor.anchor());
        loaded = false;
    }

    /** Removes the anchor. */
    void close() throws KernelException {
        device.clearTables(anchor.anchor());
        remove();
    }

    long connections() throws KernelException {
        return counted + device.matches(table());
    }

    private PfTable table() {
        return PfTable.of(anchor);
    }
}
