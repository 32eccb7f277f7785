package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.ir.config.TableId;
import org.relayd.ir.plan.HealthPlan.Proxied;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.main.environment.SystemEnvironment;

/** Which hosts get a PROXY protocol header in front of their checks. */
class ProxiedChecksTest {
    @TempDir
    private Path folder;

    private List<Proxied> proxied(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("relayd.conf"), text);
        return RelaydCompiler.compile(file.toString(), CompilerOptions.defaults(),
                new SystemEnvironment(OperatingSystem.ofThisMachine())).plan(new BackEnd.None()).orElseThrow().health()
                .proxied();
    }

    private static String relay(String name, int port, String proxy) {
        return "relay " + name + " { listen on 127.0.0.1 port " + port
                + "\nforward to <a> port 80 timeout 100 check tcp "
                + proxy + "\n}\n";
    }

    @Test
    void oneRelayThatSendsTheHeaderIsEnoughAndTheFirstVersionCounts() throws Exception {
        String table = "table <a> { 10.0.0.1 }\n";
        assertEquals(List.of(), proxied(table + relay("r", 8080, "")));
        assertEquals(List.of(new Proxied(new TableId(1), ProxyProtocol.V2)),
                proxied(table + relay("r", 8080, "") + relay("s", 8081, "proxy-protocol v2")
                        + relay("t", 8082, "proxy-protocol v1")));
    }

    @Test
    void itBelongsToAllTablesOfTheRelay() throws Exception {
        assertEquals(List.of(new Proxied(new TableId(1), ProxyProtocol.V1),
                new Proxied(new TableId(2), ProxyProtocol.V1)), proxied("""
                        table <a> { 10.0.0.1 }
                        table <b> { 10.0.0.2 }
                        table <c> { 10.0.0.3 }
                        relay r {
                                listen on 127.0.0.1 port 8080
                                forward to <a> port 80 check tcp proxy-protocol v1
                                forward to <b> port 80 check tcp
                        }
                        relay s {
                                listen on 127.0.0.1 port 8081
                                forward to <c> port 80 check tcp
                        }
                        """));
    }
}
