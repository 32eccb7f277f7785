package org.relayd.runtime.platform.bsd.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbiTest {
    /** What FreeBSD's facts leave out: 4.4BSD's socket addresses, which both systems kept. */
    private static final List<String> COMMON = List.of("sockaddr_in", "sockaddr_in6");
    private static final Map<String, String> ARGUMENTS = Map.ofEntries(Map.entry("DIOCRCLRTABLES", "pfioc_table"),
            Map.entry("DIOCRADDTABLES", "pfioc_table"), Map.entry("DIOCRGETTSTATS", "pfioc_table"),
            Map.entry("DIOCRCLRTSTATS", "pfioc_table"), Map.entry("DIOCRCLRADDRS", "pfioc_table"),
            Map.entry("DIOCRSETADDRS", "pfioc_table"), Map.entry("DIOCKILLSRCNODES", "pfioc_src_node_kill"),
            Map.entry("DIOCNATLOOK", "pfioc_natlook"), Map.entry("DIOCXBEGIN", "pfioc_trans"),
            Map.entry("DIOCXCOMMIT", "pfioc_trans"), Map.entry("DIOCXROLLBACK", "pfioc_trans"),
            Map.entry("DIOCADDRULE", "pfioc_rule"), Map.entry("DIOCGETSTATUS", "pf_status"),
            Map.entry("DIOCGETRULESETS", "pfioc_ruleset"), Map.entry("DIOCGETRULESET", "pfioc_ruleset"),
            Map.entry("SIOCGIFGATTR", "ifgroupreq"), Map.entry("SIOCSIFGATTR", "ifgroupreq"));

    private static Abi abi(String system) {
        return system.equals("openbsd") ? Abi.ofOpenBsd() : Abi.ofFreeBsd();
    }

    private static List<String> lines(String system) throws IOException {
        try (InputStream in = Abi.class.getResourceAsStream(system + ".abi")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openbsd", "freebsd"})
    void everyFieldIsWhereTheHeadersHaveIt(String system) throws IOException {
        Facts facts = Facts.of(system);
        Facts common = Facts.of("openbsd");
        List<String> differences = new ArrayList<>();
        String struct = "";
        int fields = 0;
        for (String line : lines(system)) {
            String[] words = line.strip().split(" ", -1);
            if (line.startsWith("#") || words[1].equals("=")) {
                continue;
            }
            if (!line.startsWith(" ")) {
                struct = words[0];
            }
            Facts measured = facts.knows(struct) || !COMMON.contains(struct) ? facts : common;
            if (line.startsWith(" ")) {
                fields++;
                Struct.Field field = measured.field(struct, words[0]);
                if (!new Struct.Field(Integer.parseInt(words[1]), Integer.parseInt(words[2])).equals(field)) {
                    differences.add(struct + line + ": measured " + field);
                }
            } else if (Integer.parseInt(words[1]) != measured.size(struct)) {
                differences.add(line + ": measured " + measured.size(struct));
            }
        }
        assertEquals(List.of(), differences);
        assertTrue(fields > 30, "only " + fields + " fields were compared");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openbsd", "freebsd"})
    void everyNumberIsThatOfTheHeaders(String system) throws IOException {
        Facts facts = Facts.of(system);
        List<String> differences = new ArrayList<>();
        for (String line : lines(system).stream().filter(line -> line.contains(" = ") && !line.startsWith("#"))
                .toList()) {
            String[] words = line.split(" = ", -1);
            Facts measured = facts.hasNumber(words[0]) || !words[0].equals("AF_ROUTE") ? facts : Facts.of("openbsd");
            if (measured.number(words[0]) != Long.decode(words[1])) {
                differences.add(line + ": measured " + measured.number(words[0]));
            }
        }
        assertEquals(List.of(), differences);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openbsd", "freebsd"})
    void theNumberOfARequestHoldsTheSizeOfItsArgument(String system) throws IOException {
        Abi abi = abi(system);
        List<String> requests = lines(system).stream().filter(line -> line.contains(" = 0x"))
                .map(line -> line.split(" ", -1)[0]).toList();
        assertTrue(requests.size() >= 8, requests::toString);
        for (String request : requests) {
            assertEquals(abi.size(ARGUMENTS.get(request)), abi.ioctl(request).argumentSize(), request);
        }
    }

    @Test
    void aTextThatLeavesNoRoomForItsEndIsRefused() {
        Image table = Abi.ofOpenBsd().image("pfr_table");
        assertEquals("a".repeat(31), table.text("pfrt_name", "a".repeat(31)).text("pfrt_name"));
        assertThrows(IllegalArgumentException.class, () -> table.text("pfrt_name", "a".repeat(32)));
    }

    @Test
    void portsAreInNetworkOrderAndOtherNumbersInThatOfTheMachine() {
        Image lookup = Abi.ofOpenBsd().image("pfioc_natlook").port("sport", 0, 8080).number("af", 2);
        assertArrayEquals(new byte[]{0x1f, (byte) 0x90}, lookup.bytes("sport", 2));
        assertEquals(8080, lookup.port("sport"));
    }
}
