package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.main.ProgramWords.Option;

/** What bash completes, asked of bash itself; both scripts against the programs' own tables. */
class CompletionsTest {
    /** Words before the cursor, the last one perhaps empty, and what may come. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"relayd|--back,--backend", "relayd|--backend|n,nftables none",
            "relayd|-W|,error", "relayd|--drain|,\"\"",
            "relayctl|,doctor monitor show load poll reload stop redirect table host log",
            "relayctl|show|r,redirects relays routers", "relayctl|-s|/run/x|table|,disable enable",
            "relayctl|host|enable|,\"\"", "relayctl|--j,--json", "relayctl|--color|=,auto always never",
            "relayctl|show|--color|=|a,auto always", "relayd-compile|f,fmt",
            "relayd-compile|--emit|pf,pf pf-load pf-freebsd", "relayd-compile|explain-code|E0201,E0201"})
    void bashCompletes(String words, String expected) throws Exception {
        List<String> written = Arrays.asList(words.split("\\|", -1));
        ShellWords program = program(written.getFirst());
        String script = Completions.bash(program) + "COMP_WORDS=(" + written.stream()
                .map(word -> "'" + word + "'").collect(Collectors.joining(" ")) + ") COMP_CWORD=" + (written.size() - 1)
                + "\n" + "_" + program.name().replace('-', '_') + "\necho \"${COMPREPLY[*]}\"\n";
        assertEquals(expected, bash(script).strip());
    }

    @Test
    void everyOptionIsInBothScripts() {
        for (ShellWords program : ShellWords.all()) {
            for (Option option : program.options()) {
                Stream.of(Completions.bash(program), Completions.zsh(program))
                        .forEach(script -> assertTrue(Arrays.asList(script.split("[\\s')]+")).contains(option.name()),
                                () -> program.name() + " " + option.name()));
            }
        }
    }

    private static ShellWords program(String name) {
        return ShellWords.all().stream().filter(program -> program.name().equals(name)).findFirst().orElseThrow();
    }

    private static String bash(String script) throws Exception {
        Process bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), answer);
        return answer;
    }
}
