package org.relayd.runtime.relay.http.head;

import java.util.function.IntBinaryOperator;

/**
 * Sorts numbers by an order of what they stand for; equal ones keep their places. A merge sort from runs of one on: at
 * most {@code n log n} comparisons whatever a client sends, and {@code n} if all is in order already.
 */
final class StableSort {
    /** Up to that many numbers an insertion sort is cheaper. */
    static final int SHORT = 32;

    private StableSort() {}

    /**
     * Sorts the first numbers of an array.
     *
     * @param spare
     *            at least as long; its content is lost
     * @param order
     *            negative, zero or positive like a comparator's answer
     */
    static void sort(int[] numbers, int[] spare, int count, IntBinaryOperator order) {
        int[] from = numbers;
        int[] to = spare;
        boolean inSpare = false;
        for (int run = 1; run > 0 && run < count; run *= 2) {
            for (int at = 0; at < count; at += 2 * run) {
                merge(from, to, at, Math.min(at + run, count), Math.min(at + 2 * run, count), order);
            }
            int[] last = from;
            from = to;
            to = last;
            inSpare = !inSpare;
        }
        if (inSpare) {
            System.arraycopy(spare, 0, numbers, 0, count);
        }
    }

    /** Puts two sorted runs, {@code [at, middle)} and {@code [middle, end)}, into one. */
    private static void merge(int[] from, int[] to, int at, int middle, int end, IntBinaryOperator order) {
        if (middle >= end || order.applyAsInt(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, at, to, at, end - at);
            return;
        }
        int left = at;
        int right = middle;
        for (int next = at; next < end; next++) {
            boolean isLeft = right == end || (left < middle && order.applyAsInt(from[left], from[right]) <= 0);
            to[next] = isLeft ? from[left++] : from[right++];
        }
    }
}
