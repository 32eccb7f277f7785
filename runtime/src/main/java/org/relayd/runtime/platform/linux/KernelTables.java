package org.relayd.runtime.platform.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.ir.nft.NftInstance;
import org.relayd.runtime.platform.KernelException;

/** The tables of daemons that are in the kernel. Everything else there is none of our business and is not looked at. */
final class KernelTables {
    private static final Pattern OURS = Pattern.compile("table ((?:inet|ip|ip6) (relayd(?:_[2-9])?)(_keep)?)");
    private static final Pattern COUNT = Pattern.compile("counter c_(\\d+) \\{\\s+packets (\\d+)");
    private static final int MOST_INSTANCES = 9;

    private final Nftables nft;

    KernelTables(Nftables nft) {
        this.nft = nft;
    }

    /**
     * Chooses tables for this process: the first ones that no other process owns that still runs.
     *
     * @throws KernelException
     *             if all are taken, or nftables does not work
     */
    NftInstance claim() throws KernelException {
        String counter = TableOwner.self().counter();
        Map<String, List<String>> present = byInstance();
        for (int i = 1; i <= MOST_INSTANCES; i++) {
            String name = i == 1 ? "relayd" : "relayd_" + i;
            if (owner(name, present).filter(TableOwner::runsBesideUs).isEmpty()) {
                return new NftInstance(name, Optional.of(counter));
            }
        }
        throw new KernelException(MOST_INSTANCES + " other daemons have tables in nftables");
    }

    /** Returns the tables, as {@code FAMILY NAME}, of daemons that do not run any more, with those of this process. */
    List<String> abandoned() throws KernelException {
        Map<String, List<String>> present = byInstance();
        List<String> abandoned = new ArrayList<>();
        for (Map.Entry<String, List<String>> instance : present.entrySet()) {
            if (owner(instance.getKey(), present).filter(TableOwner::runsBesideUs).isEmpty()) {
                abandoned.addAll(instance.getValue());
            }
        }
        return abandoned;
    }

    /** Returns whether tables are there of daemons that run beside this one. */
    boolean othersRun() throws KernelException {
        Map<String, List<String>> present = byInstance();
        for (String instance : present.keySet()) {
            if (owner(instance, present).filter(TableOwner::runsBesideUs).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Optional<TableOwner> owner(String name, Map<String, List<String>> present) throws KernelException {
        String table = "inet " + name;
        return present.getOrDefault(name, List.of()).contains(table)
                ? TableOwner.in(nft.run("list counters table " + table))
                : Optional.empty();
    }

    private Map<String, List<String>> byInstance() throws KernelException {
        Map<String, List<String>> tables = new HashMap<>();
        for (String line : nft.run("list tables").lines().toList()) {
            Matcher matcher = OURS.matcher(line);
            if (matcher.matches()) {
                tables.computeIfAbsent(matcher.group(2), name -> new ArrayList<>()).add(matcher.group(1));
            }
        }
        return tables;
    }

    /**
     * Reads the counters of redirections.
     *
     * @param table
     *            {@code FAMILY NAME}
     * @return packets by number of redirection
     * @throws KernelException
     *             if the table is not there any more
     */
    Map<Integer, Long> counters(String table) throws KernelException {
        Map<Integer, Long> counters = new HashMap<>();
        Matcher matcher = COUNT.matcher(nft.run("list counters table " + table));
        while (matcher.find()) {
            counters.put(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
        }
        return counters;
    }
}
