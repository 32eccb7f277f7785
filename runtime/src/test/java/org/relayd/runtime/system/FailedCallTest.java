package org.relayd.runtime.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class FailedCallTest {
    @BeforeAll
    static void loadTheLibrary() {
        Epoll.ensureAvailability();
    }

    private static Optional<ErrorName> name(Throwable failure) {
        return FailedCall.errno(failure).flatMap(Errno::name);
    }

    private static InetSocketAddress nobody() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), closed.getLocalPort());
        }
    }

    private static Throwable failure(Act act) {
        try {
            act.run();
        } catch (Exception expected) {
            return expected;
        }
        throw new AssertionError("nothing failed");
    }

    private interface Act {
        void run() throws Exception;
    }

    @Test
    void nettyKeepsTheNumber() {
        Errors.NativeIoException failure = new Errors.NativeIoException("bind", -98);
        assertEquals(Optional.of(Errno.linux(98)), FailedCall.errno(new IOException("around it", failure)));
        assertEquals("Address already in use", FailedCall.words(failure));
    }

    @Test
    void nettysConnectThatIsRefusedIsKnown() throws IOException {
        InetSocketAddress nobody = nobody();
        LinuxSocket socket = LinuxSocket.newSocketStream();
        Throwable refused = failure(() -> {
            while (!socket.connect(nobody) && !socket.finishConnect()) {
                Thread.onSpinWait();
            }
        });
        socket.close();
        assertEquals(Optional.of(ErrorName.ECONNREFUSED), name(refused));
    }

    @Test
    void theJdksConnectThatIsRefusedIsKnown() throws IOException {
        InetSocketAddress nobody = nobody();
        Throwable refused = failure(() -> SocketChannel.open(nobody).close());
        assertEquals(Optional.of(ErrorName.ECONNREFUSED), name(refused));
        assertEquals("Connection refused", FailedCall.words(refused));
    }

    @Test
    void aProgramThatIsMissingIsKnown() {
        Throwable missing = failure(
                () -> new ProcessBuilder("/nowhere/program").directory(Path.of("/").toFile()).start());
        assertEquals(Optional.of(ErrorName.ENOENT), name(missing));
    }

    @Test
    void theJdksOwnWordsAndClassesAreKnown() {
        assertEquals("Connection reset by peer", FailedCall.words(new SocketException("Connection reset")));
        assertEquals("Connection refused", FailedCall.words(new PortUnreachableException()));
        assertEquals(Optional.of(ErrorName.ETIMEDOUT), name(new ConnectException("Operation timed out")));
        assertEquals(Optional.of(ErrorName.EMFILE), name(new SocketException("Too many open files")));
    }

    @Test
    void whatTheSystemDidNotSayIsShownAsItIs() {
        assertEquals("unresolved", FailedCall.words(new IOException("unresolved")));
        assertEquals("IOException", FailedCall.words(new IOException()));
        assertEquals(Optional.empty(), FailedCall.errno(new IOException("Connection refused by policy")));
    }
}
