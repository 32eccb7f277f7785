package org.relayd.ir.config;

/**
 * Number of a host, as relayctl(8) shows and takes it.
 *
 * @param number
 *            from 1, in the order that relayd.conf(5) objects of this kind come into being
 */
public record HostId(int number) implements Comparable<HostId> {

    @Override
    public int compareTo(HostId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
