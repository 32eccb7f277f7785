package org.relayd.runtime.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** An end that the JDK's library drives, whatever our engines are: to see that others understand us. */
public final class SslEngineEnd extends TlsEnd {
    private final SSLEngine engine;
    private final ByteBuffer plain = ByteBuffer.allocate(64 * 1024);
    private final ByteBuffer sealed = ByteBuffer.allocate(64 * 1024);
    private byte[] unread = {};
    private Optional<String> failure = Optional.empty();

    /** Drives an engine that is set up. */
    public SslEngineEnd(SSLEngine engine) {
        this.engine = engine;
    }

    /** Trusts everybody. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Makes an end without a certificate that trusts everybody. */
    public static SSLEngine engine(boolean client, TestCertificates... shown) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(List.of(shown)), new TrustManager[]{new Trusting()}, new SecureRandom());
            SSLEngine engine = context.createSSLEngine("www.example.com", 443);
            engine.setUseClientMode(client);
            return engine;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyManager[] keys(List<TestCertificates> shown) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (TestCertificates one : shown) {
                store.setKeyEntry("key" + store.size(), one.keys().getPrivate(), new char[0],
                        one.chain().toArray(Certificate[]::new));
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the engine. */
    public SSLEngine engine() {
        return engine;
    }

    /** Returns why it speaks no more. */
    public Optional<String> failure() {
        return failure;
    }

    @Override
    public void begin() {
        try {
            engine.beginHandshake();
        } catch (SSLException refused) {
            fail(refused);
        }
        pump();
    }

    @Override
    public boolean turn() {
        return false;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void take(byte[] ciphertext) {
        int had = unread.length;
        unread = Arrays.copyOf(unread, had + ciphertext.length);
        System.arraycopy(ciphertext, 0, unread, had, ciphertext.length);
        pump();
    }

    @Override
    public void send(byte[] plaintext) {
        ByteBuffer from = ByteBuffer.wrap(plaintext);
        while (from.hasRemaining()) {
            if (!wrap(from)) {
                throw new IllegalStateException("nothing can be sent: " + engine.getHandshakeStatus());
            }
        }
    }

    @Override
    public void finish() {
        engine.closeOutbound();
        pump();
    }

    @Override
    public void release() {
        // The collector's.
    }

    private void pump() {
        boolean moved = true;
        while (moved && failure.isEmpty()) {
            moved = switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    engine.getDelegatedTask().run();
                    yield true;
                }
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> unwrap();
            };
        }
    }

    private boolean wrap(ByteBuffer from) {
        try {
            HandshakeStatus before = engine.getHandshakeStatus();
            Status status = engine.wrap(from, sealed.clear()).getStatus();
            byte[] made = Arrays.copyOf(sealed.array(), sealed.flip().remaining());
            produce(made);
            return made.length > 0 || (status == Status.OK && engine.getHandshakeStatus() != before);
        } catch (SSLException refused) {
            fail(refused);
            return false;
        }
    }

    private boolean unwrap() {
        try {
            ByteBuffer from = ByteBuffer.wrap(unread);
            HandshakeStatus before = engine.getHandshakeStatus();
            engine.unwrap(from, plain.clear());
            deliver(Arrays.copyOf(plain.array(), plain.flip().remaining()));
            boolean moved = from.position() > 0 || engine.getHandshakeStatus() != before;
            unread = Arrays.copyOfRange(unread, from.position(), unread.length);
            return moved;
        } catch (SSLException refused) {
            fail(refused);
            return false;
        }
    }

    private void fail(SSLException refused) {
        String text = String.valueOf(refused.getMessage());
        failure = Optional.of(text);
        try {
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                    && engine.wrap(ByteBuffer.allocate(0), sealed.clear()).bytesProduced() > 0) {
                produce(Arrays.copyOf(sealed.array(), sealed.flip().remaining()));
            }
        } catch (SSLException again) {
            failure = Optional.of(text + "; " + again.getMessage());
        }
    }
}
