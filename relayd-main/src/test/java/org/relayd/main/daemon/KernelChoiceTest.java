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
import org.relayd.ir.plan.Plan;
import org.relayd.main.daemon.KernelChoice.Host;
import org.relayd.main.environment.SystemEnvironment;
import org.relayd.main.options.RelaydOptions.Backend;

class KernelChoiceTest {
    @TempDir
    private Path folder;

    private Plan plan(String mode) throws IOException {
        return plan("www", mode);
    }

    private Plan plan(String name, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("relayd.conf"), """
                table <web> { 127.0.0.2 }
                redirect %s {
                    listen on 127.0.0.1 port 80
                    forward to <web> mode %s check tcp
                }
                """.formatted(name, mode));
        return RelaydCompiler.compile(file.toString(), CompilerOptions.defaults(),
                new SystemEnvironment()).plan().orElseThrow();
    }

    private static List<String> refusals(Host host, Backend backend, Plan plan) {
        return new KernelChoice(host).refusals(backend, plan);
    }

    @Test
    void eachSystemHasItsBackEnd() throws IOException {
        Plan plan = plan("roundrobin");
        for (Host host : List.of(Host.LINUX, Host.OPENBSD, Host.FREEBSD)) {
            assertEquals(List.of(), refusals(host, new Backend.Auto(), plan));
            assertEquals(List.of(), new KernelChoice(host).advice(new Backend.Auto(), plan));
        }
        assertEquals(List.of("not supported yet: redirect \"www\""), refusals(Host.OTHER, new Backend.Auto(), plan));
        assertEquals(List.of(), refusals(Host.OTHER, new Backend.None(), plan));
    }

    @Test
    void aBackEndOfAnotherSystemIsRefused() throws IOException {
        Plan plan = plan("roundrobin");
        assertEquals(List.of("back end pf: only OpenBSD and FreeBSD have it"),
                refusals(Host.LINUX, new Backend.Pf(), plan));
        assertEquals(List.of("back end nftables: only Linux has it"),
                refusals(Host.OPENBSD, new Backend.Nftables(), plan));
        assertEquals(List.of(), refusals(Host.FREEBSD, new Backend.Pf(), plan));
    }

    @Test
    void whatFreeBsdHasNoWordsForIsRefusedAtTheStart() throws IOException {
        Plan plan = plan("random");
        assertEquals(List.of("redirect \"www\" on FreeBSD: tables are only supported in round-robin pools"),
                refusals(Host.FREEBSD, new Backend.Auto(), plan));
        assertEquals(List.of(), refusals(Host.OPENBSD, new Backend.Auto(), plan));
    }

    @Test
    void pfRefusesANameThatNoTableOfItsCanHave() throws IOException {
        String name = "n".repeat(32);
        Plan plan = plan(name, "roundrobin");
        List<String> refused = List.of(
                "not supported by pf: redirect " + name + ": its table has a name of more than 31 bytes");
        assertEquals(refused, refusals(Host.OPENBSD, new Backend.Auto(), plan));
        assertEquals(refused, refusals(Host.FREEBSD, new Backend.Auto(), plan));
        assertEquals(List.of(), refusals(Host.LINUX, new Backend.Auto(), plan));
        assertEquals(List.of(), refusals(Host.OPENBSD, new Backend.Auto(), plan("n".repeat(31), "roundrobin")));
    }
}
