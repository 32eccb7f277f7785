package org.relayd.main.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.KernelTerms;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.environment.SystemEnvironment;
import org.relayd.main.options.RelaydOptions.BackendOption;

class BackendOptionTest {
    /** Asks nothing of the kernel. */
    private static final String RELAY = "relay r {\n listen on 127.0.0.1 port 80\n forward to 127.0.0.1 port 81\n}\n";

    @TempDir
    private Path folder;

    private static String redirect(String mode) {
        return redirect("www", mode);
    }

    private static String redirect(String name, String mode) {
        return """
                table <web> { 127.0.0.2 }
                redirect %s {
                    listen on 127.0.0.1 port 80
                    forward to <web> mode %s check tcp
                }
                """.formatted(name, mode);
    }

    private KernelTerms terms(OperatingSystem system, BackendOption wish, String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve("relayd.conf"), configuration);
        return RelaydCompiler.compile(file.toString(),
                new CompilerOptions(Optional.empty(), List.of(), ExtensionPolicy.OPT_IN),
                new SystemEnvironment(system)).plan(BackendOption.on(system, wish)).orElseThrow().kernel();
    }

    private List<String> refusals(OperatingSystem system, BackendOption wish, String configuration) throws IOException {
        return terms(system, wish, configuration).refusals();
    }

    private Class<?> image(OperatingSystem system, BackendOption wish) throws IOException {
        return terms(system, wish, RELAY).image().getClass();
    }

    @Test
    void eachSystemHasItsBackEnd() throws IOException {
        for (OperatingSystem system : List.of(OperatingSystem.LINUX, OperatingSystem.OPENBSD,
                OperatingSystem.FREEBSD)) {
            KernelTerms terms = terms(system, new BackendOption.Auto(), redirect("roundrobin"));
            assertEquals(List.of(), terms.refusals());
            assertEquals(List.of(), terms.advice());
        }
        assertEquals(KernelImage.Nftables.class, image(OperatingSystem.LINUX, new BackendOption.Auto()));
        assertEquals(KernelImage.PfOfOpenBsd.class, image(OperatingSystem.OPENBSD, new BackendOption.Auto()));
        assertEquals(KernelImage.PfOfFreeBsd.class, image(OperatingSystem.FREEBSD, new BackendOption.Auto()));
        assertEquals(List.of("not supported yet: redirect \"www\""),
                refusals(OperatingSystem.OTHER, new BackendOption.Auto(), redirect("roundrobin")));
        assertEquals(List.of(), refusals(OperatingSystem.OTHER, new BackendOption.None(), redirect("roundrobin")));
    }

    @Test
    void aBackEndOfAnotherSystemIsRefusedEvenIfNothingIsAskedOfIt() throws IOException {
        List<String> onlyBsd = List.of("back end pf: only OpenBSD and FreeBSD have it");
        List<String> onlyLinux = List.of("back end nftables: only Linux has it");
        assertEquals(onlyBsd, refusals(OperatingSystem.LINUX, new BackendOption.Pf(), RELAY));
        assertEquals(onlyBsd, refusals(OperatingSystem.OTHER, new BackendOption.Pf(), RELAY));
        assertEquals(onlyLinux,
                refusals(OperatingSystem.OPENBSD, new BackendOption.Nftables(), redirect("roundrobin")));
        assertEquals(List.of(), refusals(OperatingSystem.FREEBSD, new BackendOption.Pf(), redirect("roundrobin")));
    }

    @Test
    void whatIsNotCarriedOutIsSaid() throws IOException {
        assertEquals(List.of("redirections and routes are not carried out: back end none"),
                terms(OperatingSystem.LINUX, new BackendOption.None(), redirect("roundrobin")).advice());
        assertEquals(List.of("redirections and routes are only written to calls"),
                terms(OperatingSystem.LINUX, new BackendOption.RecordTo("calls"), redirect("roundrobin")).advice());
        assertEquals(List.of(), terms(OperatingSystem.LINUX, new BackendOption.None(), RELAY).advice());
        assertEquals(List.of(), terms(OperatingSystem.LINUX, new BackendOption.RecordTo("calls"), RELAY).advice());
    }

    @Test
    void aLookUpOnTheLoopbackIsExplainedOnLinux() throws IOException {
        String lookUp = "relay r { listen on %s port 8080\nforward to nat lookup }\n";
        List<String> advice = terms(OperatingSystem.LINUX, new BackendOption.Auto(), lookUp.formatted("127.0.0.1"))
                .advice();
        assertEquals(1, advice.size());
        assertTrue(advice.getFirst().startsWith("relay \"r\": nat lookup on 127.0.0.1 is for connections of this "));
        assertEquals(List.of(),
                terms(OperatingSystem.LINUX, new BackendOption.Auto(), lookUp.formatted("0.0.0.0")).advice());
        assertEquals(List.of(),
                terms(OperatingSystem.OPENBSD, new BackendOption.Auto(), lookUp.formatted("127.0.0.1")).advice());
    }

    @Test
    void whatFreeBsdHasNoWordsForIsRefusedAtTheStart() throws IOException {
        assertEquals(List.of("redirect \"www\" on FreeBSD: tables are only supported in round-robin pools"),
                refusals(OperatingSystem.FREEBSD, new BackendOption.Auto(), redirect("random")));
        assertEquals(List.of(), refusals(OperatingSystem.OPENBSD, new BackendOption.Auto(), redirect("random")));
    }

    @Test
    void pfRefusesANameThatNoTableOfItsCanHave() throws IOException {
        String name = "n".repeat(32);
        String longer = redirect(name, "roundrobin");
        List<String> refused = List.of(
                "not supported by pf: redirect " + name + ": its table has a name of more than 31 bytes");
        assertEquals(refused, refusals(OperatingSystem.OPENBSD, new BackendOption.Auto(), longer));
        assertEquals(refused, refusals(OperatingSystem.FREEBSD, new BackendOption.Auto(), longer));
        assertEquals(List.of(), refusals(OperatingSystem.LINUX, new BackendOption.Auto(), longer));
        assertEquals(List.of(), refusals(OperatingSystem.OPENBSD, new BackendOption.Auto(),
                redirect("n".repeat(31), "roundrobin")));
    }
}
