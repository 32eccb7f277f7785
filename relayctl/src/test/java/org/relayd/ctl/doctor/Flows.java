package org.relayd.ctl.doctor;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

/** Makes the kernel track so many connections, each a datagram to another address and port of this machine. */
public final class Flows {
    private static final int PORTS = 60_000;

    private Flows() {}

    /** The argument is the number. */
    public static void main(String[] arguments) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                byte[] address = {127, 0, 1, (byte) (1 + i / PORTS)};
                socket.send(new DatagramPacket(new byte[0], 0, InetAddress.getByAddress(address), 1 + i % PORTS));
            }
        }
    }
}
