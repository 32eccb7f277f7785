package org.relayd.ctl;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.relayd.ir.control.ControlCodec;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;

/** A control socket that reads one request, answers with what the test gives, and closes. */
final class FakeDaemon implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel listener;
    private final CompletableFuture<ControlRequest> request = new CompletableFuture<>();

    FakeDaemon(Path folder, List<byte[]> answer) throws IOException {
        socket = folder.resolve("s");
        Files.deleteIfExists(socket);
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> serve(answer));
    }

    static FakeDaemon replying(Path folder, ControlReply... replies) throws IOException {
        return new FakeDaemon(folder, List.of(replies).stream().map(ControlCodec::frame).toList());
    }

    private void serve(List<byte[]> answer) {
        try (SocketChannel client = listener.accept()) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(client));
            byte[] body = new byte[in.readInt()];
            in.readFully(body);
            request.complete(ControlCodec.request(body));
            for (byte[] frame : answer) {
                client.write(ByteBuffer.wrap(frame));
            }
        } catch (IOException failure) {
            request.completeExceptionally(failure);
        }
    }

    Path socket() {
        return socket;
    }

    ControlRequest request() throws Exception {
        return request.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(socket);
    }
}
