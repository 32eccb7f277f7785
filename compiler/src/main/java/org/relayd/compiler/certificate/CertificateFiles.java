package org.relayd.compiler.certificate;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.environment.Environment.FileState;

/**
 * The files of certificates and keys that there are, for one check: certificates are read once, and keys are not kept.
 * Nothing is wrong with a file whose content the environment does not know.
 */
public final class CertificateFiles {
    private final Environment environment;
    private final Map<String, Contents> read = new HashMap<>();

    /** What a file is found to be; no certificates if they are not known. */
    private record Contents(List<Certificate> certificates, Optional<FileFault> fault) {}

    /**
     * @param environment
     *            reads them
     */
    public CertificateFiles(Environment environment) {
        this.environment = environment;
    }

    /**
     * Returns why a certificate and its key cannot be shown to anybody.
     *
     * @param chain
     *            file of the certificate and those above it
     * @param key
     *            file of its private key
     * @param password
     *            what the key may be encrypted with; empty if nobody knows one
     */
    public Optional<FileFault> pair(String chain, String key, Optional<String> password) {
        Contents contents = contents(chain);
        return contents.fault().or(() -> key(key, contents.certificates(), chain, password));
    }

    /** Returns why a private key cannot be used. */
    public Optional<FileFault> key(String path, Optional<String> password) {
        return key(path, List.of(), "", password);
    }

    private Optional<FileFault> key(String path, List<Certificate> owners, String chain, Optional<String> password) {
        Optional<byte[]> text = text(path);
        try {
            if (text.isPresent()) {
                PrivateKeyInfo found = KeyReader.read(text.get(), password);
                if (!owners.isEmpty()) {
                    compare(found, owners, chain);
                }
            }
            return Optional.empty();
        } catch (UnusableException unusable) {
            return Optional.of(new FileFault(path, unusable.getMessage()));
        } finally {
            text.ifPresent(octets -> Arrays.fill(octets, (byte) 0));
        }
    }

    /** Returns why nobody can be verified by the authorities in a file. */
    public Optional<FileFault> authorities(String path) {
        return contents(path).fault();
    }

    /** Returns the certificates in a file; none if it cannot be used, or its content is not known. */
    public List<Certificate> certificates(String path) {
        return contents(path).certificates();
    }

    private Contents contents(String path) {
        return read.computeIfAbsent(path, this::find);
    }

    private Contents find(String path) {
        Optional<byte[]> text = text(path);
        try {
            return new Contents(text.isPresent() ? CertificateReader.read(text.get()) : List.of(), Optional.empty());
        } catch (UnusableException unusable) {
            return new Contents(List.of(), Optional.of(new FileFault(path, unusable.getMessage())));
        } finally {
            // A key may stand in the same file.
            text.ifPresent(octets -> Arrays.fill(octets, (byte) 0));
        }
    }

    private static void compare(PrivateKeyInfo key, List<Certificate> chain, String path) throws UnusableException {
        if (KeyReader.fits(key, chain.getFirst().key())) {
            return;
        }
        for (int i = 1; i < chain.size(); i++) {
            if (KeyReader.fits(key, chain.get(i).key())) {
                throw new UnusableException(
                        "the key fits certificate " + (i + 1) + " of " + path + ", which must be the first one");
            }
        }
        throw new UnusableException("the key does not fit the certificate in " + path);
    }

    private Optional<byte[]> text(String path) {
        if (environment.state(path) != FileState.READABLE) {
            return Optional.empty();
        }
        try {
            return Optional.of(environment.credentials(path));
        } catch (IOException _) {
            // It is there, and its content is not known.
            return Optional.empty();
        }
    }
}
