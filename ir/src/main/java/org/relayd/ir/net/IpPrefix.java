package org.relayd.ir.net;

/**
 * A network: an address and how many leading bits of it count. Host bits are kept as written, as
 * the original keeps them.
 *
 * @param address
 *            the address
 * @param length
 *            number of leading bits, 0 to 32 or 0 to 128
 */
public record IpPrefix(IpAddress address, int length) {

    /** Checks the length. */
    public IpPrefix {
        if (length < 0 || length > address.family().bits()) {
            throw new IllegalArgumentException("prefix length " + length);
        }
    }

    /** Returns the same network without host bits. */
    public IpPrefix masked() {
        byte[] bytes = address.bytes();
        for (int bit = length; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return new IpPrefix(IpAddress.of(bytes), length);
    }

    /** Returns whether an address of the same family lies in this network. */
    public boolean contains(IpAddress other) {
        if (other.family() != address.family()) {
            return false;
        }
        byte[] mine = address.bytes();
        byte[] theirs = other.bytes();
        int whole = length / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != theirs[i]) {
                return false;
            }
        }
        int rest = length % 8;
        int mask = (0xff << (8 - rest)) & 0xff;
        return rest == 0 || (mine[whole] & mask) == (theirs[whole] & mask);
    }

    /** Returns {@code ADDRESS/LENGTH}. */
    @Override
    public String toString() {
        return address + "/" + length;
    }
}
