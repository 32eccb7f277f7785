package org.relayd.ctl.doctor;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who has which port of a Linux machine: proc_net(5).
 *
 * @param machine
 *            where to look
 */
record PortHolders(Machine machine) {
    private static final String LISTENS = "0A";
    private static final String BOUND = "07";
    /** In front of an address of IPv4 that a socket of IPv6 is bound to. */
    private static final String MAPPED = "0000000000000000FFFF0000";

    /**
     * A process that has a port.
     *
     * @param name
     *            its name, or {@code another process}
     * @param pid
     *            its number; empty if only root may know
     * @param unit
     *            its systemd service, if it is one
     */
    record Holder(String name, Optional<String> pid, Optional<String> unit) {}

    /** Returns who has a port so that nobody else can listen there. */
    Optional<Holder> holder(Endpoint wanted) {
        return Stream.of("", "6").flatMap(family -> machine.read("/proc/net/" + wanted.protocol() + family).stream())
                .flatMap(String::lines).map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields.length > 9 && isInTheWay(fields[1], fields[3], wanted))
                .map(fields -> holder(fields[9])).findFirst();
    }

    private static boolean isInTheWay(String local, String state, Endpoint wanted) {
        String[] parts = local.split(":", -1);
        boolean open = state.equals(wanted.protocol().equals("udp") ? BOUND : LISTENS);
        if (!open || parts.length != 2 || !parts[1].equals(HexFormat.of().withUpperCase().toHexDigits(
                (short) wanted.port()))) {
            return false;
        }
        String address = parts[0].startsWith(MAPPED) ? parts[0].substring(MAPPED.length()) : parts[0];
        boolean inet6 = address.length() == 32;
        boolean any = address.matches("0+");
        // One that listens to all of IPv6 most often has all of IPv4 with it.
        return any ? inet6 || !wanted.isInet6()
                : inet6 == wanted.isInet6() && (wanted.address().isWildcard() || address.equals(hex(wanted)));
    }

    /** In words of four octets, each turned round. */
    private static String hex(Endpoint wanted) {
        byte[] address = wanted.address().toInetAddress().getAddress();
        StringBuilder hex = new StringBuilder();
        for (int word = 0; word < address.length; word += 4) {
            for (int octet = 3; octet >= 0; octet--) {
                hex.append(HexFormat.of().withUpperCase().toHexDigits(address[word + octet]));
            }
        }
        return hex.toString();
    }

    private Holder holder(String inode) {
        String socket = "socket:[" + inode + "]";
        List<String> processes = machine.list("/proc").stream().filter(name -> name.matches("[0-9]+")).toList();
        return processes.stream().filter(pid -> machine.list("/proc/" + pid + "/fd").stream()
                .anyMatch(file -> machine.link("/proc/" + pid + "/fd/" + file).equals(Optional.of(socket)))).findFirst()
                .map(pid -> new Holder(name(pid), Optional.of(pid), unit(pid)))
                .orElse(new Holder("another process", Optional.empty(), Optional.empty()));
    }

    private String name(String pid) {
        boolean relayd = machine.read("/proc/" + pid + "/cmdline").filter(line -> line.contains("org.relayd."))
                .isPresent();
        return relayd ? "another relayd" : machine.read("/proc/" + pid + "/comm").orElse("another process");
    }

    private Optional<String> unit(String pid) {
        return machine.read("/proc/" + pid + "/cgroup").stream().flatMap(String::lines)
                .flatMap(line -> Stream.of(line.split("/", -1))).filter(part -> part.endsWith(".service")).findFirst();
    }
}
