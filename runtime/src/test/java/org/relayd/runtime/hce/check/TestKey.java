package org.relayd.runtime.hce.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.Wanted;

/** Hosts that speak TLS, with a certificate for a name that no check asks for. */
final class TestKey {
    private static final char[] NO_PASSWORD = {};
    private final SSLContext context;

    private TestKey(SSLContext context) {
        this.context = context;
    }

    static TestKey make() throws IOException, GeneralSecurityException {
        return of(TestCertificates.root("Nobody").leaf("somebody-else"));
    }

    static TestKey expired() throws IOException, GeneralSecurityException {
        return of(TestCertificates.root("Nobody").leaf(Wanted.of("somebody-else").expired()));
    }

    private static TestKey of(TestCertificates leaf) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("leaf", leaf.keys().getPrivate(), NO_PASSWORD, leaf.chain().toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new TestKey(context);
    }

    /** Listens on a free port of 127.0.0.1. */
    ServerSocket serverSocket() throws IOException {
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** Speaks TLS over a connection that was accepted; to close what comes of it leaves the connection open. */
    SSLSocket over(Socket accepted) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, "localhost", 0, false);
        socket.setUseClientMode(false);
        return socket;
    }
}
