package org.relayd.runtime.platform.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.ir.nft.NftInstance;
import org.relayd.ir.nft.NftTable;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.linux.files.TableOwner;
import org.relayd.runtime.system.ErrorName;

/**
 * The tables of daemons that are in the kernel. Everything else there is none of our business and is not looked at.
 * Asks the kernel itself, because the library would fetch all rules and elements before it lists a counter.
 */
final class KernelTables {
    private static final Pattern OURS = Pattern.compile("(?:inet|ip|ip6) (relayd(?:_[2-9])?)(?:_keep)?");
    private static final Pattern REDIRECT = Pattern.compile("c_(\\d{1,9})");
    private static final int MOST_INSTANCES = 9;

    /** Families that our tables have, by the kernel's numbers. */
    private static final Map<Integer, String> FAMILIES = Map.of(1, "inet", 2, "ip", 10, "ip6");
    /** Messages of nftables: the number of the subsystem and that of the message. */
    private static final int LIST_TABLES = 10 << 8 | 1;
    private static final int LIST_OBJECTS = 10 << 8 | 19;
    /** Address family, version and number of a resource. */
    private static final int FIXED = 4;
    private static final int TABLE_NAME = 1;
    private static final int OBJECT_TABLE = 1;
    private static final int OBJECT_NAME = 2;
    private static final int OBJECT_TYPE = 3;
    private static final int OBJECT_DATA = 4;
    /** A type in the byte order of networks ends with it. */
    private static final byte COUNTER = 1;
    private static final int PACKETS = 2;

    private final LinuxLibrary c;
    private final TableOwner self;

    KernelTables(LinuxLibrary c, TableOwner self) {
        this.self = self;
        this.c = c;
    }

    /**
     * Chooses tables for this process: the first ones that no other process owns that still runs.
     *
     * @throws KernelException
     *             if all are taken, or nftables does not work
     */
    NftInstance claim() throws KernelException {
        String counter = self.counter();
        Map<String, List<String>> present = byInstance();
        for (int i = 1; i <= MOST_INSTANCES; i++) {
            String name = i == 1 ? "relayd" : "relayd_" + i;
            if (owner(name, present).filter(self::hasBeside).isEmpty()) {
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
            if (owner(instance.getKey(), present).filter(self::hasBeside).isEmpty()) {
                abandoned.addAll(instance.getValue());
            }
        }
        return abandoned;
    }

    /** Returns whether tables are there of daemons that run beside this one. */
    boolean othersRun() throws KernelException {
        Map<String, List<String>> present = byInstance();
        for (String instance : present.keySet()) {
            if (owner(instance, present).filter(self::hasBeside).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Optional<TableOwner> owner(String name, Map<String, List<String>> present) throws KernelException {
        return present.getOrDefault(name, List.of()).contains("inet " + name)
                ? counters("inet " + name).keySet().stream().flatMap(counter -> TableOwner.named(counter).stream())
                        .findFirst()
                : Optional.empty();
    }

    private Map<String, List<String>> byInstance() throws KernelException {
        Map<String, List<String>> tables = new HashMap<>();
        for (String table : tables()) {
            Matcher matcher = OURS.matcher(table);
            if (matcher.matches()) {
                tables.computeIfAbsent(matcher.group(1), name -> new ArrayList<>()).add(table);
            }
        }
        return tables;
    }

    /**
     * Returns the counters of redirections.
     *
     * @param loaded
     *            tables that must be there
     * @param owner
     *            name of the counter that tells whose they are
     * @return packets by number of redirection
     * @throws KernelException
     *             if one of the tables is not there any more, or all are those of another daemon, which
     *             started at the same moment
     */
    Map<Integer, Long> counters(List<NftTable> loaded, String owner) throws KernelException {
        List<String> present = tables();
        Set<String> names = new HashSet<>();
        Map<Integer, Long> counters = new HashMap<>();
        for (NftTable table : loaded) {
            if (!present.contains(table.path())) {
                throw new KernelException("nftables: table " + table.path() + " was removed by another program");
            }
            counters(table.path()).forEach((name, packets) -> {
                names.add(name);
                Matcher redirect = REDIRECT.matcher(name);
                if (redirect.matches()) {
                    counters.merge(Integer.parseInt(redirect.group(1)), packets, Long::sum);
                }
            });
        }
        if (!loaded.isEmpty() && !names.contains(owner)) {
            throw new KernelException("nftables: another relayd has taken the tables of this one");
        }
        return counters;
    }

    private List<String> tables() throws KernelException {
        List<String> tables = new ArrayList<>();
        list(new NetlinkMessage(LIST_TABLES, NetlinkSocket.REQUEST | NetlinkSocket.DUMP).bytes(0, 0, 0, 0), message -> {
            String family = FAMILIES.get((int) message.get(0));
            if (family != null) {
                tables.add(family + " " + text(attributes(message).get(TABLE_NAME)));
            }
        });
        return tables;
    }

    /** Returns packets by the names of counters; none if the table is not there. */
    private Map<String, Long> counters(String table) throws KernelException {
        String[] path = table.split(" ", -1);
        int family = FAMILIES.entrySet().stream().filter(entry -> entry.getValue().equals(path[0]))
                .mapToInt(Map.Entry::getKey).findFirst().orElseThrow();
        Map<String, Long> counters = new HashMap<>();
        list(new NetlinkMessage(LIST_OBJECTS, NetlinkSocket.REQUEST | NetlinkSocket.DUMP).bytes(family, 0, 0, 0)
                .attribute(OBJECT_TABLE, (path[1] + "\0").getBytes(StandardCharsets.UTF_8))
                .attribute(OBJECT_TYPE, (byte) 0, (byte) 0, (byte) 0, COUNTER),
                message -> {
                    Map<Integer, ByteBuffer> object = attributes(message);
                    ByteBuffer packets = NetlinkReader.attributes(object.get(OBJECT_DATA)).get(PACKETS);
                    counters.put(text(object.get(OBJECT_NAME)), packets.order(ByteOrder.BIG_ENDIAN).getLong(0));
                });
        return counters;
    }

    private void list(NetlinkMessage question, Consumer<ByteBuffer> answers) throws KernelException {
        try (NetlinkSocket socket = new NetlinkSocket(c, NetlinkSocket.NETFILTER)) {
            socket.list(question).forEach(answers);
        } catch (NetlinkException e) {
            throw e.is(ErrorName.EINVAL)
                    ? new KernelException("the kernel has no nftables: load its module nf_tables", e)
                    : new KernelException(Nftables.advised(String.valueOf(e.getMessage()), e.errno()), e);
        }
    }

    private static Map<Integer, ByteBuffer> attributes(ByteBuffer message) {
        return NetlinkReader.attributes(NetlinkReader.part(message, FIXED, message.limit() - FIXED));
    }

    private static String text(ByteBuffer value) {
        return new String(NetlinkReader.bytes(value), StandardCharsets.UTF_8).replace("\0", "");
    }
}
