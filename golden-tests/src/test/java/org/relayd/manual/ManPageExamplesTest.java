package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.compiler.CanonicalConfig;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.environment.EnvironmentFile;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.ir.diagnostic.Diagnostic;

/** The whole files that relayd.conf(5) shows are accepted; its fragments are announced as such. */
class ManPageExamplesTest {
    private static final Path EXAMPLES = Path.of("").toAbsolutePath().getParent().resolve("examples");

    static List<ManualPage.Block> wholeFiles() throws IOException {
        return ManualPage.read("relayd.conf.5").examples().stream().filter(block -> block.kind().equals("whole"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wholeFiles")
    void wholeFileIsAccepted(ManualPage.Block block) throws Exception {
        Description machine = EnvironmentFile.read(Files.readString(EXAMPLES.resolve("environment.json")));
        FileEnvironment environment = environment(machine, block);
        Compilation compilation = compile(environment);
        assertEquals(List.of(),
                compilation.diagnostics().stream().filter(Diagnostic::isError).map(Diagnostic::message).toList());
        assertTrue(compilation.isAccepted());
        assertEquals(List.of(), CanonicalConfig.print(compilation.config().orElseThrow(), environment).refusals(),
                "written anew in the current dialect");
    }

    @ParameterizedTest
    @MethodSource("wholeFiles")
    void wholeFileIsAcceptedWhenItsCertificatesAreThere(ManualPage.Block block) throws Exception {
        Description machine = EnvironmentFile.read(Files.readString(EXAMPLES.resolve("environment.json")));
        Compilation without = compile(environment(machine, block));
        Compilation with = compile(
                environment(CertificatesOfExamples.on(machine, without.config().orElseThrow()), block));
        assertEquals(without.diagnostics(), with.diagnostics());
        assertEquals(without.config(), with.config());
    }

    /** Tests of the daemon run those files as they are. */
    @ParameterizedTest
    @MethodSource("wholeFiles")
    void wholeFileThatSpeaksTlsIsOneOfTheExamples(ManualPage.Block block) throws IOException {
        if (block.text().lines().noneMatch(line -> line.matches("\\s*listen on .* (tls|ssl)"))) {
            return;
        }
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertTrue(files.filter(Files::isRegularFile).anyMatch(file -> block.text().equals(withoutComments(file))),
                    block.text());
        }
    }

    private static String withoutComments(Path file) {
        try {
            return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#"))
                    .map(line -> line + "\n").collect(Collectors.joining());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Compilation compile(FileEnvironment environment) {
        return RelaydCompiler.compile("relayd.conf", CompilerOptions.defaults(), environment);
    }

    private static FileEnvironment environment(Description machine, ManualPage.Block block) {
        return new FileEnvironment(machine, name -> {
            if (name.equals("relayd.conf")) {
                return block.text().getBytes(StandardCharsets.UTF_8);
            }
            throw new NoSuchFileException(name);
        });
    }
}
