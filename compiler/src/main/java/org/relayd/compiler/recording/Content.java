package org.relayd.compiler.recording;

import java.nio.charset.StandardCharsets;

/** What reading a file has given. */
public sealed interface Content {

    /**
     * The file.
     *
     * @param characters
     *            one for each octet, ISO 8859-1
     */
    record Octets(String characters) implements Content {

        /** Returns the content of a file. */
        public static Octets of(byte[] octets) {
            return new Octets(new String(octets, StandardCharsets.ISO_8859_1));
        }

        /** Returns a copy of the octets. */
        public byte[] toArray() {
            return characters.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * It could not be read.
     *
     * @param reason
     *            the system's words
     */
    record Unreadable(String reason) implements Content {}
}
