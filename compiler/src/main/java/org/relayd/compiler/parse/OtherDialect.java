package org.relayd.compiler.parse;

import java.util.Map;
import java.util.Optional;

/** What the other dialect says for keywords that one dialect alone has. relayd.conf(5), DIALECTS. */
final class OtherDialect {
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("agentx", "send trap"),
            Map.entry("all", "log state changes and log host checks"),
            Map.entry("block", "an action with filter or expect"),
            Map.entry("change", "match request header set KEY value VALUE"),
            Map.entry("changes", "log updates"),
            Map.entry("checks", "log all"),
            Map.entry("filter", "block request quick TYPE KEY value VALUE"),
            Map.entry("mark", "match request TYPE KEY value VALUE tag \"NUMBER\""),
            Map.entry("marked", "tagged \"NUMBER\""),
            Map.entry("pass", "an action with expect"),
            Map.entry("pftag", "tag"),
            Map.entry("set", "change VALUE to KEY"),
            Map.entry("snmp", "send trap"),
            Map.entry("state", "log updates"),
            Map.entry("tagged", "marked NUMBER"),
            Map.entry("tickets", "session cache NUMBER"),
            Map.entry("tls", "ssl"),
            Map.entry("updates", "log state changes"));

    private OtherDialect() {}

    /** Returns what to write in the other dialect; empty if it has nothing like that. */
    static Optional<String> instead(String keyword) {
        return Optional.ofNullable(INSTEAD.get(keyword));
    }
}
