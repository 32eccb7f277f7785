package org.relayd.runtime.tls.pem;

import java.util.Arrays;

/** Octets that are not to stay in memory. */
final class Secrets {
    private Secrets() {}

    static void wipe(byte[] secret) {
        Arrays.fill(secret, (byte) 0);
    }
}
