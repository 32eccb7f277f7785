package org.relayd.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineLogTest {

    @Test
    void linesAreWrittenAsTheyAreAndAtOnce() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LineSink sink = lines -> {
            new StandardErrorSink(bytes).write(lines);
            written.countDown();
        };
        try (LineLog log = new LineLog(sink, false)) {
            log.info("startup");
            assertTrue(written.await(10, TimeUnit.SECONDS));
            assertEquals("startup\n", bytes.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void closingWritesWhatWaitsInOrder() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LineLog log = new LineLog(new StandardErrorSink(bytes), false);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 3 * LineLog.WAITING; i++) {
            log.info("line " + i);
            expected.append("line ").append(i).append('\n');
        }
        log.warn("last");
        log.close();
        assertEquals(expected + "last\n", bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void debugLinesAreMadeOnlyWhenShown() {
        List<LineSink.Line> lines = new ArrayList<>();
        LineLog log = new LineLog(lines::addAll, false);
        log.debug(() -> fail("nobody wants to see this"));
        log.setVerbose(true);
        log.debug(() -> "shown");
        log.setVerbose(false);
        log.debug(() -> fail("nobody wants to see this any more"));
        log.close();
        assertEquals(List.of(new LineSink.Line(Priority.DEBUG, "shown")), lines);
    }

    @Test
    void aBrokenStandardErrorDoesNotStopTheDaemon() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        LineLog log = new LineLog(new StandardErrorSink(broken), false);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 3 * LineLog.WAITING; i++) {
                log.info("line " + i);
            }
            log.close();
        }, "whoever logs waits for a writer that is gone");
    }

    @Test
    void aSinkThatTakesNothingHoldsNobodyUpForLongAndWhatIsLostIsCounted() throws Exception {
        CountDownLatch goesOn = new CountDownLatch(1);
        List<LineSink.Line> written = new ArrayList<>();
        LineLog log = new LineLog(lines -> {
            try {
                goesOn.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            written.addAll(lines);
        }, false);
        int many = 3 * LineLog.WAITING;
        assertTimeoutPreemptively(LineLog.PATIENCE.multipliedBy(10), () -> {
            for (int i = 0; i < many; i++) {
                log.info("line " + i);
            }
        }, "each line waits");
        goesOn.countDown();
        log.close();
        int lost = written.stream().map(LineSink.Line::text).filter(line -> line.startsWith("log: lost "))
                .mapToInt(line -> Integer.parseInt(line.split(" ", -1)[2])).sum();
        assertEquals(many, lost + written.stream().filter(line -> line.text().startsWith("line ")).count());
        assertEquals("line 0", written.getFirst().text());
        assertTrue(lost >= LineLog.WAITING, () -> "lost only " + lost);
    }

    @Test
    void linesOfAnotherProcessAreWrittenAsTheyAre() {
        List<LineSink.Line> lines = new ArrayList<>();
        LineLog log = new LineLog(lines::addAll, false);
        log.pass(new LineSink.Line(Priority.DEBUG, "it was verbose"));
        log.close();
        assertEquals(List.of(new LineSink.Line(Priority.DEBUG, "it was verbose")), lines);
    }
}
