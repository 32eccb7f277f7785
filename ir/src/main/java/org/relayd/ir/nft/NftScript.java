package org.relayd.ir.nft;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.nft.NftObject.Chain;
import org.relayd.ir.nft.NftObject.Counter;
import org.relayd.ir.nft.NftObject.Dispatch;
import org.relayd.ir.nft.NftObject.Hosts;
import org.relayd.ir.nft.NftObject.Memory;
import org.relayd.ir.nft.NftObject.Slots;
import org.relayd.ir.nft.NftObject.Timeout;

/** Whole tables as a script for {@code nft -f}, which carries it out as one transaction. */
public final class NftScript {
    private NftScript() {}

    /** Returns a script that leaves exactly these tables, whatever the kernel had under their names before. */
    public static String replacing(List<NftTable> tables) {
        StringBuilder text = new StringBuilder();
        tables.forEach(table -> text.append(replacing(table)));
        return text.toString();
    }

    private static String replacing(NftTable table) {
        if (NftInstance.keeps(table)) {
            return keeping(table);
        }
        // Naming a table makes it, so that removing it cannot fail.
        return "table " + table.path() + "\ndelete table " + table.path() + "\n"
                + whole(table, table.objects().stream().map(NftScript::object));
    }

    /** The table may be there already, with connections that depend on it: its chains are emptied and filled again. */
    private static String keeping(NftTable table) {
        StringBuilder text = new StringBuilder(whole(table, chains(table)
                .map(chain -> "\tchain " + chain.name() + " { " + head(chain) + " }\n")));
        chains(table).forEach(chain -> {
            text.append("flush chain ").append(table.path()).append(' ').append(chain.name()).append('\n');
            chain.rules().forEach(rule -> text.append("add rule ").append(table.path()).append(' ')
                    .append(chain.name()).append(' ').append(NftText.rule(rule)).append('\n'));
        });
        return text.toString();
    }

    private static Stream<Chain> chains(NftTable table) {
        return table.objects().stream().filter(Chain.class::isInstance).map(Chain.class::cast);
    }

    private static String whole(NftTable table, Stream<String> objects) {
        return "table " + table.path() + " {\n" + objects.collect(Collectors.joining()) + "}\n";
    }

    private static String object(NftObject object) {
        return switch (object) {
            case Counter(var name) -> "\tcounter " + name + " { }\n";
            case Timeout timeout -> "\tct timeout " + timeout.name() + " { " + policy(timeout) + " }\n";
            case Memory memory -> "\tmap " + memory.name() + " { " + type(memory) + " }\n";
            case Dispatch dispatch -> map(dispatch, type(dispatch));
            case Slots slots -> map(slots, type(slots));
            case Hosts hosts -> map(hosts, type(hosts));
            case Chain chain -> chain(chain);
        };
    }

    private static String map(NftObject map, String type) {
        List<NftText.Entry> entries = NftText.entries(map);
        return "\tmap " + map.name() + " { " + type
                + (entries.isEmpty() ? "" : " elements = " + NftText.elements(entries) + ";") + " }\n";
    }

    private static String chain(Chain chain) {
        StringBuilder text = new StringBuilder("\tchain ").append(chain.name()).append(" {\n");
        String head = head(chain);
        text.append(head.isEmpty() ? "" : "\t\t" + head + "\n");
        for (List<NftStatement> rule : chain.rules()) {
            text.append("\t\t").append(NftText.rule(rule)).append('\n');
        }
        return text.append("\t}\n").toString();
    }

    /** Returns hook and comment of a chain. */
    static String head(Chain chain) {
        return chain.hook().map(hook -> hook.text() + "; policy accept;").orElse("")
                + (chain.comment().isEmpty() ? "" : "comment " + NftText.quoted(chain.comment()) + ";");
    }

    /** Returns the body of a timeout. */
    static String policy(Timeout timeout) {
        return "protocol tcp; l3proto " + NftFamily.of(timeout.family()).word() + "; policy = { established : "
                + timeout.established() + " };";
    }

    /** Returns the definition of a memory. */
    static String type(Memory memory) {
        return "type " + memory.key().type() + " : mark; flags dynamic,timeout; timeout " + memory.seconds()
                + "s; size " + memory.size() + ";";
    }

    /**
     * Returns the definition of slots. What a slot's number comes from is named because nft knows no name for its type.
     */
    static String type(Slots slots) {
        return "typeof numgen inc mod 65536 : meta mark;";
    }

    /** Returns the definition of hosts. */
    static String type(Hosts hosts) {
        return "type mark : " + switch (hosts.family()) {
            case INET -> "ipv4_addr";
            case INET6 -> "ipv6_addr";
        } + ";";
    }

    /** Returns the definition of a dispatch. */
    static String type(Dispatch dispatch) {
        return "typeof " + NftText.key(dispatch.family(), dispatch.byInterface()) + " : verdict; flags interval;";
    }
}
