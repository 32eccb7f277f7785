package org.relayd.runtime.parent.remote.keys;

import io.netty.channel.IoHandlerFactory;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.function.LongSupplier;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.runtime.Log;
import org.relayd.runtime.log.PacedWarnings;
import org.relayd.runtime.parent.HeldAuthority;
import org.relayd.runtime.parent.HeldKey;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent;
import org.relayd.runtime.parent.remote.DueReply;
import org.relayd.runtime.tls.OctetString;

/** Has the parent process read certificates and keep private keys. */
public final class RemoteKeys implements KeyRights, AutoCloseable {
    private final Parent parent;
    private final KeyStreams streams;

    /**
     * Asks a parent process.
     *
     * @param opener
     *            makes links of descriptors, for the event loops that handshakes run on
     * @param handlers
     *            of a loop of the same kind, for threads that are none
     * @param log
     *            is told why handshakes get no signatures
     * @param nanos
     *            a clock such as {@link System#nanoTime}
     */
    public RemoteKeys(Parent parent, StreamLink.Opener opener, IoHandlerFactory handlers, Log log,
            LongSupplier nanos) {
        this.parent = parent;
        streams = new KeyStreams(parent, opener, handlers, new PacedWarnings(log, nanos)::warn);
    }

    @Override
    public byte[] readPublic(String path) throws IOException {
        return DueReply.alone(parent.await(new Request.ReadPublic(path)), Reply.Octets.class).content().toArray();
    }

    @Override
    public HeldKey openKey(String path, X509Certificate fits) throws IOException {
        Reply.Key key = DueReply.alone(parent.await(new Request.OpenKey(path, der(fits))), Reply.Key.class);
        return new RemoteKey(parent, streams, key.number(), key.print());
    }

    /** {@inheritDoc} Its password the parent knows by itself. */
    @Override
    public HeldAuthority openAuthority(CaKey key, X509Certificate authority) throws IOException {
        Reply.Key opened = DueReply.alone(parent.await(new Request.OpenAuthority(key.path(), der(authority))),
                Reply.Key.class);
        return new RemoteAuthority(parent, opened.number(), opened.print());
    }

    private static OctetString der(X509Certificate certificate) {
        try {
            return new OctetString(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("it was read from octets", impossible);
        }
    }

    /** Closes the streams: nothing is signed any more. Keys are the parent's to forget. */
    @Override
    public void close() {
        streams.close();
    }
}
