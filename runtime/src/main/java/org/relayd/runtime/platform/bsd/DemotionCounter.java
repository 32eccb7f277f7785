package org.relayd.runtime.platform.bsd;

import java.util.List;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Image;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;

/** Where a kernel counts demotions. carp(4). */
sealed interface DemotionCounter {

    /**
     * Makes sure that there is one.
     *
     * @throws KernelException
     *             if there is none for this group
     */
    void require(String group) throws KernelException;

    /** Adds so many tables that have no host up, or takes them back. */
    void add(String group, int tables) throws KernelException;

    /**
     * One for each of OpenBSD's interface groups: {@code ifconfig -g GROUP carpdemote}.
     *
     * @param calls
     *            the system
     * @param abi
     *            its kernel interface
     */
    record OfGroups(SystemCalls calls, Abi abi) implements DemotionCounter {
        private static final int SOCK_DGRAM = 2;

        @Override
        public void require(String group) throws KernelException {
            request("SIOCGIFGATTR", group, 0);
        }

        /** The kernel adds the number to the group's counter. */
        @Override
        public void add(String group, int tables) throws KernelException {
            request("SIOCSIFGATTR", group, tables);
        }

        private void request(String name, String group, int number) throws KernelException {
            Image argument = abi.image("ifgroupreq").text("ifgr_name", group)
                    .number("ifgr_ifgru.ifgru_attrib.ifg_carp_demoted", number);
            try {
                int descriptor = calls.socket(abi.constant("AF_INET"), SOCK_DGRAM, 0);
                try {
                    calls.ioctl(descriptor, abi.ioctl(name), argument);
                } finally {
                    calls.close(descriptor);
                }
            } catch (SystemException refused) {
                throw new KernelException("interface group " + group + ": "
                        + (refused.errno().is(ErrorName.ENOENT) ? "there is none" : refused.getMessage()),
                        refused);
            }
        }
    }

    /**
     * FreeBSD's, one for the whole machine, which is added to the skew of all its advertisements: the groups are not
     * told apart. A table counts as much as a broken interface does, so that one is enough to lose.
     *
     * @param calls
     *            the system
     */
    record OfMachine(SystemCalls calls) implements DemotionCounter {
        private static final String SYSCTL = "/sbin/sysctl";
        private static final String NUMBER = "net.inet.carp.demotion";
        /** The kernel's own default for a fault, and the largest skew. */
        private static final int FAULT = 240;

        /** Without the kernel module there is none. */
        @Override
        public void require(String group) throws KernelException {
            calls.run(List.of(SYSCTL, "-n", NUMBER), "");
        }

        /** What is written is added to the number. */
        @Override
        public void add(String group, int tables) throws KernelException {
            calls.run(List.of(SYSCTL, NUMBER + "=" + tables * FAULT), "");
        }
    }
}
