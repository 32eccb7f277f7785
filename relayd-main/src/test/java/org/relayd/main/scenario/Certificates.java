package org.relayd.main.scenario;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.main.environment.MachineFiles;
import org.relayd.main.environment.OwnFiles;
import org.relayd.runtime.parent.HeldAuthority;
import org.relayd.runtime.parent.HeldKey;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.local.LocalKeys;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.Wanted;

/**
 * The certificates of a scenario, made when they are first asked for, and its own {@code /etc/ssl}. All are signed by
 * one authority, which is in {@code {folder}/root.pem}, but those of strangers.
 */
final class Certificates implements MachineFiles, KeyRights {
    private static final String SSL = "/etc/ssl/";
    private static final Pattern WORDS = Pattern.compile(
            "(?:for (?<sni>\\S+))? ?(?:as (?<kind>expired |stranger )?(?<names>[^ ]+(?:,[^ ]+)*))? ?(?:by (?<version>\\S+))?");

    private final Path folder;
    private final OwnFiles files = new OwnFiles();
    private final KeyRights keys = new LocalKeys();
    private final Map<String, TestCertificates> made = new HashMap<>();

    Certificates(Path folder) {
        this.folder = folder;
    }

    private TestCertificates root(String name) {
        return made.computeIfAbsent("root of " + name, _ -> TestCertificates.root(name));
    }

    private TestCertificates leaf(Optional<String> kind, String names, boolean client) {
        String word = kind.orElse("good").strip();
        TestCertificates signer = root(word.equals("stranger") ? "stranger" : "authority");
        Wanted wanted = client ? Wanted.of(names.split(",")).client() : Wanted.of(names.split(","));
        return made.computeIfAbsent(word + " " + names + " " + client,
                _ -> signer.leaf(word.equals("expired") ? wanted.expired() : wanted));
    }

    /** Makes the files of a certificate for some names, separated by commas. */
    void install(String file, String names) throws IOException {
        Files.createDirectories(folder.resolve("ssl/private"));
        TestCertificates leaf = leaf(Optional.empty(), names, false);
        Files.writeString(own(SSL + file + ".crt"), leaf.chainPem());
        Files.writeString(own(SSL + "private/" + file + ".key"), leaf.keyPem());
    }

    /** Makes the file of the authority. */
    void installRoot() throws IOException {
        Files.writeString(folder.resolve("root.pem"), root("authority").certificatePem());
    }

    /** The file that stands for one of {@code /etc/ssl}. */
    private Path own(String file) {
        return file.startsWith(SSL) ? folder.resolve("ssl/" + file.substring(SSL.length())) : Path.of(file);
    }

    /**
     * One end of a connection that is about to speak TLS.
     *
     * @param words
     *            {@code for NAME} that a client asks for, {@code as NAMES} of its certificate, which may be
     *            {@code expired} or of a {@code stranger}, {@code by VERSION}; each may be left out
     */
    TlsTalk talk(Socket socket, boolean client, String words) throws IOException {
        Matcher found = WORDS.matcher(words);
        if (!found.matches()) {
            throw new IllegalArgumentException("unknown words: " + words);
        }
        Optional<TestCertificates> own = Optional.ofNullable(found.group("names"))
                .map(names -> leaf(Optional.ofNullable(found.group("kind")), names, client));
        SSLEngine engine = context(own).createSSLEngine();
        engine.setUseClientMode(client);
        SSLParameters settings = engine.getSSLParameters();
        Optional.ofNullable(found.group("sni")).ifPresent(name -> settings.setServerNames(
                List.of(new SNIHostName(name))));
        Optional.ofNullable(found.group("version")).ifPresent(version -> settings.setProtocols(new String[]{version}));
        engine.setSSLParameters(settings);
        return new TlsTalk(socket, engine);
    }

    private static SSLContext context(Optional<TestCertificates> own) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.stream().map(Only::new).toArray(KeyManager[]::new), new TrustManager[]{new Everybody()},
                    null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Shows one certificate, whoever asks for it and whatever authorities would do. */
    private static final class Only extends X509ExtendedKeyManager {
        private final TestCertificates own;

        Only(TestCertificates own) {
            this.own = own;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[]{"own"};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return "own";
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[]{"own"};
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return type.startsWith("EC") ? "own" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return own.chain().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.keys().getPrivate();
        }
    }

    /** The DNS names in a certificate. */
    static List<String> names(X509Certificate certificate) throws GeneralSecurityException {
        return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream().flatMap(names -> names.stream())
                .map(name -> name.get(1).toString()).toList();
    }

    /** Trusts whatever it is shown: whom the relay trusts is the question. */
    private static final class Everybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Welcome.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Welcome.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Welcome.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Welcome.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Welcome.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Welcome.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public byte[] read(String path) throws IOException {
        return files.read(own(path).toString());
    }

    @Override
    public boolean isReadable(String path) {
        return files.isReadable(own(path).toString());
    }

    @Override
    public Optional<String> openMode(String path) {
        return Optional.empty();
    }

    @Override
    public byte[] readPublic(String path) throws IOException {
        return read(path);
    }

    @Override
    public HeldKey openKey(String path, X509Certificate fits) throws IOException {
        return keys.openKey(own(path).toString(), fits);
    }

    @Override
    public HeldAuthority openAuthority(CaKey key, X509Certificate authority) throws IOException {
        return keys.openAuthority(new CaKey(own(key.path()).toString(), key.password()), authority);
    }
}
