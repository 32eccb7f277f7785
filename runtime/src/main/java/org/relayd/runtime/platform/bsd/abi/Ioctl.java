package org.relayd.runtime.platform.bsd.abi;

/**
 * A request of ioctl(2).
 *
 * @param name
 *            its name in the kernel's headers, such as {@code DIOCXBEGIN}
 * @param number
 *            what the kernel knows it by: direction, size of the argument, group and number
 */
public record Ioctl(String name, long number) {

    /** Returns the size of the argument that is part of the number, in bytes. */
    public int argumentSize() {
        return (int) (number >> 16) & 0x1fff;
    }
}
