package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.compiler.CanonicalConfig;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.environment.EnvironmentFile;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.print.ModelPrinter;
import org.relayd.compiler.report.Silencer;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.repeated.RepeatedCompilation;

/**
 * Every configuration of relayd below {@code examples} is accepted, without a warning, on the machine that
 * {@code examples/environment.json} describes, and on one that has good certificates where it names some.
 */
class ExamplesTest {
    private static final Path FOLDER = Path.of("").toAbsolutePath().getParent().resolve("examples");

    /** Configurations of other programs. */
    private static final List<String> OF_OTHERS = List.of("keepalived.conf", "acme-client.conf");

    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\": ");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .filter(file -> OF_OTHERS.stream().noneMatch(file::endsWith)).sorted().toList();
        }
    }

    @Test
    void thereAreExamplesOfBothDialects() throws IOException {
        assertTrue(examples().stream().anyMatch(file -> file.toString().endsWith("-5.1.conf")));
        assertFalse(examples().stream().allMatch(file -> file.toString().endsWith("-5.1.conf")));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleIsAccepted(Path file) throws Exception {
        FileEnvironment environment = environment(file);
        Compilation compilation = compile(file, environment);
        assertEquals(List.of(), Silencer.filter(compilation.diagnostics()).stream().map(Diagnostic::message).toList());
        assertTrue(compilation.isAccepted());
        assertEquals(List.of(), CanonicalConfig.print(compilation.config().orElseThrow(), environment).refusals(),
                "written anew in the current dialect");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleIsAcceptedWhenItsCertificatesAreThere(Path file) throws Exception {
        CheckedConfig config = compile(file, environment(file)).config().orElseThrow();
        FileEnvironment certified = environment(file,
                CertificatesOfExamples.on(EnvironmentFile.read(Files.readString(FOLDER.resolve("environment.json"))),
                        config));
        Compilation compilation = compile(file, certified);
        RepeatedCompilation.check(file.getFileName().toString(), CompilerOptions.defaults(), certified);
        assertEquals(List.of(), Silencer.filter(compilation.diagnostics()).stream().map(Diagnostic::message).toList());
        assertEquals(Optional.of(config), compilation.config());
    }

    /** The members of the model are those that relayd-compile(1), MODEL, names. */
    @Test
    void everyMemberOfTheModelIsDocumentedAndEveryDocumentedMemberExists() throws Exception {
        Set<String> members = new TreeSet<>();
        for (Path file : examples()) {
            String model = ModelPrinter.print(compile(file, environment(file)).config().orElseThrow());
            MEMBER.matcher(model).results().map(found -> found.group(1)).forEach(members::add);
        }
        Set<String> documented = ManualPage.read("relayd-compile.1").variables("MODEL");
        documented.remove("null");
        assertEquals(documented, members);
    }

    private static FileEnvironment environment(Path file) throws Exception {
        return environment(file, EnvironmentFile.read(Files.readString(FOLDER.resolve("environment.json"))));
    }

    private static FileEnvironment environment(Path file, Description machine) {
        return new FileEnvironment(machine, name -> Files.readAllBytes(file.resolveSibling(name)));
    }

    private static Compilation compile(Path file, FileEnvironment environment) {
        return RelaydCompiler.compile(file.getFileName().toString(), CompilerOptions.defaults(), environment);
    }
}
