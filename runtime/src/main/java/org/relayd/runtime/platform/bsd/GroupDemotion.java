package org.relayd.runtime.platform.bsd;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.relayd.runtime.platform.CarpDemotion;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Image;

/** The demotion counters of OpenBSD's interface groups: carp(4), {@code ifconfig -g GROUP carpdemote}. */
final class GroupDemotion implements CarpDemotion {
    private static final int SOCK_DGRAM = 2;

    private final SystemCalls calls;
    private final Abi abi;
    private final Map<String, Integer> changes = new TreeMap<>();

    GroupDemotion(SystemCalls calls, Abi abi) {
        this.calls = calls;
        this.abi = abi;
    }

    @Override
    public void open(Set<String> groups) throws KernelException {
        for (String group : List.copyOf(changes.keySet())) {
            if (!groups.contains(group)) {
                takeBack(group);
            }
        }
        for (String group : groups) {
            if (!changes.containsKey(group)) {
                request("SIOCGIFGATTR", group, 0);
                changes.put(group, 0);
            }
        }
    }

    @Override
    public void change(String group, int delta) throws KernelException {
        request("SIOCSIFGATTR", group, delta);
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
            request("SIOCSIFGATTR", group, -sum);
        }
        changes.remove(group);
    }

    /** The kernel adds the number to the group's counter. */
    private void request(String name, String group, int delta) throws KernelException {
        Image argument = abi.image("ifgroupreq").text("ifgr_name", group)
                .number("ifgr_ifgru.ifgru_attrib.ifg_carp_demoted", delta);
        try {
            int descriptor = calls.socket(abi.constant("AF_INET"), SOCK_DGRAM, 0);
            try {
                calls.ioctl(descriptor, abi.ioctl(name), argument);
            } finally {
                calls.close(descriptor);
            }
        } catch (SystemCallException refused) {
            throw new KernelException("interface group " + group + ": "
                    + (refused.error() == SystemCallException.NO_ENTRY ? "there is none" : refused.getMessage()),
                    refused);
        }
    }
}
