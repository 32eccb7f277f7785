package org.relayd.compiler.certificate;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.environment.Environment.FileState;

/**
 * The files of certificates and keys that there are. Nothing is wrong with a file whose content the environment does
 * not know.
 */
public final class CertificateFiles {
    private final Environment environment;

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
        Optional<byte[]> chainText = text(chain);
        Optional<byte[]> keyText = text(key);
        String judged = chain;
        try {
            Optional<List<Certificate>> certificates = chainText.isPresent()
                    ? Optional.of(CertificateReader.read(chainText.get())) : Optional.empty();
            judged = key;
            if (keyText.isPresent()) {
                PrivateKeyInfo found = KeyReader.read(keyText.get(), password);
                if (certificates.isPresent()) {
                    compare(found, certificates.get(), chain);
                }
            }
            return Optional.empty();
        } catch (UnusableException unusable) {
            return Optional.of(new FileFault(judged, unusable.getMessage()));
        } finally {
            keyText.ifPresent(octets -> Arrays.fill(octets, (byte) 0));
        }
    }

    /** Returns why a private key cannot be used. */
    public Optional<FileFault> key(String path, Optional<String> password) {
        Optional<byte[]> text = text(path);
        try {
            if (text.isPresent()) {
                KeyReader.read(text.get(), password);
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
        try {
            Optional<byte[]> text = text(path);
            if (text.isPresent()) {
                CertificateReader.read(text.get());
            }
            return Optional.empty();
        } catch (UnusableException unusable) {
            return Optional.of(new FileFault(path, unusable.getMessage()));
        }
    }

    /** Returns the certificates in a file; none if it cannot be used, or its content is not known. */
    public List<Certificate> certificates(String path) {
        try {
            Optional<byte[]> text = text(path);
            return text.isPresent() ? CertificateReader.read(text.get()) : List.of();
        } catch (UnusableException _) {
            return List.of();
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
            return Optional.of(environment.read(path));
        } catch (IOException _) {
            // It is there, and its content is not known.
            return Optional.empty();
        }
    }
}
