package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.control.ControlRequest.Kind;
import org.relayd.ir.control.ControlRequest.SwitchTarget;
import org.relayd.main.daemon.DaemonProcess;
import org.relayd.runtime.platform.linux.NetworkNamespace;

/** relayd on the balancer of a {@link Testbed}, with checks every second that may take half a second. */
final class Balancer implements AutoCloseable {
    /** Time after which a host that failed must not get connections any more: interval, timeout and a second. */
    static final long NOTICED_MS = 1_000 + 500 + 1_000;

    private final NetworkNamespace machine;
    private final DaemonProcess relayd;

    private Balancer(NetworkNamespace machine, DaemonProcess relayd) {
        this.machine = machine;
        this.relayd = relayd;
    }

    /** Starts it and waits until it has checked a host. */
    static Balancer start(Testbed testbed, Path folder, String configuration) throws Exception {
        return startBy(testbed, List.of(), folder, configuration);
    }

    /** Starts it by way of another program, whose words come first. */
    static Balancer startBy(Testbed testbed, List<String> starter, Path folder, String configuration)
            throws Exception {
        DaemonProcess relayd = testbed.balancer()
                .in(() -> DaemonProcess.startBy(starter, folder, "interval 1\ntimeout 500\n" + configuration));
        Balancer balancer = new Balancer(testbed.balancer(), relayd);
        try {
            relayd.awaitStart("host ");
            return balancer;
        } catch (AssertionError silent) {
            balancer.close();
            throw silent;
        }
    }

    DaemonProcess relayd() {
        return relayd;
    }

    /** Waits until something in the output of a command on the machine is so. */
    void await(String command, String text) {
        relayd.await(command + ": " + text, () -> {
            try {
                return machine.in(() -> NetworkNamespace.shell(command)).contains(text);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Waits until a redirection, the first one, deals its IPv4 connections out to so many hosts. */
    void awaitHosts(int number) {
        await("nft list chain inet relayd r_1_4 2>&1", "numgen inc mod " + number + " ");
    }

    /** Asks as relayctl does; it must be done. */
    void toggle(Kind kind, String name, boolean enabled) throws Exception {
        assertEquals(List.of(new ControlReply.Done()),
                relayd.ask(new ControlRequest.Switch(kind, new SwitchTarget.ByName(name), enabled)));
    }

    /** Runs a command on the machine and returns what it prints. */
    String run(String command) throws Exception {
        return machine.run(command);
    }

    /** Ends the daemon as an administrator does. */
    void terminate() throws IOException, InterruptedException {
        relayd.signal("TERM");
        assertEquals(0, relayd.exit());
    }

    /** Ends the daemon as the kernel does when memory is short. */
    void kill() throws IOException, InterruptedException {
        relayd.signal("KILL");
        relayd.exit();
    }

    @Override
    public void close() throws IOException {
        try (relayd) {
            if (relayd.isRunning()) {
                terminate();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
