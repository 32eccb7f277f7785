package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.control.ControlReply.RelayRow;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.runtime.FreePorts;

/** Signals that come before the daemon serves, as it is started by its launcher: that has it ignore two of them. */
class EarlySignalsTest {
    private static final List<String> LAUNCHER = List.of("sh", "-c", "trap '' HUP USR1; echo launched >&2; exec \"$@\"",
            "sh");
    private static final String RELOADED = "parent_sig_handler: reload requested with SIGHUP";

    @TempDir
    private Path folder;

    private static String relay(String name) throws IOException {
        return """
                table <web> { 127.0.0.1 }
                relay %s {
                        listen on 127.0.0.1 port %d
                        forward to <web> port 1 check tcp
                }
                """.formatted(name, FreePorts.next());
    }

    private static boolean serves(DaemonProcess relayd, String relay) {
        try {
            return relayd.ask(new ControlRequest.Show(Subject.RELAYS)).stream()
                    .anyMatch(reply -> reply instanceof RelayRow row && row.name().equals(relay));
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The moments are those of a start: before any program of Java, while the file is read, while relays start. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100, 300, 800, 2000})
    void aHangUpAfterTheFileWasChangedIsNeverLost(int millis) throws Exception {
        try (DaemonProcess relayd = DaemonProcess.startBy(LAUNCHER, folder, relay("first"))) {
            relayd.await("launched");
            assertFalse(relayd.endsWithin(Duration.ofMillis(millis)));
            Files.writeString(folder.resolve("relayd.conf"), relay("second"));
            relayd.signal("HUP");
            relayd.signal("USR1");
            relayd.await("the new file to be served", () -> serves(relayd, "second"));
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
        }
    }

    @Test
    void hangUpsInARowAreServedWithoutRefusingOne() throws Exception {
        try (DaemonProcess relayd = DaemonProcess.startBy(LAUNCHER, folder, relay("first"))) {
            relayd.await("launched");
            while (relayd.lines().stream().filter(RELOADED::equals).count() < 5) {
                assertTrue(relayd.isRunning(), relayd.lines()::toString);
                relayd.signal("HUP");
                relayd.signal("USR1");
            }
            Files.writeString(folder.resolve("relayd.conf"), relay("second"));
            relayd.signal("HUP");
            relayd.await("the new file to be served", () -> serves(relayd, "second"));
            assertFalse(relayd.lines().contains("another reload is in progress"), relayd.lines()::toString);
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void anEndThatIsAskedForEarlyIsAnOrdinaryOne(String signal) throws Exception {
        try (DaemonProcess relayd = DaemonProcess.startBy(LAUNCHER, folder, relay("first"))) {
            relayd.awaitStart("startup");
            relayd.signal(signal);
            assertEquals(0, relayd.exit());
            assertEquals("parent terminating, pid " + relayd.pid(), relayd.lines().getLast());
            assertFalse(Files.exists(relayd.socket()));
        }
    }

    @Test
    void theDaemonInTheBackgroundIsNotEndedByAHangUpEither() throws Exception {
        try (DaemonProcess first = DaemonProcess.backgroundBy(LAUNCHER, folder, relay("first"))) {
            first.await("launched");
            while (!first.endsWithin(Duration.ofMillis(20))) {
                first.signalAll("HUP");
                first.signalAll("USR1");
            }
            assertEquals(0, first.exit(), () -> "log: " + first.lines());
            Files.writeString(folder.resolve("relayd.conf"), relay("second"));
            first.signalAll("HUP");
            first.await("the new file to be served", () -> serves(first, "second"));
            assertEquals(List.of(), first.ask(new ControlRequest.Stop()));
        }
    }
}
