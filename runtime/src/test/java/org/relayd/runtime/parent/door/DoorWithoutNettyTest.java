package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.parent.local.JavaWithoutNetty;

/** The process that has the rights serves a worker without a class of Netty. */
@EnabledOnOs(OS.LINUX)
class DoorWithoutNettyTest {
    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void aWorkerIsServedWithoutNetty() throws Exception {
        assertEquals(List.of("Done", "Socket", "Refused", "Socket", "EchoSocket", "Ended", "NamedSocket", "OpenedLog",
                "OpenedLog", "Done", "Key", "Done", "Changes", "Done", "Done", "PlanRefused",
                "worker asked for what the configuration does not say: listen 127.0.0.1 port 25", "done"),
                withoutTheQuestionOfTheTest(JavaWithoutNetty.run(DoorWithoutNetty.class, folder.toString())));
    }

    private static List<String> withoutTheQuestionOfTheTest(List<String> lines) {
        return lines.stream().filter(line -> !line.contains("removal of control socket nothing")).toList();
    }
}
