package org.relayd.runtime.platform.bsd;

import java.util.List;
import org.relayd.ir.net.IpAddress;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Image;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;

/** /dev/pf, and what OpenBSD and FreeBSD have in common there: tables and remembered clients. pf(4). */
final class PfDevice implements AutoCloseable {
    private static final String PATH = "/dev/pf";

    private final SystemCalls calls;
    private final Abi abi;
    private final int descriptor;

    /**
     * What setting the members of a table came to.
     *
     * @param added
     *            members that were not there before
     * @param deleted
     *            members that are no longer there
     * @param changed
     *            members that were there in another form
     */
    record ChangeCounts(int added, int deleted, int changed) {}

    /**
     * Opens the device.
     *
     * @throws KernelException
     *             if that is not allowed, or the kernel has no pf
     */
    PfDevice(SystemCalls calls, Abi abi) throws KernelException {
        this.calls = calls;
        this.abi = abi;
        try {
            this.descriptor = calls.open(PATH);
        } catch (SystemException refused) {
            throw new KernelException(PATH + ": " + refused.getMessage()
                    + (refused.errno().is(ErrorName.ENOENT) ? ": the kernel has no pf"
                            : ": redirections need root"),
                    refused);
        }
    }

    Abi abi() {
        return abi;
    }

    /**
     * Makes a request.
     *
     * @throws SystemException
     *             if the kernel refuses
     */
    void request(String request, Image argument) throws SystemException {
        calls.ioctl(descriptor, abi.ioctl(request), argument);
    }

    /**
     * Makes a request that may only fail for a reason that the user must know.
     *
     * @param subject
     *            what it is about, for the message
     */
    void request(String request, Image argument, String subject) throws KernelException {
        try {
            request(request, argument);
        } catch (SystemException refused) {
            throw new KernelException("pf: " + subject + ": " + request + ": " + refused.getMessage(), refused);
        }
    }

    /** Makes tables that stay without a rule that uses them. Returns how many of them were not there. */
    int add(List<PfTable> tables) throws KernelException {
        Image argument = abi.image("pfioc_table").number("pfrio_esize", abi.size("pfr_table"))
                .number("pfrio_size", tables.size()).array("pfrio_buffer", tables.stream()
                        .map(table -> image(table).number("pfrt_flags", abi.constant("PFR_TFLAG_PERSIST"))).toList());
        request("DIOCRADDTABLES", argument, "tables");
        return (int) argument.number("pfrio_nadd");
    }

    /** Removes all tables of an anchor. */
    void clearTables(String anchor) throws KernelException {
        request("DIOCRCLRTABLES", argument(new PfTable(anchor, "")), "anchor " + anchor);
    }

    /** Makes these addresses, and no others, the members of a table, at once. */
    ChangeCounts set(PfTable table, List<IpAddress> members) throws KernelException {
        Image argument = argument(table).number("pfrio_esize", abi.size("pfr_addr"))
                .number("pfrio_size", members.size())
                .array("pfrio_buffer", members.stream().map(member -> Addresses.member(abi, member)).toList());
        request("DIOCRSETADDRS", argument, "table " + table.name());
        return new ChangeCounts((int) argument.number("pfrio_nadd"), (int) argument.number("pfrio_ndel"),
                (int) argument.number("pfrio_nchange"));
    }

    /** Removes all members of a table and sets its counters to 0. Returns how many members it had. */
    int flush(PfTable table) throws KernelException {
        Image argument = argument(table);
        request("DIOCRCLRADDRS", argument, "table " + table.name());
        request("DIOCRCLRTSTATS", abi.image("pfioc_table").number("pfrio_esize", abi.size("pfr_table"))
                .number("pfrio_size", 1).array("pfrio_buffer", List.of(image(table))), "table " + table.name());
        return (int) argument.number("pfrio_ndel");
    }

    /** Returns how many connections were given to members of the only table of an anchor since its counters were 0. */
    long matches(PfTable table) throws KernelException {
        Image statistics = abi.image("pfr_tstats");
        Image argument = argument(new PfTable(table.anchor(), "")).number("pfrio_esize", abi.size("pfr_tstats"))
                .number("pfrio_size", 1).array("pfrio_buffer", List.of(statistics));
        request("DIOCRGETTSTATS", argument, "table " + table.name());
        if (argument.number("pfrio_size") != 1) {
            throw new KernelException("pf: anchor " + table.anchor() + ": " + argument.number("pfrio_size")
                    + " tables in place of one");
        }
        return statistics.elementOf(argument, 0).number("pfrts_match");
    }

    /** Forgets which clients stay with a host. Returns how many there were. */
    int forget(IpAddress host) throws KernelException {
        Image argument = abi.image("pfioc_src_node_kill").number("psnk_af", Addresses.family(abi, host.family()))
                .part("psnk_dst", Addresses.exactly(abi, host));
        request("DIOCKILLSRCNODES", argument, "host " + host);
        return (int) argument.number("psnk_killed");
    }

    private Image argument(PfTable table) {
        return abi.image("pfioc_table").part("pfrio_table", image(table));
    }

    private Image image(PfTable table) {
        return abi.image("pfr_table").text("pfrt_anchor", table.anchor()).text("pfrt_name", table.name());
    }

    @Override
    public void close() {
        calls.close(descriptor);
    }
}
