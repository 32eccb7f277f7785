package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --help} prints and what the manual says: the same options, the same commands. */
class HelpDocTest {
    private static final Pattern OPTION = Pattern.compile("(?<![\\w|-])--?([a-zA-Z][a-z-]*)");
    private static final Set<String> OF_EVERY_PROGRAM = Set.of("--help", "--version");
    private static final String RELAYCTL = "org.relayd.ctl.RelayctlMain";

    @ParameterizedTest
    @CsvSource({"relayd.8, org.relayd.main.RelaydMain", "relayctl.8, " + RELAYCTL,
            "relayd-compile.1, org.relayd.main.CompileMain"})
    void optionsAreThoseOfTheManual(String page, String program) throws Exception {
        Set<String> offered = new TreeSet<>(OF_EVERY_PROGRAM);
        OPTION.matcher(help(program)).results().map(option -> option.group()).flatMap(HelpDocTest::flags)
                .forEach(offered::add);
        assertEquals(ManualPage.read(page).options(), offered);
    }

    /** {@code -dnv} of a usage line are three flags. */
    private static Stream<String> flags(String option) {
        return option.startsWith("--") ? Stream.of(option) : option.chars().skip(1).mapToObj(flag -> "-" + (char) flag);
    }

    @Test
    void commandsAreThoseOfTheManual() throws Exception {
        Set<String> offered = new TreeSet<>();
        help(RELAYCTL).lines().dropWhile(line -> !line.equals("commands:")).filter(line -> line.startsWith("  "))
                .map(line -> line.strip().replaceFirst(" *<.*", "").split(" ", -1))
                .flatMap(words -> words.length == 1 ? Stream.of(words[0])
                        : Stream.of(words[1].split("\\|", -1)).map(word -> words[0] + " " + word))
                .forEach(offered::add);
        assertEquals(ManualPage.read("relayctl.8").commands("DESCRIPTION"), offered);
    }

    private static String help(String program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), program, "--help").redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
