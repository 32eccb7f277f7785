package org.relayd.runtime.tls.inspect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/** One signature of an authority, as makers of certificates ask for it. */
final class AuthoritySigner implements ContentSigner {
    private final LeafAuthority authority;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    AuthoritySigner(LeafAuthority authority) {
        this.authority = authority;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new DefaultSignatureAlgorithmIdentifierFinder().find(authority.algorithm());
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        try {
            return authority.sign(content.toByteArray());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
