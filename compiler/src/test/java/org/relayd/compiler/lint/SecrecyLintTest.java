package org.relayd.compiler.lint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.report.DiagnosticPrinter;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.net.IpAddress;

class SecrecyLintTest {

    @Test
    void keyThatOthersCanReadIsNamedWithItsMode() {
        String text = """
                relay "www" {
                	listen on 127.0.0.1 port 8443 tls
                	forward to 192.0.2.1 port 80
                }
                """;
        assertEquals(
                List.of("f:2: warning: /etc/ssl/private/127.0.0.1.key can be read by others (mode 0644)"),
                exposed(text, Map.of("/etc/ssl/private/127.0.0.1.key", "0644")));
        assertEquals(List.of(), exposed(text, Map.of("/etc/ssl/127.0.0.1.crt", "0644", "f", "0644")));
    }

    @Test
    void configurationWithAPasswordIsASecretToo() {
        String text = """
                protocol "web" {
                	tls ca key "/etc/ssl/private/ca.key" password "humppa"
                }
                relay "www" {
                	listen on 127.0.0.1 port 8080
                	protocol "web"
                	forward to 192.0.2.1 port 80
                }
                """;
        assertEquals(List.of("f:2: warning: f can be read by others (mode 0604)",
                "f:2: warning: /etc/ssl/private/ca.key can be read by others (mode 0640)"),
                exposed(text, Map.of("/etc/ssl/private/ca.key", "0640", "f", "0604")));
    }

    private static List<String> exposed(String text, Map<String, String> modes) {
        Map<String, Optional<String>> files = Map.of("/etc/ssl/127.0.0.1.crt", Optional.empty(),
                "/etc/ssl/private/127.0.0.1.key", Optional.empty(), "/etc/ssl/private/ca.key", Optional.empty());
        Environment machine = new FileEnvironment(
                new Description(Map.of(), new LinkedHashMap<>(), Map.of(), Optional.of(files)),
                _ -> text.getBytes(UTF_8));
        return RelaydCompiler
                .compile("f", CompilerOptions.defaults(), new OpenFiles(machine, modes))
                .diagnostics().stream().filter(each -> each.code() == AdviceCode.EXPOSED_SECRET)
                .map(DiagnosticPrinter::firstLine).toList();
    }

    /** A machine of which the modes of some files are known. */
    private record OpenFiles(Environment machine, Map<String, String> modes) implements Environment {
        @Override
        public byte[] read(String path) throws IOException {
            return machine.read(path);
        }

        @Override
        public byte[] credentials(String path) throws IOException {
            return machine.credentials(path);
        }

        @Override
        public FileState state(String path) {
            return machine.state(path);
        }

        @Override
        public Optional<String> openMode(String path) {
            return Optional.ofNullable(modes.get(path));
        }

        @Override
        public List<IpAddress> resolve(String name) {
            return machine.resolve(name);
        }

        @Override
        public Optional<List<IpAddress>> interfaceAddresses(String name) {
            return machine.interfaceAddresses(name);
        }

        @Override
        public List<String> interfaces() {
            return machine.interfaces();
        }

        @Override
        public Optional<List<String>> groupMembers(String group) {
            return machine.groupMembers(group);
        }

        @Override
        public OptionalInt interfaceIndex(String name) {
            return machine.interfaceIndex(name);
        }

        @Override
        public OptionalInt service(String name, String transport) {
            return machine.service(name, transport);
        }

        @Override
        public Set<String> services() {
            return machine.services();
        }

        @Override
        public boolean isIpProtocol(String name) {
            return machine.isIpProtocol(name);
        }

        @Override
        public boolean isDemotionGroup(String name) {
            return machine.isDemotionGroup(name);
        }

        @Override
        public int routingDomain() {
            return machine.routingDomain();
        }

        @Override
        public Optional<Instant> time() {
            return machine.time();
        }
    }
}
