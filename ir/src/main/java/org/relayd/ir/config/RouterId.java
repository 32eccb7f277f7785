package org.relayd.ir.config;

/**
 * Number of a router, as relayctl(8) shows and takes it.
 *
 * @param number
 *            from 1, in the order that relayd.conf(5) objects of this kind come into being
 */
public record RouterId(int number) implements Comparable<RouterId> {

    @Override
    public int compareTo(RouterId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
