package org.relayd.runtime.relay;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.relay.wire.Secured;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.Signer;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.boringssl.BoringSsl;
import org.relayd.runtime.tls.boringssl.LiveStreams;
import org.relayd.runtime.tls.jdk.JdkTls;

/** Has wires speak TLS with blocking sockets of the JDK, whichever of both is the server. */
public final class SecuredTrial implements AutoCloseable {
    private static final TestCertificates ROOT = TestCertificates.root("Wires");
    private static final TestCertificates LEAF = ROOT.leaf("localhost");
    private static final char[] NO_PASSWORD = {};
    /** Milliseconds that a read of the other end waits. */
    private static final int PATIENCE = 30_000;
    private static final Executor THREADS = Thread::startVirtualThread;

    private final Identity identity;
    private final TlsEngine engine;
    private final TlsEngine.Context server;
    private final TlsEngine.ClientContext client;
    private final SSLContext sockets;

    /** Begins with one library, and the versions that both ends may speak. */
    public SecuredTrial(Library library, TlsVersion... versions) {
        this(library, LEAF.identity(), versions);
    }

    /** Begins with a key that somebody else signs with, as {@link #signature} does. */
    public static SecuredTrial signing(Library library, Signer signer, TlsVersion... versions) {
        return new SecuredTrial(library, new Identity(LEAF.chain(), new Identity.Key.Elsewhere(signer),
                Optional.empty(), List.of("localhost")), versions);
    }

    /** What such a signer answers. */
    public static byte[] signature(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(LEAF.keys().getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SecuredTrial(Library library, Identity identity, TlsVersion... versions) {
        this.identity = identity;
        CommonPolicy common = new CommonPolicy(Set.of(versions), "HIGH:!aNULL", List.of());
        engine = library.engine();
        try {
            server = engine.server(new ServerPolicy(List.of(identity), common, true, Optional.empty(), false,
                    Optional.empty(), List.of(), new OctetString(new byte[]{1})));
            client = engine.client(new ClientPolicy(common, Optional.empty()));
            sockets = sockets();
        } catch (TlsException | GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Libraries under test. */
    public enum Library {
        /** The native one. */
        BORINGSSL,
        /** The JDK. */
        JDK;

        private TlsEngine engine() {
            return switch (this) {
                case BORINGSSL -> switch (BoringSsl.load()) {
                    case BoringSsl.Availability.Available available -> available.engine();
                    case BoringSsl.Availability.Missing missing -> throw new IllegalStateException(missing.reason());
                };
                case JDK -> new JdkTls();
            };
        }
    }

    /** Which end a wire is. */
    public enum End {
        /** The server: the socket is the client. */
        SERVER,
        /** The client. */
        CLIENT
    }

    private static SSLContext sockets() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("leaf", LEAF.keys().getPrivate(), NO_PASSWORD,
                LEAF.chain().toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] own = keys.getKeyManagers();
        context.init(own, new TrustManager[]{new Trusting()}, null);
        return context;
    }

    /** Trusts everybody. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Good.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Good.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Good.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Good.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Good.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Good.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The side of a wire that is one end. */
    public TlsSide side(End wire) {
        return switch (wire) {
            case SERVER -> server;
            case CLIENT -> client.towards("localhost");
        };
    }

    /** The other end of such a wire over a socket; nothing was said yet. */
    public SSLSocket other(End wire, Socket raw) throws IOException {
        // A socket of the JDK that is closed waits for what the other end has still to say.
        raw.setSoTimeout(PATIENCE);
        SSLSocket socket = (SSLSocket) sockets.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
        socket.setUseClientMode(wire == End.SERVER);
        return socket;
    }

    /** Shakes hands between a wire and the socket at its other end. */
    public SSLSocket secure(Wire wire, End end, Socket raw, Executor loop) throws Exception {
        SSLSocket socket = other(end, raw);
        CompletableFuture<TlsFacts> done = new CompletableFuture<>();
        loop.execute(() -> wire.secure(side(end), new Secured() {
            @Override
            public void done(TlsFacts facts) {
                done.complete(facts);
            }

            @Override
            public void failed(TlsFailure failure) {
                done.completeExceptionally(new AssertionError(failure.toString()));
            }
        }));
        CompletableFuture<Void> shaken = CompletableFuture.runAsync(() -> {
            try {
                socket.startHandshake();
            } catch (IOException failed) {
                done.completeExceptionally(failed);
            }
        }, THREADS);
        done.get(10, TimeUnit.SECONDS);
        shaken.get(10, TimeUnit.SECONDS);
        return socket;
    }

    /** How many streams were not released; 0 if that is not known. */
    public int alive() {
        return LiveStreams.of(engine);
    }

    @Override
    public void close() {
        server.close();
        client.close();
        switch (identity.key()) {
            case Identity.Key.Local(var key) -> key.close();
            case Identity.Key.Elsewhere _ -> {}
        }
    }
}
