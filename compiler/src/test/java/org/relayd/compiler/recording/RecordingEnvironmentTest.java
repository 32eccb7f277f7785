package org.relayd.compiler.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.environment.Environment.FileState;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.ir.net.IpAddress;

class RecordingEnvironmentTest {
    private static final String SECRET = "-----BEGIN PRIVATE KEY-----";
    private static final List<IpAddress> ADDRESSES = List.of(IpAddress.parse("192.0.2.1").orElseThrow());

    private final AtomicInteger reads = new AtomicInteger();
    private final RecordingEnvironment recorder = new RecordingEnvironment(machine());

    private Environment machine() {
        return new FileEnvironment(new Description(Map.of("www", ADDRESSES), new LinkedHashMap<>(), Map.of(),
                Optional.of(Map.of("key", Optional.of(SECRET))), 3, Optional.of(Instant.EPOCH)), path -> {
                    if (path.equals("missing")) {
                        throw new IOException("No such file or directory");
                    }
                    return (path + " " + reads.incrementAndGet()).getBytes(StandardCharsets.US_ASCII);
                });
    }

    private Environment replayed() {
        return new ReplayedEnvironment(recorder.answers());
    }

    @Test
    void whatWasAskedIsAnsweredAgain() throws IOException {
        byte[] content = recorder.read("file");
        recorder.resolve("www");
        recorder.resolve("nobody");
        recorder.state("key");
        recorder.state("other");
        recorder.service("http", "tcp");
        recorder.services();
        recorder.routingDomain();
        recorder.time();
        Environment again = replayed();
        assertArrayEquals(content, again.read("file"));
        assertEquals(ADDRESSES, again.resolve("www"));
        assertEquals(List.of(), again.resolve("nobody"));
        assertEquals(FileState.READABLE, again.state("key"));
        assertEquals(FileState.UNREADABLE, again.state("other"));
        assertEquals(80, again.service("http", "tcp").orElseThrow());
        assertTrue(again.services().contains("http"));
        assertEquals(3, again.routingDomain());
        assertEquals(Optional.of(Instant.EPOCH), again.time());
    }

    @Test
    void aFileThatChangesIsReadOnce() throws IOException {
        assertArrayEquals(recorder.read("file"), recorder.read("file"));
        assertEquals(1, reads.get());
    }

    @Test
    void refusalsAreInTheSameWords() {
        String reason = assertThrows(IOException.class, () -> recorder.read("missing")).getMessage();
        assertEquals(reason, assertThrows(IOException.class, () -> replayed().read("missing")).getMessage());
    }

    @Test
    void contentOfCredentialsIsNotRecorded() throws IOException {
        assertEquals(SECRET, new String(recorder.credentials("key"), StandardCharsets.US_ASCII));
        Answers answers = recorder.answers();
        for (Question<?> question : answers.questions()) {
            assertFalse(answers.answer(question).toString().contains("PRIVATE"));
        }
        assertThrows(IOException.class, () -> replayed().credentials("key"));
    }

    @Test
    void octetsOfAnyKindAreKept() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertArrayEquals(all, Content.Octets.of(all).toArray());
    }

    @Test
    void questionsThatWereNotAskedAreFaults() {
        recorder.resolve("www");
        Environment again = replayed();
        assertTrue(assertThrows(IllegalStateException.class, () -> again.resolve("other")).getMessage()
                .contains("Resolve[name=other]"));
        assertThrows(IllegalStateException.class, () -> again.read("www"));
        assertThrows(IllegalStateException.class, () -> again.credentials("www"));
        assertThrows(IllegalStateException.class, () -> again.state("www"));
        assertThrows(IllegalStateException.class, () -> again.openMode("www"));
        assertThrows(IllegalStateException.class, () -> again.interfaceAddresses("www"));
        assertThrows(IllegalStateException.class, again::interfaces);
        assertThrows(IllegalStateException.class, () -> again.groupMembers("www"));
        assertThrows(IllegalStateException.class, () -> again.interfaceIndex("www"));
        assertThrows(IllegalStateException.class, () -> again.service("www", "tcp"));
        assertThrows(IllegalStateException.class, again::services);
        assertThrows(IllegalStateException.class, () -> again.isIpProtocol("www"));
        assertThrows(IllegalStateException.class, () -> again.isDemotionGroup("www"));
        assertThrows(IllegalStateException.class, again::routingDomain);
        assertThrows(IllegalStateException.class, again::time);
    }
}
