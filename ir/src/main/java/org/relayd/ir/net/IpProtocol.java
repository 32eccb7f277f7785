package org.relayd.ir.net;

/**
 * What an IP packet carries: protocols(5). Any of that file can be redirected, so these are no closed list.
 *
 * @param name
 *            its official name, such as {@code tcp}
 */
public record IpProtocol(String name) {
    /** Connections; the only ones that relayd knows how to time out. */
    public static final IpProtocol TCP = new IpProtocol("tcp");

    /** Datagrams with ports. */
    public static final IpProtocol UDP = new IpProtocol("udp");

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
