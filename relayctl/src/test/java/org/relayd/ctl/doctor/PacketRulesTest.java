package org.relayd.ctl.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rules certainly drop what clients send; whatever is in doubt is not said to. */
class PacketRulesTest {
    private static String filter(String policy, String... rules) {
        return "table inet filter {\n\tset seen {\n\t\ttype ipv4_addr\n\t\telements = { 10.0.0.1,\n\t\t\t     "
                + "10.0.0.2 }\n\t}\n\n\tchain input {\n\t\ttype filter hook input priority filter; policy " + policy
                + ";\n\t\t"
                + String.join("\n\t\t", rules) + "\n\t}\n\n\tchain web {\n\t\ttcp dport 80 accept\n\t}\n\n"
                + "\tchain none {\n\t}\n}\n";
    }

    private static boolean drops(String ruleset, String detail) {
        return PacketRules.read(ruleset).dropping("input", Endpoint.of(detail).orElseThrow()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"tcp dport 80 accept", "tcp dport { 22, 80, 443 } accept",
            "tcp dport { 22,~80 } counter packets 3 bytes 180 accept", "tcp dport 79-81 accept comment \"the web\"",
            "ct state { new, established } tcp dport 80 accept", "meta l4proto { tcp, udp } th dport 80 accept",
            "meta nfproto ipv4 tcp dport 80 log prefix \"drop \" accept", "iifname != \"lo\" tcp dport 80 accept",
            "ip saddr 10.0.0.0/8 accept", "tcp dport @open accept", "iifname \"eth0\" accept", "jump web",
            "iifname \"eth0\" jump web", "tcp dport vmap { 80 : accept }", "limit rate 5/second accept",
            "xt match \"comment\" accept", "jump elsewhere", "return", "accept",
            "ct state vmap { new : jump web }"})
    void whatMayLetAPacketInIsNotAFinding(String rule) {
        boolean returns = rule.equals("return");
        assertEquals(returns, drops(filter("drop", rule.replace("~", "\n\t\t\t     ")), "tcp 192.0.2.1 80"), rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"ct state established,related accept", "iif \"lo\" accept",
            "tcp dport 22 accept", "udp dport 80 accept", "tcp dport { 22, 443 } accept", "ip protocol icmp accept",
            "icmp type echo-request accept", "ct state vmap { established : accept, related : accept }",
            "ip6 saddr ::1 accept", "tcp dport != 80 accept", "jump none", "ct status dnat accept", "goto none",
            "ip saddr @seen drop", "counter packets 1 bytes 60", "meta nfproto ipv6 accept", "iifname eth0 goto none"})
    void whatLetsOtherPacketsInDoesNotHelp(String rule) {
        assertEquals(true, drops(filter("drop", rule), "tcp 192.0.2.1 80"), rule);
        assertEquals(true, drops(filter("accept", rule, "reject with icmpx admin-prohibited"), "tcp 192.0.2.1 80")
                || rule.contains("goto"), rule);
        assertEquals(false, drops(filter("accept", rule), "tcp 192.0.2.1 80"), rule);
    }

    @Test
    void familiesAndHooksAreToldApart() {
        String rules = "table ip6 f {\n\tchain i {\n\t\ttype filter hook input priority 0; policy drop;\n\t}\n}\n"
                + "table bridge b {\n\tchain i {\n\t\ttype filter hook input priority 0; policy drop;\n\t}\n}\n"
                + "table ip f {\n\tchain f {\n\t\ttype filter hook forward priority 0; policy drop;\n\t\t"
                + "ct status dnat accept\n\t}\n\tchain n {\n\t\ttype nat hook prerouting priority -100;\n\t\tdrop\n"
                + "\t}\n}\n";
        assertEquals(false, drops(rules, "tcp 192.0.2.1 80"));
        assertEquals(true, drops(rules, "tcp 2001:db8::1 80"));
        assertEquals(false, PacketRules.read(rules)
                .dropping("forward", Endpoint.of("tcp 10.0.0.1 80").orElseThrow()).isPresent());
    }
}
