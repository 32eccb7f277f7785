package org.relayd.runtime.relay.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.plan.RelayNode.ServerTls;
import org.relayd.ir.plan.RelayPath;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.tls.TlsException;

/** What stands in the files that one relay speaks TLS with, read once. Closing it wipes the keys. */
final class RelayFiles implements AutoCloseable {
    private final Map<String, byte[]> known = new LinkedHashMap<>();
    private final Map<String, byte[]> secret = new LinkedHashMap<>();

    private RelayFiles() {}

    /** Returns whether a relay needs contexts, on either side. */
    static boolean areNeededBy(RelayPath path) {
        return path.listen().tls().isPresent() || path.connect().tls().isPresent();
    }

    /** Returns the settings of the authority that clients are shown certificates of, if a relay inspects. */
    static Optional<TlsSettings> inspecting(RelayPath path) {
        return path.connect().tls().filter(tls -> path.listen().tls().isPresent() && tls.caCert().isPresent()
                && tls.caKey().isPresent());
    }

    /**
     * Reads the files. Blocks.
     *
     * @throws TlsException
     *             if one cannot be read
     */
    static RelayFiles read(RelayPath path, KeyRights door) throws TlsException {
        RelayFiles files = new RelayFiles();
        try {
            for (String file : publicFiles(path)) {
                files.known.put(file, read(file, door::readPublic));
            }
            for (String file : keys(path)) {
                files.secret.put(file, read(file, door::readKey));
            }
            return files;
        } catch (TlsException refused) {
            files.close();
            throw refused;
        }
    }

    private static List<String> publicFiles(RelayPath path) {
        Stream<String> pairs = pairs(path).flatMap(
                pair -> Stream.concat(Stream.of(pair.certificate()), pair.ocsp().stream()));
        Optional<String> clients = path.listen().tls().flatMap(tls -> tls.settings().clientCa());
        Optional<String> servers = path.connect().tls().flatMap(TlsSettings::caFile);
        Optional<String> authority = inspecting(path).flatMap(TlsSettings::caCert);
        return Stream.concat(pairs, Stream.of(clients, servers, authority).flatMap(Optional::stream)).toList();
    }

    private static List<String> keys(RelayPath path) {
        Optional<String> authority = inspecting(path).flatMap(TlsSettings::caKey).map(CaKey::path);
        return Stream.concat(pairs(path).map(KeyPairFiles::key), authority.stream()).toList();
    }

    private static Stream<KeyPairFiles> pairs(RelayPath path) {
        return path.listen().tls().map(ServerTls::keyPairs).orElse(List.of()).stream();
    }

    /** One of the two ways to read a file. */
    private interface Reading {
        byte[] read(String path) throws IOException;
    }

    private static byte[] read(String file, Reading reading) throws TlsException {
        try {
            return reading.read(file);
        } catch (IOException refused) {
            throw new TlsException(file + ": " + refused.getMessage(), refused);
        }
    }

    /** Returns the content of a file that anybody may know. */
    byte[] known(String file) {
        return known.get(file);
    }

    /** Returns the content of a key, for the caller to wipe. */
    byte[] secret(String file) {
        return secret.get(file).clone();
    }

    /** Returns a digest of all files, by which a change of any is seen. */
    String print() {
        MessageDigest digest = Digests.sha256();
        Stream.of(known, secret).flatMap(files -> files.entrySet().stream()).forEach(file -> {
            // Each name and each length is said, so that octets cannot move from one file to the next.
            digest.update((file.getKey() + "\0" + file.getValue().length + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(file.getValue());
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        secret.values().forEach(key -> Arrays.fill(key, (byte) 0));
        secret.clear();
    }
}
