package org.relayd.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrefixedLinesTest {
    private final List<LineSink.Line> lines = new ArrayList<>();
    private final PrefixedLines reader = new PrefixedLines(lines::add);

    private void take(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        reader.take(octets, octets.length);
    }

    private static LineSink.Line line(Priority priority, String text) {
        return new LineSink.Line(priority, text);
    }

    @Test
    void whatTheOtherEndWritesComesOut() {
        List<LineSink.Line> written = List.of(line(Priority.INFO, "startup"), line(Priority.ERROR, "host ü: <6> gone"),
                line(Priority.DEBUG, ""));
        new PrefixedSink(new OutputStream() {
            @Override
            public void write(int octet) {
                reader.take(new byte[]{(byte) octet}, 1);
            }
        }).write(written);
        assertEquals(written, lines);
    }

    @Test
    void aLineComesWhenItIsComplete() {
        take("<6>half");
        assertEquals(List.of(), lines);
        take(" and half\n<7>rest");
        assertEquals(List.of(line(Priority.INFO, "half and half")), lines);
        reader.end();
        assertEquals(line(Priority.DEBUG, "rest"), lines.getLast());
        reader.end();
        assertEquals(2, lines.size());
    }

    @Test
    void aLineWithoutAPriorityIsAnError() {
        take("# A fatal error has been detected\n<9>x\n<6\n<>6>\n<0>down\n<4>odd\n<5>known\n");
        assertEquals(List.of(line(Priority.ERROR, "# A fatal error has been detected"), line(Priority.ERROR, "<9>x"),
                line(Priority.ERROR, "<6"), line(Priority.ERROR, "<>6>"), line(Priority.ERROR, "down"),
                line(Priority.ERROR, "odd"), line(Priority.INFO, "known")), lines);
    }

    @Test
    void aLineWithoutAnEndIsCutAndTakesNoMoreMemory() {
        take("<7>" + "x".repeat(2 * PrefixedLines.LONGEST) + "\n<6>next\n");
        assertEquals(List.of(PrefixedLines.LONGEST - 3, PrefixedLines.LONGEST, 3, 4),
                lines.stream().map(one -> one.text().length()).toList());
        assertEquals(List.of(Priority.DEBUG, Priority.DEBUG, Priority.DEBUG, Priority.INFO),
                lines.stream().map(LineSink.Line::priority).toList());
    }

    @Test
    void aTerminalIsToldNothing() {
        take("<6>\tone\u001b[2J\u0007two\rthree\u009b31m\u0000\n");
        assertEquals(List.of(line(Priority.INFO, "\tone?[2J?two?three?31m?")), lines);
    }
}
