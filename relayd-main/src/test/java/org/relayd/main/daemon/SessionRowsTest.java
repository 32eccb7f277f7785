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
import org.relayd.ir.config.RelayId;
import org.relayd.ir.control.ControlReply.SessionRow;
import org.relayd.ir.control.ControlReply.SessionTag;
import org.relayd.ir.plan.Plan;
import org.relayd.main.SystemEnvironment;
import org.relayd.runtime.relay.SessionView;

/** The rows of {@code show sessions}. relayctl(8): OUTPUT. */
class SessionRowsTest {
    @TempDir
    private Path folder;

    private Plan plan() throws Exception {
        Path file = folder.resolve("relayd.conf");
        Files.writeString(file, """
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
        return RelaydCompiler
                .compile(file.toString(), CompilerOptions.defaults(), new SystemEnvironment())
                .plan().orElseThrow();
    }

    private static SessionView session(long id, Optional<String> tag) {
        return new SessionView(id, new RelayId(1), new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000),
                Optional.empty(), false, Duration.ofSeconds(3), Duration.ofMillis(1999), tag);
    }

    @Test
    void tagsAreNumberedInTheOrderOfTheRules() throws Exception {
        List<SessionRow> rows = SessionRows.of(List.of(session(3, Optional.of("gone")), session(2,
                Optional.of("second")), session(1, Optional.empty())), plan());
        assertEquals(List.of(Optional.empty(), Optional.of(new SessionTag.Tag(3, "second")),
                Optional.of(new SessionTag.Tag(0, "gone"))), rows.stream().map(SessionRow::tag).toList());
        assertEquals(new SessionRow(1, 1, "127.0.0.1:4000", ":0", false, 3, 1, 1, ProcessHandle.current().pid(),
                Optional.empty()), rows.getFirst());
    }
}
