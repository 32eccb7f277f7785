package org.relayd.ctl.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters of nft(8), read from {@code nft -s list ruleset}. */
final class PacketRules {
    private static final Pattern TABLE = Pattern.compile("table (ip|ip6|inet) (\\S+) \\{.*");
    private static final Pattern CHAIN = Pattern.compile("chain (\\S+) \\{");
    private static final Pattern BASE = Pattern.compile("type filter hook (\\w+) .*?(?:policy (\\w+);)?");
    private static final Pattern NO_EFFECT = Pattern.compile(
            "comment \"[^\"]*\"|log( prefix \"[^\"]*\"| (level|flags|group|snaplen|queue-threshold) \\S+)*"
                    + "|counter( packets \\d+ bytes \\d+)?");
    private static final Pattern VERDICT = Pattern.compile(
            "(?:(.*) )?(accept|drop|reject|return|jump|goto)(?: (\\S+)?.*)?");
    private static final int DEEPEST = 16;

    private final List<Chain> chains = new ArrayList<>();

    /**
     * A chain.
     *
     * @param family
     *            {@code ip}, {@code ip6} or {@code inet} for both
     * @param table
     *            name of its table
     * @param name
     *            its name
     * @param hook
     *            where packets come in, if it is a filter that they come to by themselves
     * @param drops
     *            whether it drops what its rules do not decide
     * @param rules
     *            its rules in their order
     */
    record Chain(String family, String table, String name, Optional<String> hook, boolean drops, List<String> rules) {

        private boolean isFor(Endpoint packet) {
            return family.equals("inet") || family.equals("ip6") == packet.isInet6();
        }

        String words() {
            return "chain " + name + " of table " + family + " " + table;
        }
    }

    /** Reads a list of rules; what is no chain of a filter for the Internet is passed over. */
    static PacketRules read(String text) {
        PacketRules rules = new PacketRules();
        rules.read(logicalLines(text));
        return rules;
    }

    /** Sets are printed on as many lines as they need. */
    private static List<String> logicalLines(String text) {
        List<String> lines = new ArrayList<>();
        String open = "";
        for (String line : text.lines().map(String::strip).toList()) {
            String whole = open.isEmpty() ? line : open + " " + line;
            boolean opensBlock = whole.endsWith("{") && whole.matches("(table|chain|set|map|flowtable|ct|counter) .*");
            boolean balanced = whole.chars().filter(c -> c == '{').count() <= whole.chars().filter(c -> c == '}')
                    .count();
            open = opensBlock || balanced ? "" : whole;
            if (open.isEmpty()) {
                lines.add(whole);
            }
        }
        return lines;
    }

    private void read(List<String> lines) {
        Optional<Matcher> table = Optional.empty();
        Optional<Chain> chain = Optional.empty();
        for (String line : lines) {
            Matcher tableStart = TABLE.matcher(line);
            Matcher chainStart = CHAIN.matcher(line);
            if (line.startsWith("table ")) {
                table = tableStart.matches() ? Optional.of(tableStart) : Optional.empty();
            } else if (chainStart.matches() && table.isPresent()) {
                chain = Optional.of(new Chain(table.get().group(1), table.get().group(2), chainStart.group(1),
                        Optional.empty(), false, new ArrayList<>()));
            } else if (line.equals("}")) {
                chain.ifPresent(chains::add);
                chain = Optional.empty();
            } else if (chain.isPresent()) {
                chain = Optional.of(withLine(chain.get(), line));
            }
        }
    }

    private static Chain withLine(Chain chain, String line) {
        Matcher base = BASE.matcher(line);
        if (base.matches()) {
            return new Chain(chain.family(), chain.table(), chain.name(), Optional.of(base.group(1)),
                    "drop".equals(base.group(2)), chain.rules());
        }
        if (!line.startsWith("type ") && !line.isEmpty()) {
            chain.rules().add(line);
        }
        return chain;
    }

    /**
     * Returns a chain that certainly drops a packet from outside.
     *
     * @param hook
     *            {@code input} or {@code forward}
     */
    Optional<Chain> dropping(String hook, Endpoint packet) {
        RuleMatch match = new RuleMatch(packet, hook.equals("forward"));
        return chains.stream().filter(chain -> chain.hook().equals(Optional.of(hook)) && chain.isFor(packet))
                .filter(chain -> {
                    Fate fate = through(chain, match, 0);
                    return fate == Fate.DROPPED || (fate == Fate.UNTOUCHED && chain.drops());
                }).findFirst();
    }

    /** Returns whether there is a chain of a name. */
    boolean has(String name) {
        return chains.stream().anyMatch(chain -> chain.name().equals(name));
    }

    /** What one rule does. */
    private enum Step {
        ACCEPT, DROP, PERHAPS_ACCEPT, LEAVE, PERHAPS_LEAVE, NOTHING
    }

    private Fate through(Chain chain, RuleMatch match, int depth) {
        boolean perhapsAccepted = false;
        boolean perhapsLeft = false;
        for (String rule : chain.rules()) {
            switch (step(chain, NO_EFFECT.matcher(rule).replaceAll("").replaceAll("\\s+", " ").strip(), match,
                    depth)) {
                case ACCEPT -> {
                    return perhapsLeft ? Fate.UNDECIDED : Fate.ACCEPTED;
                }
                case DROP -> {
                    return perhapsAccepted || perhapsLeft ? Fate.UNDECIDED : Fate.DROPPED;
                }
                case LEAVE -> {
                    return perhapsAccepted ? Fate.UNDECIDED : Fate.UNTOUCHED;
                }
                case PERHAPS_ACCEPT -> perhapsAccepted = true;
                case PERHAPS_LEAVE -> perhapsLeft = true;
                case NOTHING -> {
                    // The next rule.
                }
            }
        }
        return perhapsAccepted ? Fate.UNDECIDED : Fate.UNTOUCHED;
    }

    private Step step(Chain chain, String rule, RuleMatch match, int depth) {
        if (rule.contains(" vmap ")) {
            // A map of states says nothing of new packets if it does not name them.
            return rule.startsWith("ct state vmap ") && !rule.contains("new") ? Step.NOTHING : Step.PERHAPS_ACCEPT;
        }
        Matcher verdict = VERDICT.matcher(rule);
        if (!verdict.matches()) {
            return Step.NOTHING;
        }
        Step then = switch (verdict.group(2)) {
            case "accept" -> Step.ACCEPT;
            case "drop", "reject" -> Step.DROP;
            case "return" -> Step.LEAVE;
            default -> jump(chain, verdict.group(3), verdict.group(2).equals("goto"), match, depth);
        };
        return switch (match.all(Optional.ofNullable(verdict.group(1)).orElse(""))) {
            case YES -> then;
            case NO -> Step.NOTHING;
            case MAYBE -> switch (then) {
                case ACCEPT, PERHAPS_ACCEPT -> Step.PERHAPS_ACCEPT;
                case LEAVE, PERHAPS_LEAVE -> Step.PERHAPS_LEAVE;
                case DROP, NOTHING -> Step.NOTHING;
            };
        };
    }

    private Step jump(Chain from, String name, boolean forGood, RuleMatch match, int depth) {
        Optional<Chain> to = chains.stream().filter(chain -> chain.family().equals(from.family())
                && chain.table().equals(from.table()) && chain.name().equals(name)).findFirst();
        if (to.isEmpty() || depth == DEEPEST) {
            return Step.PERHAPS_ACCEPT;
        }
        return switch (through(to.get(), match, depth + 1)) {
            case ACCEPTED -> Step.ACCEPT;
            case DROPPED -> Step.DROP;
            case UNDECIDED -> Step.PERHAPS_ACCEPT;
            case UNTOUCHED -> forGood ? Step.LEAVE : Step.NOTHING;
        };
    }
}
