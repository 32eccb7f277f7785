package org.relayd.runtime.parent.keys;

import java.util.List;

/** What the plans of the present ask for. Changes with them; any thread. */
public interface KeyPermits {

    /** Returns whether a file of certificates or a stapled response is named. */
    boolean mayRead(String path);

    /** Returns whether the private key of a certificate is named. */
    boolean mayOpenKey(String path);

    /** Returns the authorities whose key is in a file; none if it is not named as such. */
    List<Authority> authorities(String path);

    /**
     * An authority that a relay inspects with.
     *
     * @param certificate
     *            file of its certificate
     * @param password
     *            of its key
     */
    record Authority(String certificate, String password) {

        /** Returns the file only. */
        @Override
        public String toString() {
            return "Authority[" + certificate + "]";
        }
    }
}
