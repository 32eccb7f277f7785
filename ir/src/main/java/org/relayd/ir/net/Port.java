package org.relayd.ir.net;

/**
 * A port number.
 *
 * @param number
 *            0 to 65535; 0 appears only where the original accepts it
 */
public record Port(int number) {

    /** Checks the range. */
    public Port {
        if (number < 0 || number > 65535) {
            throw new IllegalArgumentException("port " + number);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
