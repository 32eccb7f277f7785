package org.relayd.runtime.tls.jdk;

import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;

/**
 * Signatures with keys that another process has, as a provider of the JDK: its TLS finds who signs by the class of the
 * key, so that nobody else is concerned.
 */
final class AbsentKeys extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "relayd-absent-keys";

    /** Schemes by the names that Java has for them; RSASSA-PSS takes its digest from its parameters. */
    private static final Map<String, Integer> SCHEMES = Map.of("SHA1withRSA", 0x0201, "SHA256withRSA", 0x0401,
            "SHA384withRSA", 0x0501, "SHA512withRSA", 0x0601, "SHA1withECDSA", 0x0203, "SHA256withECDSA", 0x0403,
            "SHA384withECDSA", 0x0503, "SHA512withECDSA", 0x0603, "RSASSA-PSS", AbsentSignature.BY_PARAMETERS);

    private AbsentKeys() {
        super(NAME, "1", "signatures with keys of another process");
        SCHEMES.forEach((algorithm, scheme) -> putService(new Signatures(this, algorithm, scheme)));
    }

    /** Makes it known to the JDK, once for the process. */
    static void install() {
        if (Security.getProvider(NAME) == null) {
            Security.addProvider(new AbsentKeys());
        }
    }

    /** One algorithm. */
    private static final class Signatures extends Service {
        private final int scheme;

        Signatures(Provider provider, String algorithm, int scheme) {
            super(provider, "Signature", algorithm, AbsentSignature.class.getName(), List.of(),
                    Map.of("SupportedKeyClasses", AbsentKey.class.getName()));
            this.scheme = scheme;
        }

        @Override
        public boolean supportsParameter(Object key) {
            return key instanceof AbsentKey;
        }

        @Override
        public Object newInstance(Object parameter) {
            return new AbsentSignature(scheme);
        }
    }
}
