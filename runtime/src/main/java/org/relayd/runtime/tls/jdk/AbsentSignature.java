package org.relayd.runtime.tls.jdk;

import java.io.ByteArrayOutputStream;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One signature of a key that another process has. Waits for it: on the threads that handshakes are worked on. */
final class AbsentSignature extends SignatureSpi {
    /** The scheme is known when the parameters are. */
    static final int BY_PARAMETERS = 0;
    /** Longer than a handshake lasts. */
    private static final long SECONDS = 15;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private int scheme;
    private Optional<AbsentKey> key = Optional.empty();

    AbsentSignature(int scheme) {
        this.scheme = scheme;
    }

    @Override
    protected void engineInitSign(PrivateKey given) throws InvalidKeyException {
        if (!(given instanceof AbsentKey absent)) {
            throw new InvalidKeyException("a key of this process");
        }
        key = Optional.of(absent);
        content.reset();
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
        if (parameters == null) {
            return;
        }
        if (!(parameters instanceof PSSParameterSpec pss)) {
            throw new InvalidAlgorithmParameterException("not of RSASSA-PSS");
        }
        scheme = switch (pss.getDigestAlgorithm()) {
            case "SHA-256" -> 0x0804;
            case "SHA-384" -> 0x0805;
            case "SHA-512" -> 0x0806;
            default -> throw new InvalidAlgorithmParameterException(pss.getDigestAlgorithm());
        };
    }

    @Override
    protected void engineUpdate(byte octet) {
        content.write(octet);
    }

    @Override
    protected void engineUpdate(byte[] octets, int from, int count) {
        content.write(octets, from, count);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        CompletableFuture<Optional<byte[]>> answer = new CompletableFuture<>();
        key.orElseThrow(() -> new SignatureException("no key")).signer().sign(scheme, content.toByteArray(),
                answer::complete);
        content.reset();
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS).orElseThrow(() -> new SignatureException("refused"));
        } catch (ExecutionException | TimeoutException none) {
            throw new SignatureException("no answer", none);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SignatureException("stopped", stopped);
        }
    }

    @Override
    protected void engineInitVerify(PublicKey given) throws InvalidKeyException {
        throw new InvalidKeyException("only signs");
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        throw new SignatureException("only signs");
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
        return null;
    }

    @Deprecated
    @Override
    protected void engineSetParameter(String name, Object value) {
        throw new UnsupportedOperationException(name);
    }

    @Deprecated
    @Override
    protected Object engineGetParameter(String name) {
        throw new UnsupportedOperationException(name);
    }
}
