package org.relayd.main.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.relayd.runtime.platform.linux.NetworkNamespace;

/**
 * A server that says its name, the address and port it was reached at, and the client's address, to each connection and
 * each datagram, in one line; then it sends back what it gets.
 */
final class Service implements AutoCloseable {
    private final String name;
    private final ServerSocket streams;
    private final DatagramSocket datagrams;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread accepting = Thread.ofPlatform().daemon().unstarted(this::accept);

    private Service(String name, ServerSocket streams, DatagramSocket datagrams) {
        this.name = name;
        this.streams = streams;
        this.datagrams = datagrams;
    }

    /** Starts the service at a port of all addresses of a machine. */
    static Service start(NetworkNamespace machine, String name, int port) throws Exception {
        Service service = machine
                .in(() -> new Service(name, new ServerSocket(port, 1024), new DatagramSocket(port)));
        service.accepting.start();
        Thread.ofPlatform().daemon().start(service::receive);
        return service;
    }

    String name() {
        return name;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = streams.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> talk(socket));
            }
        } catch (IOException closed) {
            // The end of the service.
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            String line = name + " " + socket.getLocalAddress().getHostAddress() + " " + socket.getLocalPort() + " "
                    + socket.getInetAddress().getHostAddress() + "\n";
            socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException gone) {
            // The client has had enough.
        } finally {
            open.remove(socket);
        }
    }

    private void receive() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[64], 64);
                datagrams.receive(packet);
                packet.setData(name.getBytes(StandardCharsets.UTF_8));
                datagrams.send(packet);
            }
        } catch (IOException closed) {
            // The end of the service.
        }
    }

    /** Takes no more connections; those that are open stay. The port is free when the thread has left it. */
    void stopListening() {
        try {
            streams.close();
            datagrams.close();
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stopListening();
        open.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
