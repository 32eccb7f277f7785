package org.relayd.runtime;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** A name server on loopback that answers each query with the datagrams of a script. */
public final class LoopbackNameServer implements AutoCloseable {
    private final DatagramSocket socket;

    private LoopbackNameServer(DatagramSocket socket, Function<byte[], List<byte[]>> answers) {
        this.socket = socket;
        Thread.ofPlatform().daemon().start(() -> serve(answers));
    }

    /** Starts a server on a free port. */
    public static LoopbackNameServer start(InetAddress address, Function<byte[], List<byte[]>> answers)
            throws IOException {
        return new LoopbackNameServer(new DatagramSocket(0, address), answers);
    }

    /** Returns the port. */
    public int port() {
        return socket.getLocalPort();
    }

    /**
     * Returns the query as a response.
     *
     * @param flags
     *            the third and fourth octet, in hex
     * @param records
     *            number of records in the answer section
     * @param rest
     *            what follows the question, in hex
     */
    public static byte[] answer(byte[] query, String flags, int records, String rest) {
        byte[] bits = HexFormat.of().parseHex(flags);
        byte[] more = HexFormat.of().parseHex(rest);
        byte[] answer = Arrays.copyOf(query, query.length + more.length);
        answer[2] = bits[0];
        answer[3] = bits[1];
        answer[7] = (byte) records;
        System.arraycopy(more, 0, answer, query.length, more.length);
        return answer;
    }

    private void serve(Function<byte[], List<byte[]>> answers) {
        try {
            while (true) {
                DatagramPacket query = new DatagramPacket(new byte[512], 512);
                socket.receive(query);
                for (byte[] answer : answers.apply(Arrays.copyOf(query.getData(), query.getLength()))) {
                    socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
                }
            }
        } catch (IOException _) {
            // The end of the test.
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
