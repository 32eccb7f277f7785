package org.relayd.runtime.worker.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.relayd.runtime.system.linux.ProcessCalls;

/** Says what a process still can do that has confined itself. */
final class ConfinedProbe {
    /** Numbers of prctl(2) on x86-64 and elsewhere. */
    private static final long PRCTL = System.getProperty("os.arch").equals("amd64") ? 157 : 167;

    private ConfinedProbe() {}

    public static void main(String[] arguments) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            // Whoever starts a worker has done so.
            ProcessCalls.systemCall(arena.allocate(Linker.Option.captureStateLayout()), PRCTL, 38, 1, 0, 0, 0);
        }
        Thread.ofPlatform().daemon().start(ConfinedProbe::idle);
        Confinement.enter((int) ProcessHandle.current().pid());
        Files.readAllLines(Path.of("/proc/self/status")).forEach(System.out::println);
        say("process", () -> new ProcessBuilder("/bin/true").start(), "started", "refused");
        say("unix socket", () -> SocketChannel.open(StandardProtocolFamily.UNIX), "opened", "refused");
        say("sockets", ConfinedProbe::talk, "work", "do not work");
        say("threads", ConfinedProbe::threads, "work", "do not work");
        say("garbage", ConfinedProbe::garbage, "collected", "kept");
        say("files", () -> Files.readAllBytes(Path.of("/etc/passwd")), "work", "do not work");
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void idle() {
        synchronized (ConfinedProbe.class) {
            try {
                while (true) {
                    ConfinedProbe.class.wait();
                }
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void say(String what, Callable<?> act, String done, String refused) {
        String result;
        try {
            act.call();
            result = done;
        } catch (Exception failure) {
            result = refused;
        }
        System.out.println(what + ": " + result);
    }

    private static Object talk() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                Socket accepted = listener.accept()) {
            client.getOutputStream().write('x');
            return accepted.getInputStream().read();
        }
    }

    private static Object threads() throws Exception {
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                results.add(pool.submit(() -> number));
            }
            int sum = 0;
            for (Future<Integer> result : results) {
                sum += result.get();
            }
            return sum;
        }
    }

    private static Object garbage() {
        long sum = 0;
        for (int i = 0; i < 2000; i++) {
            sum += new byte[1 << 18].length;
        }
        System.gc();
        return sum;
    }
}
