package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.ir.control.ControlReply.Need;
import org.relayd.ir.control.ControlReply.NeedKind;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.environment.SystemEnvironment;

class NeedsTest {
    @Test
    void theWorkerNeedsFilesAndAParentThatIsAsOld() {
        assertEquals("[open files 4096 of 7, worker 5 of 7]", Needs.ofWorker(7, 5).stream()
                .map(need -> need.kind().word() + " " + need.detail() + " of " + need.pid()).toList().toString());
        assertEquals(List.of(NeedKind.OPEN_FILES), Needs.ofWorker(5, 5).stream().map(Need::kind).toList());
    }

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
                redirect www: passed port tcp 10.0.0.1 80
                redirect www: passed port tcp 2001:db8::1 80
                redirect dsr: privilege CAP_NET_ADMIN
                redirect dsr: packet filter relayd/dsr
                redirect dsr: forwarding inet
                redirect dsr: forwarding inet6
                redirect dsr: routed address 192.0.2.2
                redirect dsr: interface em1
                redirect dsr: passed port tcp 10.0.0.1 80
                redirect dsr: passed port tcp 2001:db8::1 80
                relay plain: address 127.0.0.1
                relay plain: open port tcp 127.0.0.1 8080
                relay seen: privilege CAP_NET_ADMIN
                relay seen: packet filter
                relay seen: any path inet
                relay seen: address 127.0.0.1
                relay seen: open port tcp 127.0.0.1 8081
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
