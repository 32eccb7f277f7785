package org.relayd.runtime.tls.boringssl;

import java.util.Optional;
import org.relayd.runtime.tls.PeerVerifier;

/** What a stream is to its connection. */
sealed interface Role {

    /** Returns who verifies the other end. */
    Optional<PeerVerifier> verifier();

    /** Returns the name that the other end's certificate has to cover. */
    Optional<String> expected();

    /**
     * The server.
     *
     * @param identities
     *            who it is, by name
     * @param shown
     *            who it is whatever the name
     * @param verifier
     *            verifies clients
     */
    record Server(Identities identities, Optional<Material> shown, Optional<PeerVerifier> verifier) implements Role {

        /** Returns who it is if the name does not matter: then nothing has to be asked in the handshake. */
        Optional<Material> only() {
            return shown.or(identities::only);
        }

        @Override
        public Optional<String> expected() {
            return Optional.empty();
        }
    }

    /**
     * The client.
     *
     * @param expected
     *            name or address of the target
     * @param verifier
     *            verifies targets
     */
    record Client(Optional<String> expected, Optional<PeerVerifier> verifier) implements Role {

        /** Returns the name that is sent: an address never is (RFC 6066 3). */
        Optional<String> sent() {
            return expected.filter(Client::isHostName);
        }

        private static boolean isHostName(String name) {
            return !name.isEmpty() && name.length() < 254 && name.indexOf(':') < 0
                    && name.chars().anyMatch(letter -> letter != '.' && (letter < '0' || letter > '9'));
        }
    }
}
