package org.relayd.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relayd.ir.control.ControlReply.Checks;
import org.relayd.ir.control.ControlReply.HostRow;
import org.relayd.ir.control.ControlReply.RedirectRow;
import org.relayd.ir.control.ControlReply.RedirectStatus;
import org.relayd.ir.control.ControlReply.RouterRow;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.ir.term.HostState;

/** When states are in colour, and in which. */
class ColourTest {
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String END = "\u001b[0m\n";

    private static Palette auto(boolean terminal, String... variables) {
        Map<String, String> environment = new java.util.HashMap<>(Map.of("TERM", "xterm"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return Colour.AUTO.palette(environment, () -> terminal);
    }

    @Test
    void aTerminalHasColoursAndAPipeHasNot() {
        assertEquals(Palette.COLOURS, auto(true));
        assertEquals(Palette.NONE, auto(false));
        assertEquals(Palette.NONE, auto(true, "TERM", "dumb"));
        assertEquals(Palette.NONE, Colour.AUTO.palette(Map.of(), () -> true), "no TERM");
    }

    @Test
    void theEnvironmentIsHeeded() {
        assertEquals(Palette.NONE, auto(true, "NO_COLOR", "1"));
        assertEquals(Palette.COLOURS, auto(true, "NO_COLOR", ""));
        assertEquals(Palette.NONE, auto(true, "CLICOLOR", "0"));
        assertEquals(Palette.NONE, auto(false, "CLICOLOR", "1"));
        assertEquals(Palette.COLOURS, auto(false, "CLICOLOR_FORCE", "1"));
        assertEquals(Palette.NONE, auto(false, "CLICOLOR_FORCE", "0"));
        assertEquals(Palette.NONE, auto(true, "NO_COLOR", "1", "CLICOLOR_FORCE", "1"));
    }

    @Test
    void theOptionBeatsAll() throws Usage {
        assertEquals(Palette.COLOURS, Colour.ALWAYS.palette(Map.of("NO_COLOR", "1"), () -> false));
        assertEquals(Palette.NONE, Colour.NEVER.palette(Map.of("CLICOLOR_FORCE", "1"), () -> true));
        assertEquals(Colour.NEVER, Options.parse(List.of("show", "summary", "--color=never")).colour());
        assertEquals(Colour.AUTO, Options.parse(List.of()).colour());
        assertThrows(Usage.class, () -> Options.parse(List.of("--color=blue")));
    }

    @Test
    void completionKnowsEachWord() throws Usage {
        List<Colour> offered = new ArrayList<>();
        for (String flag : ControlWords.flags()) {
            Options options = Options.parse(List.of(flag));
            assertEquals(List.of(), options.words());
            if (flag.startsWith("--color=")) {
                offered.add(options.colour());
            }
        }
        assertEquals(List.of(Colour.values()), offered);
    }

    @Test
    void onlyTheLastColumnIsPainted() {
        SummaryText text = new SummaryText(Subject.SUMMARY, Palette.COLOURS);
        String name = "www                     \t       \t";
        assertEquals("1   \tredirect\t" + name + YELLOW + "active (using backup table)" + END,
                text.row(new RedirectRow(1, "www", RedirectStatus.BACKUP, Optional.empty())));
        assertEquals("1   \tredirect\t" + name + RED + "down" + END,
                text.row(new RedirectRow(1, "www", RedirectStatus.DOWN, Optional.empty())));
        assertEquals("1   \ttable   \t" + name + GREEN + "active (2 hosts)" + END,
                text.row(new TableRow(1, "www", true, 2)));
        assertEquals("1   \ttable   \t" + name + RED + "empty" + END, text.row(new TableRow(1, "www", true, 0)));
        assertEquals("1   \trouter  \t" + name + YELLOW + "disabled" + END,
                text.row(new RouterRow(1, "www", false, 0, Optional.empty(), List.of())));
        assertEquals("1   \thost    \t" + name + GREEN + "up" + END, text.row(host(true, HostState.UP)));
        assertEquals("1   \thost    \t" + name + YELLOW + "unknown" + END, text.row(host(true, HostState.UNKNOWN)));
        assertEquals("1   \thost    \t" + name + YELLOW + "disabled" + END, text.row(host(false, HostState.UP)));
    }

    private static HostRow host(boolean enabled, HostState state) {
        return new HostRow(1, "www", Optional.empty(), enabled, state, new Checks(0, 0, 0, "none"));
    }
}
