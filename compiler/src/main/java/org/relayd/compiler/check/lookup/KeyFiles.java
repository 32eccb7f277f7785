package org.relayd.compiler.check.lookup;

import java.util.Optional;
import org.relayd.compiler.certificate.CertificateFiles;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.environment.Environment.FileState;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.net.Port;

/** Finds certificates, keys and CA files. relayd.conf(5): FILES. */
public final class KeyFiles {
    private static final String FOLDER = "/etc/ssl/";

    private final Environment environment;
    private final CertificateFiles files;

    /**
     * @param environment
     *            knows which files there are
     * @param files
     *            knows what is in them
     */
    public KeyFiles(Environment environment, CertificateFiles files) {
        this.environment = environment;
        this.files = files;
    }

    /**
     * Returns the files of a name: those with the port in their name if that certificate can be read, else
     * those without it. The two are not mixed. Where the environment does not know its files, those without
     * port are taken to exist.
     *
     * @param name
     *            numeric listen address or name of a keypair line
     * @return empty if certificate or key cannot be read
     */
    public Optional<KeyPairFiles> find(String name, Port port) {
        String withPort = name + ":" + port;
        return switch (environment.state(certificate(withPort))) {
            case READABLE -> pair(withPort);
            case UNKNOWN -> Optional.of(new KeyPairFiles(certificate(name), key(name), Optional.empty()));
            case UNREADABLE -> isThere(certificate(name)) ? pair(name) : Optional.empty();
        };
    }

    /** Returns the first file that keeps a name from having its {@link #find files}. */
    public String missing(String name, Port port) {
        String withPort = name + ":" + port;
        if (isThere(certificate(withPort))) {
            return key(withPort);
        }
        return isThere(certificate(name)) ? key(name) : certificate(name);
    }

    /** Returns all the files that would do for a name, in the order in which they are looked for, as a text. */
    public static String candidates(String name, Port port) {
        String withPort = name + ":" + port;
        return certificate(withPort) + " and " + key(withPort) + ", else " + certificate(name) + " and " + key(name);
    }

    /** Returns whether a file is there or the environment does not know. */
    public boolean isThere(String path) {
        return environment.state(path) != FileState.UNREADABLE;
    }

    /** Returns what can be said about the text of the files. */
    public CertificateFiles files() {
        return files;
    }

    private Optional<KeyPairFiles> pair(String name) {
        if (!isThere(key(name))) {
            return Optional.empty();
        }
        String ocsp = FOLDER + name + ".ocsp";
        return Optional.of(new KeyPairFiles(certificate(name), key(name),
                environment.state(ocsp) == FileState.READABLE ? Optional.of(ocsp) : Optional.empty()));
    }

    private static String certificate(String name) {
        return FOLDER + name + ".crt";
    }

    private static String key(String name) {
        return FOLDER + "private/" + name + ".key";
    }
}
