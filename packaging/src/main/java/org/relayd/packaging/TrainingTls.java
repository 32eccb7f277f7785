package org.relayd.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * What the training run needs to speak TLS: certificates and their keys, made by the JDK's keytool, in a folder that
 * relayd sees as {@code /etc/ssl}, in a mount namespace of its own. Only root may do that; others train without TLS.
 */
final class TrainingTls implements AutoCloseable {
    private static final String HOST = "training.example";
    private static final char[] PASSWORD = "training".toCharArray();
    private static final long PATIENCE = 60;
    /** Who can read the keys besides root: number of a user. */
    static final int READER = 65534;
    /** Names the files of a listener without keypairs. */
    private static final String ADDRESS = "127.0.0.1";
    /** What certificates of authorities say besides: each kind of extension has a class that reads it. */
    private static final List<
            String> EXTENSIONS = List.of("bc=ca:false", "ku:critical=digitalSignature,keyEncipherment",
                    "eku=serverAuth,clientAuth", "san=dns:" + HOST + ",ip:" + ADDRESS,
                    "aia=ocsp:uri:http://" + HOST + "/,caIssuers:uri:http://" + HOST + "/ca.crt",
                    // authorityKeyIdentifier with an identifier of four octets
                    "2.5.29.35=30:06:80:04:01:02:03:04",
                    // cRLDistributionPoints: one, http://a/
                    "2.5.29.31=30:11:30:0f:a0:0d:a0:0b:86:09:68:74:74:70:3a:2f:2f:61:2f",
                    // certificatePolicies: domain validated
                    "2.5.29.32=30:0a:30:08:06:06:67:81:0c:01:02:01");
    private static final String MOUNT = "mount --bind \"$0\" /etc/ssl && exec \"$@\"";

    private final Path folder;

    private TrainingTls(Path folder) {
        this.folder = folder;
    }

    /** Returns the training of TLS in a new folder, and whether it works here is what {@link #isPossible} says. */
    static TrainingTls in(Path parent) throws IOException, InterruptedException {
        TrainingTls tls = new TrainingTls(Files.createDirectory(parent.resolve("ssl")));
        if (tls.isPossible()) {
            Files.createDirectory(tls.folder.resolve("private"));
            tls.makeCertificate("training-ec", List.of("-keyalg", "EC", "-groupname", "secp256r1"));
            tls.makeCertificate("training-rsa", List.of("-keyalg", "RSA", "-keysize", "2048"));
            tls.makeCertificate(ADDRESS, List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        }
        return tls;
    }

    /** Returns whether a program can be run so that it sees the folder as {@code /etc/ssl}. */
    boolean isPossible() throws InterruptedException {
        try {
            return ends(Stream.concat(starter().stream(), Stream.of("true")).toList());
        } catch (IOException _) {
            return false; // no such program: not on Linux
        }
    }

    /** Returns the words before a command that has it see the folder as {@code /etc/ssl}. */
    List<String> starter() {
        return List.of("unshare", "--mount", "sh", "-c", MOUNT, folder.toString());
    }

    /** Makes the files of one {@code keypair}, with a certificate like those of authorities. */
    private void makeCertificate(String name, List<String> kind) throws IOException, InterruptedException {
        Path store = folder.resolve(name);
        List<String> keytool = List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass",
                new String(PASSWORD), "-alias", name, "-dname", "CN=" + HOST);
        Stream<String> extensions = EXTENSIONS.stream().flatMap(extension -> Stream.of("-ext", extension));
        if (!ends(Stream.of(keytool.stream(), kind.stream(), extensions).flatMap(words -> words).toList())) {
            throw new IOException("keytool made no certificate for the training run");
        }
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            write(folder.resolve(name + ".crt"), "CERTIFICATE", keys.getCertificate(name).getEncoded());
            Path secret = folder.resolve("private").resolve(name + ".key");
            Files.createFile(secret,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            write(secret, "PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded());
            Files.setAttribute(secret, "unix:uid", READER);
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private static void write(Path file, String what, byte[] octets) throws IOException {
        Files.writeString(file, "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(octets) + "\n-----END " + what + "-----\n",
                StandardCharsets.US_ASCII);
    }

    private static boolean ends(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    /** Returns sockets of a client that takes any certificate and that has no session to resume yet. */
    static SocketFactory client() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new Trusting()}, new SecureRandom());
            return context.getSocketFactory();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Has a client name the host, as clients do that know one. */
    static void name(SSLSocket client) {
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(HOST)));
        client.setSSLParameters(parameters);
    }

    /** The certificate is our own, and who it is for is no question here. */
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {
            // nobody shows one
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {
            // made a moment ago
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
