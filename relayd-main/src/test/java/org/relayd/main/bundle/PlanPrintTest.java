package org.relayd.main.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.ir.net.IpAddress;

class PlanPrintTest {
    private static final String TEXT = """
            socket "/run/relayd.sock"
            table <one> { 192.0.2.1 192.0.2.2 }
            table <two> { www }
            redirect red { listen on 192.0.2.9 port 80
             forward to <one> check icmp
             forward to <two> check icmp }
            http protocol secure { tls keypair www.example.com }
            relay smart { listen on 192.0.2.9 port 443 tls
             protocol secure
             forward to <two> port 8080 }
            router out { route 198.51.100.0/24
             forward to <one> check icmp
             rtable 5 }
            """;

    private static PlanPrint print(String text, String address) {
        return PlanPrint.of(RelaydCompiler.compile("relayd.conf", CompilerOptions.defaults(), new FileEnvironment(
                new Description(Map.of("www", List.of(IpAddress.parse(address).orElseThrow())),
                        new LinkedHashMap<>(), Map.of(), Optional.empty()),
                _ -> text.getBytes(StandardCharsets.UTF_8))).plan(new BackEnd.None()).orElseThrow());
    }

    private static PlanPrint print(String text) {
        return print(text, "192.0.2.7");
    }

    @Test
    void theSameAgain() {
        assertEquals(print(TEXT), print("# comment\n" + TEXT));
    }

    @Test
    void whatDnsHasSaid() {
        assertNotEquals(print(TEXT), print(TEXT, "192.0.2.8"));
    }

    @ParameterizedTest
    @CsvSource({"relayd.sock, other.sock", "192.0.2.2, 192.0.2.3", "one, three", "redirect red, redirect blue",
            "port 80, port 81",
            "www.example.com, other.example.com", "smart, clever", "port 443, port 444", "to <two> port, to <one> port",
            "port 8080, port 8081", "192.0.2.9 port 443, 192.0.2.8 port 443", "router out, router in",
            "198.51.100.0, 198.51.101.0",
            "rtable 5, rtable 6", "192.0.2.1 192.0.2.2, 192.0.2.2 192.0.2.1"})
    void whatIsChanged(String from, String to) {
        assertNotEquals(print(TEXT), print(TEXT.replace(from, to)));
    }
}
