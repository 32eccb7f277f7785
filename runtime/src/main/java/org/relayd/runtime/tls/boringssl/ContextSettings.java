package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.util.List;
import java.util.Set;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.TlsException;

/** What both sides of a policy say to the library. */
final class ContextSettings {
    /**
     * Nobody can want them: static RSA has the key decrypt, which a key that is elsewhere never does, and nobody here
     * has keys shared before.
     */
    private static final String NEVER = ":!kRSA:!aPSK";

    private ContextSettings() {}

    /** Makes an SSL_CTX. */
    static long make(CommonPolicy common, int mode) throws TlsException {
        try {
            long context = SSLContext.make(bits(common.versions()), mode);
            try {
                apply(common, context);
            } catch (TlsException refused) {
                SSLContext.free(context);
                throw refused;
            }
            return context;
        } catch (TlsException refused) {
            throw refused;
        } catch (Exception refused) {
            throw new TlsException("context: " + ErrorQueue.words(refused), refused);
        }
    }

    private static void apply(CommonPolicy common, long context) throws TlsException {
        SSLContext.setMode(context,
                SSL.SSL_MODE_ENABLE_PARTIAL_WRITE | SSL.SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        if (!common.versions().contains(TlsVersion.TLSV1_3)) {
            // The bits of make do not count for this version.
            SSLContext.setOptions(context, SSL.SSL_OP_NO_TLSv1_3);
        }
        if (!common.ciphers().isEmpty() || !common.versions().equals(Set.of(TlsVersion.TLSV1_3))) {
            setCiphers(context, common.ciphers());
        }
        if (!common.groups().isEmpty()) {
            setGroups(context, common.groups());
        }
    }

    private static int bits(Set<TlsVersion> versions) {
        int bits = 0;
        for (TlsVersion version : versions) {
            bits |= switch (version) {
                case SSLV2, SSLV3 -> 0;
                case TLSV1, TLSV1_0 -> SSL.SSL_PROTOCOL_TLSV1;
                case TLSV1_1 -> SSL.SSL_PROTOCOL_TLSV1_1;
                case TLSV1_2 -> SSL.SSL_PROTOCOL_TLSV1_2;
                case TLSV1_3 -> SSL.SSL_PROTOCOL_TLSV1_3;
            };
        }
        return bits;
    }

    private static void setCiphers(long context, String ciphers) throws TlsException {
        try {
            SSLContext.setCipherSuite(context, ciphers + NEVER, false);
        } catch (Exception refused) {
            throw new TlsException("ciphers \"" + ciphers + "\": " + ErrorQueue.words(refused), refused);
        } finally {
            SSL.clearError();
        }
    }

    private static void setGroups(long context, List<String> groups) throws TlsException {
        String[] names = groups.stream().map(ContextSettings::group).toArray(String[]::new);
        try {
            for (String name : names) {
                if (!SSLContext.setCurvesList(context, name)) {
                    throw new TlsException("group \"" + name + "\": the library does not know it");
                }
            }
            if (!SSLContext.setCurvesList(context, names)) {
                throw new TlsException("groups \"" + String.join(",", groups) + "\": the library refuses them");
            }
        } finally {
            // A group that is refused stays in the queue.
            SSL.clearError();
        }
    }

    private static String group(String name) {
        return name.equalsIgnoreCase("secp256r1") ? "prime256v1" : name;
    }
}
