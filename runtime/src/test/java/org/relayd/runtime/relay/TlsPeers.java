package org.relayd.runtime.relay;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.relayd.runtime.tls.TestCertificates;

/** Clients of relays that speak TLS: the JDK's, which verifies what it is shown. One keeps its sessions to resume. */
public final class TlsPeers {
    private static final int PATIENCE = 10_000;
    private final SSLContext context;

    private TlsPeers(SSLContext context) {
        this.context = context;
    }

    /** Trusts one authority. */
    public static TlsPeers trusting(TestCertificates root) throws GeneralSecurityException, IOException {
        return new TlsPeers(context(root, new KeyManagerFactory[0]));
    }

    /** Trusts one authority and shows a certificate. */
    public static TlsPeers trusting(TestCertificates root, TestCertificates own)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.keys().getPrivate(), new char[0], own.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        return new TlsPeers(context(root, keys));
    }

    private static SSLContext context(TestCertificates root, KeyManagerFactory... keys)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.length == 0 ? null : keys[0].getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** Connects to loopback and shakes hands. */
    public SSLSocket connect(int port, String... versions) throws IOException {
        return shakeHands((SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port), versions);
    }

    /** Shakes hands over a connection to loopback, which is closed with it. */
    public SSLSocket over(Socket connection) throws IOException {
        return shakeHands((SSLSocket) context.getSocketFactory().createSocket(connection, "127.0.0.1",
                connection.getPort(), true));
    }

    private static SSLSocket shakeHands(SSLSocket socket, String... versions) throws IOException {
        try {
            socket.setSoTimeout(PATIENCE);
            if (versions.length > 0) {
                socket.setEnabledProtocols(versions);
            }
            socket.startHandshake();
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }
}
