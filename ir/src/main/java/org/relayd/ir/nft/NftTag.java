package org.relayd.ir.nft;

/**
 * A packet filter tag. nftables has no names for them: the tag is a number in bits 16 to 23 of the connection's mark.
 *
 * @param name
 *            the tag, as written
 * @param number
 *            1 to 255
 */
public record NftTag(String name, int number) {
    /** Bits of a mark that hold a tag. */
    public static final int MASK = 0xff0000;

    /** Returns the tag as it stands in a mark. */
    public int bits() {
        return number << 16;
    }
}
