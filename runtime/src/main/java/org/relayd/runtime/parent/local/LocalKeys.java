package org.relayd.runtime.parent.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.source.FileReason;
import org.relayd.runtime.parent.HeldAuthority;
import org.relayd.runtime.parent.HeldKey;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.inspect.LocalAuthorityKey;
import org.relayd.runtime.tls.pem.KeyText;

/** Reads certificates and keys in this process, with the rights that it has. */
public final class LocalKeys implements KeyRights {

    @Override
    public byte[] readPublic(String path) throws IOException {
        return read(path);
    }

    @Override
    public HeldKey openKey(String path, X509Certificate fits) throws IOException {
        return new Held(open(path, Optional.empty(), fits));
    }

    @Override
    public HeldAuthority openAuthority(CaKey key, X509Certificate authority) throws IOException {
        Opened opened = open(key.path(), Optional.of(key.password()), authority);
        try {
            return new Authority(new LocalAuthorityKey(authority, opened.key), opened.print);
        } catch (TlsException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    /**
     * A key and the digest of its file.
     *
     * @param key
     *            for the caller to close
     */
    public record Opened(LocalKey key, String print) {}

    /**
     * Reads a private key.
     *
     * @param password
     *            what it is encrypted with, if it may be
     * @throws IOException
     *             as of {@link #openKey}
     */
    public static Opened open(String path, Optional<String> password, X509Certificate fits) throws IOException {
        byte[] text = read(path);
        String print = print(text);
        try {
            return new Opened(KeyText.read(text, password, fits.getPublicKey()), print);
        } catch (TlsException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private static String print(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static byte[] read(String path) throws IOException {
        try {
            Path file = Path.of(path);
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // Opening a pipe would wait for a writer.
                throw new IOException("not a regular file");
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return read(channel);
            }
        } catch (InvalidPathException strange) {
            throw new IOException(FileReason.of(new NoSuchFileException(path)), strange);
        } catch (FileSystemException refused) {
            throw new IOException(FileReason.of(refused), refused);
        }
    }

    /** Through memory outside of the heap, so that no other copy is left than the one that is returned. */
    private static byte[] read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size > LONGEST_FILE) {
            throw new IOException("File too large");
        }
        ByteBuffer outside = ByteBuffer.allocateDirect(Math.toIntExact(size));
        while (outside.hasRemaining() && channel.read(outside) >= 0) {
            // A file may come in parts.
        }
        byte[] content = new byte[outside.flip().remaining()];
        outside.get(content);
        outside.clear().put(new byte[outside.capacity()]);
        return content;
    }

    /** A key that is wiped when it is closed: contexts have what they need of it. */
    private record Held(Opened opened) implements HeldKey {
        @Override
        public Identity.Key key() {
            return new Identity.Key.Local(opened.key);
        }

        @Override
        public String print() {
            return opened.print;
        }

        @Override
        public void close() {
            opened.key.close();
        }
    }

    /** An authority's key, wiped when it is closed. */
    private record Authority(LocalAuthorityKey key, String print) implements HeldAuthority {
        @Override
        public byte[] sign(byte[] content) throws IOException {
            return key.sign(content);
        }

        @Override
        public void close() {
            key.close();
        }
    }
}
