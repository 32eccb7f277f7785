package org.relayd.compiler.check.protocol;

import java.util.Map;
import java.util.Optional;
import org.relayd.ir.source.Span;

/**
 * Where a protocol says what relays that use it need.
 *
 * @param files
 *            files and keypairs by what is written, the last place of each
 * @param ciphers
 *            list of ciphers
 * @param groups
 *            groups for key exchange
 */
public record TlsPlaces(Map<String, Span> files, Optional<Span> ciphers, Optional<Span> groups) {
    /** Copies the map. */
    public TlsPlaces {
        files = Map.copyOf(files);
    }
}
