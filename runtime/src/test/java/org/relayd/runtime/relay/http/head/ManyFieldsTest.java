package org.relayd.runtime.relay.http.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.Direction;

/** Heads of as many short lines as are allowed are read, cleaned and written like small ones. */
class ManyFieldsTest {
    private static final int LIMIT = 1 << 20;

    private static MessageHead head(Stream<String> lines) {
        String text = "GET / HTTP/1.1\r\n" + lines.map(line -> line + "\r\n").collect(Collectors.joining()) + "\r\n";
        MessageHead head = new MessageHead();
        byte[] octets = Octets.of(text);
        head.load(Unpooled.wrappedBuffer(octets), octets.length);
        assertEquals(HeadVerdict.COMPLETE, HeadParser.request(head, LIMIT));
        return head;
    }

    private static List<String> written(MessageHead head) {
        HeadWriter writer = new HeadWriter();
        writer.writeSorted(head, Direction.REQUEST);
        return List.of(Octets.text(writer.octets(), 0, writer.length()).split("\r\n"));
    }

    @Test
    void linesAreSortedByNameAndEqualNamesStayInOrder() {
        for (int count : new int[]{3, 31, 32, 33, 100, 500}) {
            Map<String, StringBuilder> expected = new TreeMap<>();
            List<String> lines = IntStream.range(0, count)
                    .mapToObj(i -> (i % 2 == 0 ? "N" : "n") + (char) ('z' - i * 7 % 26) + "-long-name" + ": " + i)
                    .toList();
            Stream.concat(Stream.of("Host: x"), lines.stream()).forEach(line -> {
                String name = line.substring(0, line.indexOf(':'));
                StringBuilder all = expected.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new StringBuilder());
                String spelling = all.isEmpty() ? name : all.substring(0, name.length());
                all.append(spelling).append(line.substring(name.length())).append('\n');
            });
            MessageHead head = head(Stream.concat(Stream.of("Host: x"), lines.stream()));
            String sorted = String.join("\n", written(head).subList(1, count + 2)) + "\n";
            assertEquals(String.join("", expected.values()), sorted);
            assertEquals(sorted, String.join("\n", written(head).subList(1, count + 2)) + "\n", "written again");
        }
    }

    @Test
    void everyFieldThatOneOfHundredsOfOptionsNamesGoes() {
        List<String> names = IntStream.range(0, 250).mapToObj(i -> "F" + i).toList();
        MessageHead head = head(Stream.concat(
                Stream.of("Host: x", "Connection: " + String.join(", ", names).toLowerCase(Locale.ROOT),
                        "Connection: connection, host, cookie, G,,", "Cookie: a=b", "g: 1"),
                names.stream().map(name -> name + ": 1")));
        ConnectionOptions.removeHopByHop(head);
        ConnectionOptions.settle(head);
        assertEquals(List.of("GET / HTTP/1.1", "Cookie: a=b", "Host: x"), written(head));
    }

    @Test
    void onlyFieldsThatOptionsNameGoWhateverOrderTheyHave() {
        List<String> names = IntStream.range(0, 300)
                .mapToObj(i -> "x-".repeat(i % 20) + Integer.toString(i * 7919 % 300, 36)).toList();
        List<String> options = IntStream.range(0, 150).mapToObj(i -> names.get(298 - 2 * i)).toList();
        MessageHead head = head(Stream.concat(
                Stream.of("Host: x", "Connection: ,z , " + String.join(" ,", options) + ",\t~", "X-Stays: 1"),
                names.stream().map(name -> name.toUpperCase(Locale.ROOT) + ":")));
        ConnectionOptions.removeHopByHop(head);
        assertEquals(IntStream.range(0, 150).mapToObj(i -> names.get(2 * i + 1).toUpperCase(Locale.ROOT)).sorted()
                .toList(),
                written(head).stream().filter(line -> line.endsWith(": ")).map(line -> line.replace(": ", "")).sorted()
                        .toList());
        int octets = options.stream().mapToInt(String::length).sum();
        assertTrue(head.options.moves() <= octets + NameSort.SHORT / 2 * options.size());
    }
}
