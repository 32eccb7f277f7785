package org.relayd.runtime;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.ProxyProtocol;

/**
 * The header of the PROXY protocol that a target gets in front of all bytes (HAProxy's specification, versions 1 and
 * 2).
 */
public final class ProxyHeader {
    private static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
    private static final byte VERSION_2_LOCAL = 0x20;
    private static final byte VERSION_2_PROXY = 0x21;
    private static final byte UNSPECIFIED = 0x00;
    private static final byte TCP_OVER_INET = 0x11;
    private static final byte TCP_OVER_INET6 = 0x21;

    private ProxyHeader() {}

    /**
     * Makes the header.
     *
     * @param local
     *            the address that the client connected to
     * @param port
     *            the configured listen port
     */
    public static byte[] of(ProxyProtocol version, InetSocketAddress client, InetSocketAddress local, Port port) {
        return switch (version) {
            case V1 -> text(client, local, port);
            case V2 -> binary(client, local, port);
        };
    }

    /** Makes the header of a connection that no client is behind: a health check. */
    public static byte[] ofNobody(ProxyProtocol version) {
        return switch (version) {
            case V1 -> "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);
            case V2 -> ByteBuffer.allocate(SIGNATURE.length + 4).put(SIGNATURE).put(VERSION_2_LOCAL).put(UNSPECIFIED)
                    .putShort((short) 0).array();
        };
    }

    private static byte[] text(InetSocketAddress client, InetSocketAddress local, Port port) {
        String family = client.getAddress().getAddress().length == 4 ? "TCP4" : "TCP6";
        String line = "PROXY " + family + " " + IpAddress.of(client.getAddress()) + " "
                + IpAddress.of(local.getAddress()) + " "
                + client.getPort() + " " + port + "\r\n";
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] binary(InetSocketAddress client, InetSocketAddress local, Port port) {
        byte[] from = client.getAddress().getAddress();
        byte[] to = local.getAddress().getAddress();
        int addresses = from.length + to.length + 2 * Short.BYTES;
        ByteBuffer header = ByteBuffer.allocate(SIGNATURE.length + 4 + addresses);
        header.put(SIGNATURE).put(VERSION_2_PROXY).put(from.length == 4 ? TCP_OVER_INET : TCP_OVER_INET6);
        header.putShort((short) addresses).put(from).put(to);
        header.putShort((short) client.getPort()).putShort((short) port.number());
        return header.array();
    }
}
