package org.relayd.ir.net;

/**
 * One port or an inclusive range. relayd.conf(5): REDIRECTIONS, {@code port first:last}.
 *
 * @param first
 *            lowest port
 * @param last
 *            highest port; may be below {@code first}, since the original accepts reverse ranges (they match nothing)
 * @param range
 *            whether it was written as a range: {@code 80:80} keeps the packet's port where {@code 80} translates it
 */
public record PortRange(Port first, Port last, boolean range) {

    /** Creates a single port. */
    public static PortRange single(Port port) {
        return new PortRange(port, port, false);
    }

    /** Returns {@code 80} or {@code 8000:8010}. */
    @Override
    public String toString() {
        return range ? first + ":" + last : first.toString();
    }
}
