package org.relayd.runtime.relay.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.plan.RelayNode.ServerTls;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.plan.TlsFiles;
import org.relayd.runtime.parent.HeldAuthority;
import org.relayd.runtime.parent.HeldKey;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.inspect.LeafAuthority;
import org.relayd.runtime.tls.pem.CertificateText;

/** What stands in the files that one relay speaks TLS with, read once. Closing it lets go of the keys. */
final class RelayFiles implements AutoCloseable {
    private final Map<String, byte[]> known = new LinkedHashMap<>();
    private final Map<KeyPairFiles, Pair> pairs = new LinkedHashMap<>();
    private final Map<String, String> prints = new LinkedHashMap<>();
    private Optional<Authority> authority = Optional.empty();

    private RelayFiles() {}

    /**
     * A certificate with its key.
     *
     * @param chain
     *            own certificate first
     */
    record Pair(List<X509Certificate> chain, HeldKey key) {}

    /** An authority with its key. */
    private record Authority(List<X509Certificate> chain, HeldAuthority key) {}

    /** Returns whether a relay needs contexts, on either side. */
    static boolean areNeededBy(RelayPath path) {
        return path.listen().tls().isPresent() || path.connect().tls().isPresent();
    }

    /**
     * Reads the files. Blocks.
     *
     * @throws TlsException
     *             if one cannot be read, or holds no certificate or no key that fits it
     */
    static RelayFiles read(RelayPath path, KeyRights door) throws TlsException {
        RelayFiles files = new RelayFiles();
        try {
            for (String file : TlsFiles.of(path).known()) {
                files.known.put(file, of(file, () -> door.readPublic(file)));
            }
            for (KeyPairFiles pair : pairs(path)) {
                files.open(pair, door);
            }
            Optional<TlsSettings> inspecting = TlsFiles.inspecting(path);
            if (inspecting.isPresent()) {
                files.open(inspecting.get().caCert().orElseThrow(), inspecting.get().caKey().orElseThrow(), door);
            }
            return files;
        } catch (TlsException | RuntimeException refused) {
            files.close();
            throw refused;
        }
    }

    private static List<KeyPairFiles> pairs(RelayPath path) {
        return path.listen().tls().map(ServerTls::keyPairs).orElse(List.of());
    }

    private void open(KeyPairFiles pair, KeyRights door) throws TlsException {
        if (!pairs.containsKey(pair)) {
            List<X509Certificate> chain = CertificateText.read(pair.certificate(), known(pair.certificate()));
            HeldKey key = of(pair.key(), () -> door.openKey(pair.key(), chain.getFirst()));
            pairs.put(pair, new Pair(chain, key));
            prints.put(pair.key(), key.print());
        }
    }

    private void open(String certificate, CaKey file, KeyRights door) throws TlsException {
        List<X509Certificate> chain = CertificateText.read(certificate, known(certificate));
        HeldAuthority key = of(file.path(), () -> door.openAuthority(file, chain.getFirst()));
        authority = Optional.of(new Authority(chain, key));
        prints.put(file.path(), key.print());
    }

    /** One of the ways to use a file. */
    private interface Reading<T> {
        T now() throws IOException;
    }

    private static <T> T of(String file, Reading<T> reading) throws TlsException {
        try {
            return reading.now();
        } catch (IOException refused) {
            throw new TlsException(file + ": " + refused.getMessage(), refused);
        }
    }

    /** Returns the content of a file that anybody may know. */
    byte[] known(String file) {
        return known.get(file);
    }

    /** Returns a certificate with its key, which stays this object's to close. */
    Pair pair(KeyPairFiles pair) {
        return pairs.get(pair);
    }

    /**
     * Hands the authority out, with its key: once.
     *
     * @param certificate
     *            the file of its certificate, for the message
     * @throws TlsException
     *             if it is none
     */
    LeafAuthority takeAuthority(String certificate) throws TlsException {
        Authority taken = authority.orElseThrow();
        authority = Optional.empty();
        try {
            return new LeafAuthority(taken.chain, taken.key);
        } catch (TlsException refused) {
            throw new TlsException(certificate + ": " + refused.getMessage(), refused);
        }
    }

    /** Returns a digest of all files, by which a change of any is seen. */
    String print() {
        MessageDigest digest = Digests.sha256();
        known.forEach((file, content) -> {
            // Each name and each length is said, so that octets cannot move from one file to the next.
            digest.update((file + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        });
        prints.forEach((file, print) -> digest.update((file + "\0" + print + "\0").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        pairs.values().forEach(pair -> pair.key.close());
        pairs.clear();
        authority.ifPresent(held -> held.key.close());
        authority = Optional.empty();
    }
}
