package org.relayd.runtime.parent.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.parent.door.PlanAuthority;
import org.relayd.runtime.parent.door.Given;
import org.relayd.runtime.parent.keystream.SignatureAnswer;
import org.relayd.runtime.parent.keystream.SignatureRequest;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyForm;
import org.relayd.runtime.tls.libcrypto.LibCrypto;

class KeyKeeperTest {
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");
    private static final TestCertificates WWW = ROOT.leaf("www.example.com");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] CONTENT = Arrays.copyOf((" ".repeat(64) + "TLS 1.3, server CertificateVerify\0")
            .getBytes(StandardCharsets.US_ASCII), 130);

    private final Set<PlanAuthority> authorities = new HashSet<>();
    private final RecordedLog log = new RecordedLog(false);
    private final AtomicLong now = new AtomicLong();
    private final MemoryStream stream = new MemoryStream();
    private KeyKeeper desk = desk(LibCrypto.load());

    @TempDir
    Path folder;

    private KeyKeeper desk(LibCrypto.Availability library) {
        return new KeyKeeper(() -> new StreamSocket.Pair(stream, 77), log, () -> now.getAndAdd(2_000_000_000L),
                () -> library);
    }

    /** A stream whose other end is the test. */
    private static final class MemoryStream implements StreamSocket {
        /** What is read when it has ended. */
        private static final byte[] END = {};
        final BlockingQueue<byte[]> incoming = new LinkedBlockingQueue<>();
        final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
        volatile boolean closed;

        @Override
        public int read(ByteBuffer into) throws IOException {
            try {
                byte[] next = incoming.take();
                into.put(next);
                return next.length == 0 ? -1 : next.length;
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        }

        @Override
        public void write(ByteBuffer from) {
            byte[] octets = new byte[from.remaining()];
            from.get(octets);
            outgoing.add(octets);
        }

        @Override
        public void close() {
            closed = true;
            incoming.add(END);
        }
    }

    @BeforeEach
    void install() throws IOException {
        Files.writeString(folder.resolve("www.crt"), WWW.chainPem());
        Files.writeString(folder.resolve("www.key"), WWW.keyPem());
        Files.writeString(folder.resolve("ca.crt"), ROOT.certificatePem());
        Files.writeString(folder.resolve("ca.key"), ROOT.keyPem(TestCertificates.KeyForm.ENCRYPTED_PKCS8));
        authorities.add(new PlanAuthority(file("ca.key"), file("ca.crt"), TestCertificates.PASSWORD));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static OctetString der(TestCertificates certificates) throws Exception {
        return new OctetString(certificates.certificate().getEncoded());
    }

    private int open(String name, TestCertificates fits) throws Exception {
        return ((Reply.Key) desk.answer(new Request.OpenKey(file(name), der(fits)), authorities).reply()).number();
    }

    private int openAuthority() throws Exception {
        return ((Reply.Key) desk.answer(new Request.OpenAuthority(file("ca.key"), der(ROOT)), authorities).reply())
                .number();
    }

    private void assertRefused(String why, Request.OfKeys request) {
        assertEquals(why, assertThrows(IOException.class, () -> desk.answer(request, authorities)).getMessage());
    }

    private String lastLine() {
        return log.lines().getLast();
    }

    private ByteBuffer answers() throws InterruptedException {
        return ByteBuffer.wrap(Optional.ofNullable(stream.outgoing.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError(log.lines().toString())));
    }

    private static void put(ByteBuffer to, int id, int key, int scheme, byte[] content) {
        assertTrue(new SignatureRequest(id, key, scheme, content).write(to));
    }

    /** Returns what has been put into a buffer. */
    private static byte[] octets(ByteBuffer written) {
        byte[] octets = new byte[written.position()];
        written.get(0, octets);
        return octets;
    }

    private void send(ByteBuffer requests) {
        stream.incoming.add(octets(requests));
    }

    private Optional<byte[]> signature(int key, int scheme, byte[] content) throws Exception {
        ByteBuffer requests = ByteBuffer.allocate(1024);
        put(requests, 5, key, scheme, content);
        send(requests);
        SignatureAnswer answer = SignatureAnswer.read(answers()).orElseThrow();
        assertEquals(5, answer.id());
        return answer.signature();
    }

    private void openStream() throws IOException {
        Given given = desk.answer(new Request.OpenKeyStream(), authorities);
        assertEquals(new Reply.Socket(), given.reply());
        assertEquals(77, given.descriptor().orElseThrow());
    }

    private static void assertGood(TestCertificates signer, byte[] content, byte[] signature) throws Exception {
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(signer.certificate().getPublicKey());
        verifier.update(content);
        assertTrue(verifier.verify(signature));
    }

    @Test
    void filesAreRead() throws Exception {
        Reply.Octets read = assertInstanceOf(Reply.Octets.class,
                desk.answer(new Request.ReadPublic(file("www.crt")), authorities).reply());
        assertArrayEquals(WWW.chainPem().getBytes(StandardCharsets.US_ASCII), read.content().toArray());
        assertRefused("No such file or directory", new Request.ReadPublic(file("none")));
    }

    /** Servers of other makers want both in one file. */
    @Test
    void keysInFilesOfCertificatesAreNotGivenAway() throws Exception {
        for (KeyForm form : KeyForm.values()) {
            String key = WWW.keyPem(form);
            Files.writeString(folder.resolve("both.crt"), "# both\n" + key + WWW.chainPem());
            Reply.Octets read = assertInstanceOf(Reply.Octets.class,
                    desk.answer(new Request.ReadPublic(file("both.crt")), authorities).reply());
            String text = new String(read.content().toArray(), StandardCharsets.US_ASCII);
            assertTrue(text.endsWith(WWW.chainPem()), text);
            assertFalse(text.contains("PRIVATE"), text);
            assertTrue(key.lines().filter(line -> line.length() > 40).noneMatch(text::contains), text);
        }
        // A key that is cut off goes to the end of the file.
        String half = WWW.keyPem().substring(0, WWW.keyPem().length() / 2);
        Files.writeString(folder.resolve("both.crt"), WWW.chainPem() + half);
        assertArrayEquals(WWW.chainPem().getBytes(StandardCharsets.US_ASCII), assertInstanceOf(Reply.Octets.class,
                desk.answer(new Request.ReadPublic(file("both.crt")), authorities).reply()).content().toArray());
    }

    @Test
    void keysAreOpenedThatFit() throws Exception {
        assertTrue(open("www.key", WWW) > 0);
        assertRefused("the key does not fit the certificate", new Request.OpenKey(file("www.key"), der(ROOT)));
        assertRefused("what it has to fit is no certificate",
                new Request.OpenKey(file("www.key"), new OctetString(new byte[]{1})));
        Files.delete(folder.resolve("www.key"));
        assertRefused("No such file or directory", new Request.OpenKey(file("www.key"), der(WWW)));
    }

    @Test
    void sameKeyIsOneUntilAllHaveClosedIt() throws Exception {
        int number = open("www.key", WWW);
        assertEquals(number, open("www.key", WWW));
        desk.answer(new Request.CloseKey(number), authorities);
        assertEquals(1, desk.openKeys());
        desk.answer(new Request.CloseKey(number), authorities);
        assertEquals(0, desk.openKeys());
        desk.answer(new Request.CloseKey(number), authorities);
        assertNotEquals(number, open("www.key", WWW));
        Files.writeString(folder.resolve("www.key"), "renewed\n" + WWW.keyPem());
        open("www.key", WWW);
        assertEquals(2, desk.openKeys());
    }

    @Test
    void keysThatNoPlanNamesAreForgotten() throws Exception {
        int number = open("www.key", WWW);
        openAuthority();
        openStream();
        desk.keepOnly(Set.of(file("www.key")));
        assertEquals(1, desk.openKeys());
        assertTrue(signature(number, 0x0403, CONTENT).isPresent());
        desk.keepOnly(Set.of());
        assertEquals(0, desk.openKeys());
        assertEquals(Optional.empty(), signature(number, 0x0403, CONTENT));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handshakesAreSignedAndNothingElse(boolean library) throws Exception {
        desk = library ? desk : desk(new LibCrypto.Availability.Missing("not here"));
        int number = open("www.key", WWW);
        int authority = openAuthority();
        openStream();
        assertGood(WWW, CONTENT, signature(number, 0x0403, CONTENT).orElseThrow());
        assertEquals(Optional.empty(), signature(number, 0x0403, new byte[]{1, 2, 3}));
        assertEquals("worker refused: a signature: that is not signed in a handshake", lastLine());
        assertEquals(Optional.empty(), signature(number, 0x0804, CONTENT));
        assertEquals("worker refused: a signature: the key does not sign with scheme 804", lastLine());
        assertEquals(Optional.empty(), signature(authority, 0x0403, CONTENT));
        assertEquals("worker refused: a signature: an authority signs no handshakes", lastLine());
        assertEquals(Optional.empty(), signature(4711, 0x0403, CONTENT));
        assertEquals("worker refused: a signature: there is no such key", lastLine());
        assertGood(WWW, CONTENT, signature(number, 0x0403, CONTENT).orElseThrow());
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInOrder() throws Exception {
        int number = open("www.key", WWW);
        openStream();
        ByteBuffer requests = ByteBuffer.allocate(64 * 1024);
        for (int i = 0; i < 300; i++) {
            put(requests, i, number, 0x0403, CONTENT);
        }
        // In two pieces, of which the first ends within a request.
        byte[] all = octets(requests);
        stream.incoming.add(Arrays.copyOf(all, 1001));
        stream.incoming.add(Arrays.copyOfRange(all, 1001, all.length));
        int next = 0;
        while (next < 300) {
            ByteBuffer some = answers();
            for (Optional<SignatureAnswer> answer = SignatureAnswer.read(some); answer
                    .isPresent(); answer = SignatureAnswer.read(some)) {
                assertEquals(next++, answer.get().id());
                assertGood(WWW, CONTENT, answer.get().signature().orElseThrow());
            }
            assertEquals(0, some.remaining());
        }
    }

    @Test
    void garbageEndsTheStream() throws Exception {
        openStream();
        stream.incoming.add(new byte[1000]);
        awaitClosed();
        assertEquals("worker refused: a key stream that said a request to sign 0 octets, which is closed",
                lastLine());
    }

    private void awaitClosed() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!stream.closed && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertTrue(stream.closed);
    }

    @Test
    void nothingIsLeftOfAWorkerThatIsGone() throws Exception {
        open("www.key", WWW);
        openAuthority();
        openStream();
        desk.ended();
        awaitClosed();
        assertEquals(0, desk.openKeys());
        assertTrue(open("www.key", WWW) > 0);
    }

    @Test
    void authoritiesSignCertificatesOnly() throws Exception {
        int number = openAuthority();
        assertRefused("that is not signed as a certificate: it is no certificate",
                new Request.SignLeaf(number, new OctetString(new byte[]{0x30, 0})));
        assertEquals("worker refused: a signature: that is not signed as a certificate: it is no certificate",
                lastLine());
        assertRefused("the key of a server signs no certificates",
                new Request.SignLeaf(open("www.key", WWW), new OctetString(new byte[]{0x30, 0})));
        assertRefused("there is no such key", new Request.SignLeaf(4711, new OctetString(new byte[]{0x30, 0})));
    }

    @Test
    void authorityIsWhoItsFileSays() throws Exception {
        // The same key under another name, which would sign what the true one does not.
        TestCertificates pretender = new TestCertificates(TestCertificates.root("Pretender").certificate(),
                ROOT.keys(), ROOT.above());
        assertRefused("the configuration does not name it with this certificate",
                new Request.OpenAuthority(file("ca.key"), der(pretender)));
        authorities.clear();
        authorities.add(new PlanAuthority(file("ca.key"), file("ca.crt"), "wrong"));
        assertRefused("the private key does not open with its password",
                new Request.OpenAuthority(file("ca.key"), der(ROOT)));
        authorities.add(new PlanAuthority(file("ca.key"), file("ca.crt"), TestCertificates.PASSWORD));
        assertTrue(openAuthority() > 0);
        authorities.add(new PlanAuthority(file("www.key"), file("www.crt"), ""));
        assertRefused("the certificate is not that of an authority",
                new Request.OpenAuthority(file("www.key"), der(WWW)));
    }
}
