package org.relayd.runtime.platform.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.log.LineSink;
import org.relayd.runtime.log.Priority;

/** In a process of its own, because syslog(3) writes to the real standard error. */
class SyslogSinkTest {
    /** LOG_PID and LOG_PERROR of syslog(3). */
    private static final int PID = 0x01;
    private static final int STANDARD_ERROR = 0x20;

    /** Writes two entries. */
    public static void main(String[] arguments) {
        new SyslogSink(PID | STANDARD_ERROR).write(List.of(new LineSink.Line(Priority.INFO, "startup"),
                new LineSink.Line(Priority.ERROR, "100%s of\nit")));
    }

    @Test
    void linesAreEntriesWithNameAndProcess() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                SyslogSinkTest.class.getName()).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        String written = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(true, process.waitFor(60, TimeUnit.SECONDS));
        String head = "relayd[" + process.pid() + "]: ";
        assertEquals(List.of(head + "startup", head + "100%s of", head + "it"), written.lines().toList());
    }
}
