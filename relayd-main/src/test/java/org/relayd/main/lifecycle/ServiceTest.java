package org.relayd.main.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;
import org.relayd.main.daemon.DaemonProcess;
import org.relayd.main.parent.ParentDaemon;
import org.relayd.runtime.FreePorts;

/** What a daemon tells its service manager. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ServiceTest {
    @TempDir
    private Path folder;
    private int listen;

    @BeforeEach
    void choosePort() {
        listen = FreePorts.next();
    }

    private String configuration(int target) {
        return "prefork 2\nrelay www {\n\tlisten on 127.0.0.1 port " + listen + "\n\tforward to 127.0.0.1 port "
                + target
                + "\n}\n";
    }

    private List<String> under(NotifyInbox inbox) {
        assertTrue(inbox.kept().isEmpty());
        return List.of("env", "NOTIFY_SOCKET=" + folder.resolve("notify"));
    }

    @Test
    void aServiceManagerLearnsOfTheStartEachReloadAndTheEnd() throws Exception {
        try (NotifyInbox inbox = NotifyInbox.open(folder.resolve("notify"));
                ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                DaemonProcess relayd = DaemonProcess.startBy(under(inbox), folder,
                        configuration(target.getLocalPort()))) {
            inbox.await("READY=1");
            inbox.await("MAINPID=" + relayd.pid());
            if (ParentDaemon.isForHere()) {
                inbox.await("FDSTORE=1");
                assertEquals("FDNAME=relayd-1", inbox.await("FDNAME="));
                assertEquals("FDNAME=relayd-2", inbox.await("FDNAME="));
                assertEquals(2, inbox.kept().size(), "a socket for each event loop");
            }
            inbox.await("WATCHDOG=1");
            long before = System.nanoTime() / 1000;
            relayd.signal("HUP");
            inbox.await("RELOADING=1");
            long said = Long.parseLong(inbox.await("MONOTONIC_USEC=").substring("MONOTONIC_USEC=".length()));
            assertTrue(said >= before && said <= System.nanoTime() / 1000, before + " " + said);
            inbox.await("READY=1");

            Files.writeString(folder.resolve("relayd.conf"), "nonsense\n");
            assertTrue(relayd.ask(new ControlRequest.Reload()).getLast() instanceof ControlReply.Refused);
            inbox.await("RELOADING=1");
            inbox.await("READY=1");
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listen);
                    Socket origin = target.accept()) {
                assertEquals(client.getLocalAddress(), origin.getLocalAddress());
                relayd.signal("TERM");
                inbox.await("STOPPING=1");
                assertTrue(relayd.isRunning());
            }
            assertEquals(0, relayd.exit());
        }
    }

    @Test
    void theJournalGetsThePriorityOfEachLine() throws Exception {
        // Standard error of the process is a pipe, whose inode only that process can tell.
        List<String> journal = List.of("sh", "-c",
                "JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2) exec \"$@\"", "sh");
        try (DaemonProcess relayd = DaemonProcess.startBy(journal, folder, configuration(1))) {
            relayd.await("<6>startup");
            relayd.await("<7>relay_launch: running relay www");
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
            assertTrue(relayd.lines().stream().allMatch(line -> line.matches("<[367]>.*")), relayd.lines()::toString);
        }
    }
}
