package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.relay.http.head.MessageLimit;

/** The limits that relayd.conf(5), http headerlen, lists are those that logs and pages name. */
class LimitDocTest {
    @Test
    void everyLimitIsListedWhereHeaderlenIs() throws IOException {
        List<String> listed = ManualPage.read("relayd.conf.5").lines().stream()
                .dropWhile(line -> !line.startsWith(".It Ic headerlen ")).skip(1)
                .takeWhile(line -> !line.startsWith(".It Oo Ic no Oc Ic websockets"))
                .filter(line -> line.startsWith(".It ")).map(line -> line.substring(4)).toList();
        assertEquals(Stream.of(MessageLimit.values()).map(MessageLimit::text).toList(), listed);
    }
}
