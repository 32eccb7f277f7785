package org.relayd.runtime.relay.http.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many fields are sorted with little work, in whatever order a client sends them. */
class NameSortTest {
    private static final String TOKENS = "!#$%&'*+-.^_`|~0123456789ABCXYZabcxyz";

    /** Sorts fields of some names and answers how often one was moved. */
    private static int moves(List<String> names) {
        FieldTable fields = new FieldTable();
        byte[] octets = Octets.of(String.join(":", names));
        int at = 0;
        for (String name : names) {
            fields.add(FieldName.keyOf(octets, at, name.length()), at, name.length(), at, 0);
            at += name.length() + 1;
        }
        int[] expected = IntStream.range(0, names.size()).boxed()
                .sorted(Comparator.comparing(field -> names.get(field).toLowerCase(Locale.ROOT)))
                .mapToInt(Integer::intValue).toArray();
        int[] sorted = fields.sorted(octets);
        assertArrayEquals(expected, IntStream.range(0, names.size()).map(i -> sorted[i]).toArray());
        return fields.moves();
    }

    /** Once for each octet of the names, and what an insertion sort of few fields costs. */
    private static void assertFew(List<String> names) {
        int most = names.stream().mapToInt(String::length).sum() + NameSort.SHORT / 2 * names.size();
        int made = moves(names);
        assertTrue(made <= most, made + " moves of " + names.size() + " fields, at most " + most);
    }

    private static List<String> names(int count, IntFunction<String> name) {
        return IntStream.range(0, count).mapToObj(name).toList();
    }

    private static String letter(int number) {
        return Character.toString((char) ('a' + number));
    }

    @Test
    void noOrderOfOneLetterNamesCostsMoreThanTwoMovesOfEach() {
        for (int count : new int[]{0, 1, 2, 20, 21, 22, 100, 4000, 60_000}) {
            Random random = new Random(1);
            assertFew(names(count, i -> letter(25 - i * 26 / count)));
            assertFew(names(count, i -> letter(i * 26 / count)));
            assertFew(names(count, i -> letter(i % 26)));
            assertFew(names(count, i -> letter(25 - i % 26)));
            assertFew(names(count, i -> i % 2 == 0 ? "A" : "a"));
            assertFew(names(count, i -> letter(random.nextInt(26))));
        }
        assertTrue(moves(names(4000, i -> letter(25 - i * 26 / 4000))) <= 4000);
    }

    @Test
    void longNamesCostAMoveForEachOctetAtMost() {
        for (int count : new int[]{21, 25, 100, 1000, 4000}) {
            for (String front : new String[]{"", "seven-7", "eight--8", "nine----9", "x".repeat(40)}) {
                assertFew(names(count, i -> front + (count - i)));
                assertFew(names(count, i -> front + i % 7 + front.toUpperCase(Locale.ROOT) + (count - i)));
            }
        }
        assertFew(names(300, i -> "x".repeat(300 - i)));
        assertFew(names(300, i -> "x".repeat(i) + "Y"));
        assertFew(names(300, i -> "x".repeat(300 - i) + "a"));
    }

    @Test
    void namesOfAllKindsAreSorted() {
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            int letters = 1 + random.nextInt(TOKENS.length());
            int longest = 1 + random.nextInt(20);
            assertFew(names(random.nextInt(300), i -> {
                StringBuilder name = new StringBuilder();
                for (int left = 1 + random.nextInt(longest); left > 0; left--) {
                    name.append(TOKENS.charAt(random.nextInt(letters)));
                }
                return name.toString();
            }));
        }
    }

    @Test
    void whatIsInOrderIsNotMoved() {
        assertEquals(0, moves(names(4000, i -> letter(i * 26 / 4000))));
        assertEquals(0, moves(names(20, i -> letter(i))));
    }
}
