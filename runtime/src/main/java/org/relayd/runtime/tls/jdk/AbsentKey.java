package org.relayd.runtime.tls.jdk;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Optional;
import org.relayd.runtime.tls.Signer;

/** A private key that another process signs with, in the form that the JDK has for keys that it cannot see. */
abstract sealed class AbsentKey implements PrivateKey {
    private static final long serialVersionUID = 1;

    private final transient Signer signer;

    private AbsentKey(Signer signer) {
        this.signer = signer;
    }

    /** Returns the key that belongs to a public one; empty if the JDK knows no such kind. */
    static Optional<AbsentKey> of(PublicKey owner, Signer signer) {
        return switch (owner) {
            case RSAPublicKey rsa -> Optional.of(new OfRsa(signer, rsa.getModulus()));
            case ECPublicKey curve -> Optional.of(new OfCurve(signer, curve.getParams()));
            default -> Optional.empty();
        };
    }

    Signer signer() {
        return signer;
    }

    @Override
    public String getFormat() {
        return null;
    }

    @Override
    public byte[] getEncoded() {
        return null;
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(getClass().getName());
    }

    /** One of RSA, whose length is known. */
    private static final class OfRsa extends AbsentKey implements RSAKey {
        private static final long serialVersionUID = 1;
        private final BigInteger modulus;

        OfRsa(Signer signer, BigInteger modulus) {
            super(signer);
            this.modulus = modulus;
        }

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public AlgorithmParameterSpec getParams() {
            return null;
        }

        @Override
        public BigInteger getModulus() {
            return modulus;
        }
    }

    /** One of an elliptic curve, which is known. */
    private static final class OfCurve extends AbsentKey implements ECKey {
        private static final long serialVersionUID = 1;
        private final transient ECParameterSpec curve;

        OfCurve(Signer signer, ECParameterSpec curve) {
            super(signer);
            this.curve = curve;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public ECParameterSpec getParams() {
            return curve;
        }
    }
}
