package org.relayd.main.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.term.Dialect;
import org.relayd.main.scenario.SentRow.Restriction;

/**
 * Plays the smuggling table: every row in both dialects, with and without splicing, whole and octet by octet. Writes
 * what was observed to {@code target/smuggling.md}. Of each row must hold what it says itself, and always: a strict and
 * a careless parser behind the relay read the same requests, which are those of relayd's log.
 */
class SmugglingTableTest {
    private static final Path FOLDER = Path.of("src/test/resources/smuggling");
    private static final ObservedTable TABLE = new ObservedTable(Path.of("target/smuggling.md"));
    private static final String PROBE = Observed.PROBE + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    /** Longer rows are not sent octet by octet: they test limits, not parsers. */
    private static final int LONG = 3000;
    private static final int AT_ONCE = 4;

    private final ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);

    @TempDir
    private Path folder;

    /** How a row is played. */
    private record Mode(Dialect dialect, String splice, boolean whole) {
        String text() {
            return "dialect " + dialect.word() + ", " + splice + (whole ? "" : ", octet by octet");
        }
    }

    @BeforeAll
    static void begin() {
        TABLE.clear();
    }

    @AfterAll
    static void write() throws IOException {
        TABLE.write();
    }

    @AfterEach
    void end() {
        players.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> row() throws IOException {
        List<SentRow> rows = SentRow.read(FOLDER.resolve("rows.txt"));
        assertTrue(rows.size() > 200);
        return rows.stream().flatMap(row -> modes(row).map(mode -> new Play(row, mode, begin(row, mode)))).toList()
                .stream().map(play -> DynamicTest.dynamicTest(play.name(), () -> check(play)));
    }

    /** A row that is played, or waits for that: several are at a time, as each mostly waits for its ends. */
    private record Play(SentRow row, Mode mode, Future<Observed> observed) {
        String name() {
            return row.id() + " " + row.name() + ", " + mode.text();
        }
    }

    private Future<Observed> begin(SentRow row, Mode mode) {
        return players.submit(() -> observe(row, mode, Files.createTempDirectory(folder, "row")));
    }

    private static Stream<Mode> modes(SentRow row) {
        boolean cuts = row.isFree(Restriction.WHOLE_ONLY) && row.sent().length() < LONG;
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect == Dialect.CURRENT || row.isFree(Restriction.CURRENT_ONLY))
                .flatMap(dialect -> Stream.of(new Mode(dialect, "splice", true), new Mode(dialect, "no splice", true),
                        new Mode(dialect, "no splice", false)))
                .filter(mode -> mode.whole() || cuts);
    }

    private static void check(Play play) throws Exception {
        SentRow row = play.row();
        Mode mode = play.mode();
        Observed observed = play.observed().get();
        TABLE.add(row, mode.text(), observed);
        assertEquals(row.client(), observed.seen(), observed.client());
        row.target().ifPresent(expected -> assertEquals(expected, observed.read(), observed.streams().toString()));
        if (mode.dialect() == Dialect.CURRENT) {
            row.passed().ifPresent(expected -> assertEquals(expected, observed.streams().getFirst()
                    .substring(0, Math.min(expected.length(), observed.streams().getFirst().length()))));
            row.end().ifPresent(expected -> assertTrue(observed.end().startsWith(expected), observed.line()));
            assertTrue(observed.paths().size() <= observed.logged().size(), observed.toString());
            assertEquals(observed.logged().subList(0, observed.paths().size()), observed.paths());
        }
        for (String text : row.never()) {
            assertFalse((observed.client() + observed.streams()).contains(text), text);
        }
        for (CarelessReader.Preference preference : CarelessReader.Preference.values()) {
            assertEquals(observed.requests(), observed.carelessly(preference), observed.streams().toString());
        }
    }

    private static Observed observe(SentRow row, Mode mode, Path folder) throws Exception {
        try (RecordingTarget target = new RecordingTarget(row.answer())) {
            String client;
            String line;
            String configuration = Files.readString(FOLDER.resolve(mode.dialect().word() + ".conf"))
                    .replace("{target}", Integer.toString(target.port()))
                    .replace("{splice}", mode.splice());
            try (RunningConfiguration relay = new RunningConfiguration(
                    port -> configuration.replace("{listen}", Integer.toString(port)), Optional.of(mode.dialect()),
                    RunningConfiguration.World.of(folder), _ -> true)) {
                client = RowClient.play(relay.port(), row.sent() + (row.isFree(Restriction.ALONE) ? PROBE : ""),
                        mode.whole());
                line = relay.log().await("session 1 (");
            }
            return new Observed(client, target.finish(), line);
        }
    }

    /** The client of a row. */
    private static final class RowClient {
        static String play(int port, String octets, boolean whole) throws IOException, InterruptedException {
            try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(10_000);
                socket.setTcpNoDelay(true);
                Thread sender = Thread.ofVirtual().start(() -> send(socket, octets, whole ? octets.length() : 1));
                StringBuilder seen = new StringBuilder();
                byte[] read = new byte[65_536];
                try {
                    for (int count = socket.getInputStream().read(read); count >= 0;
                            count = socket.getInputStream().read(read)) {
                        seen.append(new String(read, 0, count, StandardCharsets.ISO_8859_1));
                    }
                } catch (java.net.SocketException reset) {
                    // The relay need not wait for what it will not read; what it said was read before.
                }
                sender.join();
                return seen.toString();
            }
        }

        private static void send(java.net.Socket socket, String octets, int piece) {
            byte[] all = octets.getBytes(StandardCharsets.ISO_8859_1);
            try {
                for (int at = 0; at < all.length; at += piece) {
                    socket.getOutputStream().write(all, at, Math.min(piece, all.length - at));
                }
            } catch (IOException refused) {
                // The rest was refused.
            }
        }
    }
}
