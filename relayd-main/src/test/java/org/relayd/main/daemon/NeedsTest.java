package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.environment.SystemEnvironment;

class NeedsTest {
    @TempDir
    private Path folder;

    @Test
    void eachServiceNeedsWhatItUses() throws IOException {
        Path file = Files.writeString(folder.resolve("relayd.conf"), """
                table <web> { 10.0.0.1 2001:db8::1 }
                table <gw> { 10.0.1.1 }
                redirect www {
                    listen on 192.0.2.1 port 80 interface em0
                    forward to <web> check icmp
                }
                redirect dsr {
                    listen on 192.0.2.2 port 80
                    route to <web> port 80 check icmp interface em1
                }
                relay plain { listen on 127.0.0.1 port 8080
                    forward to 10.0.0.9 port 80 }
                relay seen { listen on 127.0.0.1 port 8081
                    transparent forward to 10.0.0.9 port 80 }
                relay any { listen on 127.0.0.1 port 8082
                    forward to destination }
                router uplinks { route 203.0.113.0/24
                    forward to <gw> check icmp }
                """);
        var plan = RelaydCompiler.compile(file.toString(), CompilerOptions.defaults(),
                new SystemEnvironment(OperatingSystem.ofThisMachine())).plan(new BackEnd.None()).orElseThrow();
        assertEquals("""
                redirect www: privilege CAP_NET_ADMIN
                redirect www: packet filter relayd/www
                redirect www: forwarding inet
                redirect www: forwarding inet6
                redirect www: routed address 192.0.2.1
                redirect www: interface em0
                redirect dsr: privilege CAP_NET_ADMIN
                redirect dsr: packet filter relayd/dsr
                redirect dsr: forwarding inet
                redirect dsr: forwarding inet6
                redirect dsr: routed address 192.0.2.2
                redirect dsr: interface em1
                relay plain: address 127.0.0.1
                relay seen: privilege CAP_NET_ADMIN
                relay seen: packet filter
                relay seen: any path inet
                relay seen: address 127.0.0.1
                relay any: privilege CAP_NET_ADMIN
                relay any: packet filter
                relay any: any path inet
                router uplinks: privilege CAP_NET_ADMIN
                router uplinks: forwarding inet
                """, String.join("", Needs.of(plan, 1).stream().map(
                need -> (need.service() + ": " + need.kind().word() + " " + need.detail()).strip() + "\n")
                .toList()));
    }
}
