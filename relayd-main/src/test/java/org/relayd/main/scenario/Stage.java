package org.relayd.main.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.ir.net.IpAddress;
import org.relayd.runtime.relay.RecordingLog;
import org.relayd.runtime.relay.RelayStartException;

/** A scenario while it runs: the relay engine between plain sockets. */
final class Stage implements AutoCloseable {
    private static final int PATIENCE = 10_000;
    /**
     * Connections reach the queue of a listener before the session's line is written; this much is for the scheduler.
     */
    private static final int AT_ONCE = 50;

    /** The line that a session leaves. */
    private static final Pattern SESSION = Pattern.compile("\\w+ (relay \\w+, session \\d+) \\(.*");

    private final RecordingLog log;
    private final Map<String, ServerSocket> listeners = new HashMap<>();
    private final Map<String, End> ends = new HashMap<>();
    private final Datagrams datagrams = new Datagrams();
    private final Set<String> down = ConcurrentHashMap.newKeySet();
    private final Certificates certificates;
    private final int port;
    private final AccessLines access;
    private final RunningConfiguration relays;

    Stage(Scenario scenario, Path folder) throws IOException, RelayStartException {
        access = new AccessLines(folder.resolve("access.log"));
        // All loopback addresses, so that hosts of a table can be told apart.
        listeners.put("target", listener());
        listeners.put("other", listener());
        scenario.makeFiles(folder);
        certificates = new Certificates(folder);
        scenario.makeCertificates(certificates);
        relays = new RunningConfiguration(
                candidate -> fill(scenario.configuration(), candidate).replace("{folder}", folder.toString()),
                scenario.dialect(), new RunningConfiguration.World(scenario.sockets(), folder, certificates),
                host -> !down.contains(host));
        port = relays.port();
        log = relays.log();
    }

    private static ServerSocket listener() throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress(0));
        return listener;
    }

    private String fill(String text, int listen) {
        String filled = text.replace("{access}", access.file().toString())
                .replace("{listen}", Integer.toString(listen)).replace("{octets of listen}",
                        Escapes.encodePort(listen));
        for (Map.Entry<String, ServerSocket> listener : listeners.entrySet()) {
            filled = filled.replace("{" + listener.getKey() + "}",
                    Integer.toString(listener.getValue().getLocalPort()));
        }
        for (Map.Entry<String, End> end : ends.entrySet()) {
            int number = end.getValue().port();
            filled = filled.replace("{port of " + end.getKey() + "}", Integer.toString(number))
                    .replace("{octets of " + end.getKey() + "}", Escapes.encodePort(number));
        }
        return datagrams.fill(filled);
    }

    private End end(String name) throws IOException {
        End known = ends.get(name);
        if (known == null) {
            known = new End(name, open(name.replaceAll("\\d+$", "")));
            ends.put(name, known);
        }
        return known;
    }

    private Socket open(String kind) throws IOException {
        return switch (kind) {
            case "client" -> new Socket(InetAddress.getLoopbackAddress(), port);
            case "neighbour" -> new Socket(InetAddress.getLoopbackAddress(), port, address("127.0.0.9"), 0);
            case "guest" -> new Socket(address("::1"), port);
            default -> accept(listeners.get(kind));
        };
    }

    private static InetAddress address(String text) {
        return IpAddress.parse(text).orElseThrow().toInetAddress();
    }

    private static Socket accept(ServerSocket listener) throws IOException {
        listener.setSoTimeout(PATIENCE);
        return listener.accept();
    }

    /** Plays one line of the script. */
    void play(String line) throws IOException {
        String known = line.contains("< " + Datagrams.ID) ? line : fill(line, port);
        switch (Scenario.step(known)) {
            case Step.Send(String end, String octets) when Datagrams.speaks(end) -> datagrams.send(end, octets, port);
            case Step.Read(String end, String octets) when Datagrams.speaks(end) -> datagrams.reads(end, octets, port);
            case Step.Send(String end, String octets) -> end(end).send(octets);
            case Step.Read(String end, String octets) -> end(end).reads(octets);
            case Step.Hear(String server, String octets) -> datagrams.hears(server, octets);
            case Step.ReadHead(String end, String pattern) -> end(end).readsHead(pattern);
            case Step.Finish(String end) -> end(end).finish();
            case Step.Reset(String end) -> end(end).reset();
            case Step.Secure(String end, String words) -> end(end).secure(certificates, words);
            case Step.IsRefused(String end) -> end(end).isRefused();
            case Step.IsShown(String end, String names) -> assertEquals(names, end(end).shown());
            case Step.IsAskedFor(String end, String name) -> assertEquals(name, end(end).askedFor());
            case Step.HearHello(String end) -> end(end).hearsHello();
            case Step.CutOff(String end) -> end(end).cutOff();
            case Step.SeesAlert(String end) -> end(end).seesAlert();
            case Step.SeesCut(String end) -> end(end).seesCut();
            case Step.Open(String end) -> assertTrue(end(end).port() > 0);
            case Step.SeesEnd(String end) -> end(end).seesEnd();
            case Step.SeesReset(String end) -> end(end).seesReset();
            case Step.IsAt(String end, String address) -> assertEquals(address, end(end).address());
            case Step.Refuse(String listener) -> listeners.get(listener).close();
            case Step.Unreached(String listener) -> unreached(listeners.get(listener));
            case Step.HostState(String address, boolean up)
                    -> assertTrue(up ? down.remove(address) : down.add(address));
            case Step.Logged(String expected) -> log.awaitLine(expected);
            case Step.Accessed(String pattern) -> access.next(pattern);
            case Step.NotLogged(String text) -> assertTrue(log.lines().stream().noneMatch(any -> any.contains(text)),
                    () -> String.join("\n", log.lines()));
        }
    }

    private static void unreached(ServerSocket listener) throws IOException {
        listener.setSoTimeout(AT_ONCE);
        assertThrows(SocketTimeoutException.class, listener::accept);
    }

    /** Nothing happened that the script does not tell: each session has left one line at most. */
    void check() {
        List<String> sessions = log.lines().stream().map(SESSION::matcher).filter(Matcher::matches)
                .map(found -> found.group(1)).toList();
        assertEquals(List.copyOf(new LinkedHashSet<>(sessions)), sessions);
    }

    @Override
    public void close() throws IOException {
        for (End end : ends.values()) {
            end.close();
        }
        relays.close();
        access.end();
        datagrams.close();
        for (ServerSocket listener : listeners.values()) {
            listener.close();
        }
    }
}
