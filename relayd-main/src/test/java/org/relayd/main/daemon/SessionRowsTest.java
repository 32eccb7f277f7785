package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.control.ControlReply.SessionRow;
import org.relayd.ir.control.ControlReply.SessionTag;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.environment.SystemEnvironment;
import org.relayd.runtime.relay.session.SessionView;

/** The rows of {@code show sessions}. relayctl(8): OUTPUT. */
class SessionRowsTest {
    @TempDir
    private Path folder;

    private Plan plan() throws Exception {
        return plan("""
                http protocol p {
                        match request tagged seen header log "X"
                        match request path "/a" tag first
                        match request path "/b" tag second
                        match request path "/c" tag first
                }
                relay r {
                        listen on 127.0.0.1 port 8080
                        protocol p
                        forward to 127.0.0.1 port 80
                }
                """);
    }

    private Plan plan(String text) throws Exception {
        Path file = folder.resolve("relayd.conf");
        Files.writeString(file, text);
        return RelaydCompiler
                .compile(file.toString(), CompilerOptions.defaults(),
                        new SystemEnvironment(OperatingSystem.ofThisMachine()))
                .plan(new BackEnd.None()).orElseThrow();
    }

    private static SessionView session(long id, Optional<String> tag) {
        return session(id, new RelayId(1), tag);
    }

    private static SessionView session(long id, RelayId relay, Optional<String> tag) {
        return new SessionView(id, relay, "www", new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000),
                Optional.empty(), false, Duration.ofSeconds(3), Duration.ofMillis(1999), tag);
    }

    @Test
    void tagsAreNumberedInTheOrderOfTheRules() throws Exception {
        List<SessionRow> rows = SessionRows.of(List.of(session(3, Optional.of("gone")), session(2,
                Optional.of("second")), session(1, Optional.empty())), plan(), 77);
        assertEquals(List.of(Optional.empty(), Optional.of(new SessionTag.Tag(3, "second")),
                Optional.of(new SessionTag.Tag(0, "gone"))), rows.stream().map(SessionRow::tag).toList());
        assertEquals(new SessionRow(1, 1, "127.0.0.1:4000", ":0", false, 3, 1, 1, "www", 77,
                Optional.empty()), rows.getFirst());
    }

    @Test
    void relaysWithActionsShowMarksBesideRelaysWithTags() throws Exception {
        Plan mixed = plan("""
                http protocol o {
                        header mark "A" with 7
                }
                http protocol n {
                        match request tag first
                }
                relay o {
                        listen on 127.0.0.1 port 8080
                        protocol o
                        forward to 127.0.0.1 port 80
                }
                relay n {
                        listen on 127.0.0.1 port 8081
                        protocol n
                        forward to 127.0.0.1 port 80
                }
                """);
        List<RelayId> ids = mixed.relays().paths().stream().map(RelayPath::id).toList();
        List<SessionRow> rows = SessionRows.of(List.of(session(1, ids.get(0), Optional.of("7")),
                session(2, ids.get(1), Optional.of("first")), session(3, ids.get(0), Optional.of("first"))), mixed, 77);
        assertEquals(List.of(Optional.of(new SessionTag.Mark(7)), Optional.of(new SessionTag.Tag(1, "first")),
                Optional.of(new SessionTag.Tag(1, "first"))), rows.stream().map(SessionRow::tag).toList());
    }
}
