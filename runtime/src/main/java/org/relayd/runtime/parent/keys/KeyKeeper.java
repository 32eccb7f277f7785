package org.relayd.runtime.parent.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.relayd.runtime.Log;
import org.relayd.runtime.log.PacedWarnings;
import org.relayd.runtime.parent.door.PlanAuthority;
import org.relayd.runtime.parent.door.Given;
import org.relayd.runtime.parent.door.KeyDesk;
import org.relayd.runtime.parent.local.LocalKeys;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.inspect.LeafAuthority;
import org.relayd.runtime.tls.libcrypto.LibCrypto;
import org.relayd.runtime.tls.pem.CertificateText;

/**
 * Where the worker asks for what it speaks TLS with. Keys stay here: it gets their numbers, and signatures. Any thread;
 * blocks for files and for signatures of certificates.
 */
public final class KeyKeeper implements KeyDesk, AutoCloseable {
    /** Streams that can be open: the worker has one for each event loop. */
    static final int MOST_STREAMS = 256;
    private static final int LONGEST_CERTIFICATE = 128 * 1024;

    private final StreamSocket.Pairs pairs;
    private final PacedWarnings warnings;
    private final LongSupplier nanos;
    private final KeySigners signers;
    private final LocalKeys files = new LocalKeys();
    private final KeptKeys keys = new KeptKeys();
    private final Set<KeyStream> streams = ConcurrentHashMap.newKeySet();

    /**
     * Has no key yet.
     *
     * @param pairs
     *            makes streams
     * @param log
     *            is told what was refused, and who signs
     * @param nanos
     *            a clock such as {@link System#nanoTime}
     */
    public KeyKeeper(StreamSocket.Pairs pairs, Log log, LongSupplier nanos) {
        this(pairs, log, nanos, LibCrypto::load);
    }

    KeyKeeper(StreamSocket.Pairs pairs, Log log, LongSupplier nanos,
            Supplier<LibCrypto.Availability> library) {
        this.pairs = pairs;
        this.nanos = nanos;
        warnings = new PacedWarnings(log, nanos);
        signers = new KeySigners(library, log);
    }

    @Override
    public Given answer(Request.OfKeys request, Set<PlanAuthority> authorities) throws IOException {
        return switch (request) {
            case Request.ReadPublic(String path)
                    -> Given.alone(new Reply.Octets(new OctetString(PublicPart.of(files.readPublic(path)))));
            case Request.OpenKey(String path, OctetString certificate) -> Given.alone(openKey(path, certificate));
            case Request.OpenAuthority(String path, OctetString certificate)
                    -> Given.alone(openAuthority(path, certificate, authorities));
            case Request.SignLeaf(int key, OctetString certificate)
                    -> Given.alone(new Reply.Octets(new OctetString(signLeaf(key, certificate.toArray()))));
            case Request.CloseKey(int key) -> {
                keys.close(key);
                yield Given.alone(new Reply.Done());
            }
            case Request.OpenKeyStream() -> openStream();
        };
    }

    private IOException refused(String what, String why) {
        warnings.warn("worker refused: " + what + ": " + why);
        return new IOException(why);
    }

    private Reply openKey(String path, OctetString certificate) throws IOException {
        X509Certificate fits = certificate(certificate);
        LocalKeys.Opened opened = LocalKeys.open(path, Optional.empty(), fits);
        return keep(path, opened, certificate, fits, Optional.empty());
    }

    private Reply openAuthority(String path, OctetString certificate, Set<PlanAuthority> authorities)
            throws IOException {
        X509Certificate authority = certificate(certificate);
        Optional<IOException> reason = Optional.empty();
        for (PlanAuthority named : authorities) {
            try {
                if (!named.key().equals(path) || !isIn(named.certificate(), authority)) {
                    continue;
                }
                LeafAuthority.check(authority);
                LocalKeys.Opened opened = LocalKeys.open(path, Optional.of(named.password()), authority);
                return keep(path, opened, certificate, authority,
                        Optional.of(new LeafCheck(authority, LeafAuthority.algorithm(authority))));
            } catch (TlsException none) {
                throw new IOException(none.getMessage(), none);
            } catch (IOException unreadable) {
                reason = Optional.of(unreadable);
            }
        }
        throw reason.orElseGet(
                () -> refused("private key of authority " + path,
                        "the configuration does not name it with this certificate"));
    }

    /** The worker's word for who the authority is is not enough: it decides what is signed. */
    private boolean isIn(String file, X509Certificate authority) throws IOException {
        try {
            return CertificateText.read(file, files.readPublic(file)).getFirst().equals(authority);
        } catch (TlsException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    private Reply keep(String path, LocalKeys.Opened opened, OctetString certificate, X509Certificate fits,
            Optional<LeafCheck> leaves) throws IOException {
        KeptKey.Origin origin = new KeptKey.Origin(path, opened.print(), digest(certificate), leaves.isPresent());
        try (LocalKey key = opened.key()) {
            int number = keys.open(origin,
                    () -> new KeptKey(origin, signers.take(key, fits.getPublicKey().getAlgorithm()), leaves));
            return new Reply.Key(number, opened.print());
        }
    }

    private static String digest(OctetString content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.toArray()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private X509Certificate certificate(OctetString der) throws IOException {
        byte[] octets = der.toArray();
        try {
            if (octets.length <= LONGEST_CERTIFICATE) {
                X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(octets));
                if (read.getPublicKey() != null) {
                    return read;
                }
            }
        } catch (CertificateException | RuntimeException damaged) {
            // The JDK throws exceptions of any kind at octets of any kind.
        }
        throw refused("a key", "what it has to fit is no certificate");
    }

    private byte[] signLeaf(int number, byte[] content) throws IOException {
        Optional<KeptKey> key = keys.of(number);
        if (key.isEmpty()) {
            throw refused("a signature", "there is no such key");
        }
        try {
            return key.get().signLeaf(content);
        } catch (IOException bad) {
            throw refused("a signature", bad.getMessage());
        }
    }

    private Given openStream() throws IOException {
        if (streams.size() >= MOST_STREAMS) {
            throw refused("a key stream", "there are " + streams.size());
        }
        StreamSocket.Pair pair = pairs.open();
        KeyStream stream = new KeyStream(pair.own(), keys, warnings, nanos, streams::remove);
        streams.add(stream);
        Thread.ofPlatform().daemon().name("keys").start(stream);
        return Given.with(new Reply.Socket(), pair.other());
    }

    @Override
    public void keepOnly(Set<String> files) {
        keys.retain(origin -> files.contains(origin.path()));
    }

    @Override
    public void ended() {
        streams.forEach(KeyStream::close);
        keys.retain(_ -> false);
    }

    /** Returns how many keys are open. */
    public int openKeys() {
        return keys.size();
    }

    /** Ends all streams and wipes all keys. */
    @Override
    public void close() {
        ended();
    }
}
