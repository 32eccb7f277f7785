package org.relayd.runtime.relay.http.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many fields are sorted in few comparisons, in whatever order a client sends them. */
class StableSortTest {

    /** Sorts numbers by a value of each; answers the comparisons made. */
    private static long comparisons(int count, IntUnaryOperator value) {
        int[] numbers = IntStream.range(0, count).toArray();
        AtomicLong made = new AtomicLong();
        StableSort.sort(numbers, new int[count], count, (left, right) -> {
            made.incrementAndGet();
            return Integer.compare(value.applyAsInt(left), value.applyAsInt(right));
        });
        int[] expected = IntStream.range(0, count).boxed()
                .sorted(Comparator.comparingInt(value::applyAsInt)).mapToInt(Integer::intValue).toArray();
        assertArrayEquals(expected, numbers);
        return made.get();
    }

    /** {@code n log n}, and once more {@code n} for the look whether two runs are in order already. */
    private static void assertFew(int count, IntUnaryOperator value) {
        int logarithm = Integer.SIZE - Integer.numberOfLeadingZeros(count);
        long made = comparisons(count, value);
        assertTrue(made <= (logarithm + 1L) * count, made + " comparisons of " + count);
    }

    @Test
    void noOrderCostsMoreThanNLogN() {
        for (int count : new int[]{0, 1, 2, 3, 33, 64, 65, 1000, 4000, 40_000}) {
            assertFew(count, number -> -number);
            assertFew(count, number -> number);
            assertFew(count, _ -> 7);
            assertFew(count, number -> number % 2 == 0 ? number : -number);
            assertFew(count, number -> number < count / 2 ? number : count - number);
            assertFew(count, number -> number % 26);
            assertFew(count, number -> number * 0x9e3779b9);
        }
    }

    @Test
    void whatIsInOrderCostsOneLookAtEach() {
        assertTrue(comparisons(4000, number -> number) < 4000);
    }
}
