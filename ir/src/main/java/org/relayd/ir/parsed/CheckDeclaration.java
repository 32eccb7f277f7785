package org.relayd.ir.parsed;

import java.util.Optional;
import org.relayd.ir.source.Span;

/** What stands after {@code check}. relayd.conf(5): TABLES, health checking methods. */
public sealed interface CheckDeclaration {

    /** Returns the words after {@code check}. */
    Span span();

    /** {@code icmp}. */
    record Icmp(Span span) implements CheckDeclaration {}

    /** {@code tcp}. */
    record Tcp(Span span) implements CheckDeclaration {}

    /** {@code tls}, in 5.1 {@code ssl}. */
    record Tls(Span span) implements CheckDeclaration {}

    /** {@code http path [host h] code n}; the scheme is any word here, {@code http} and {@code https} are valid. */
    record HttpCode(Span span, Text scheme, Text path, Optional<Text> host, Count code) implements CheckDeclaration {}

    /** {@code http path [host h] digest d}. */
    record HttpDigest(Span span, Text scheme, Text path, Optional<Text> host, Text digest)
            implements CheckDeclaration {}

    /** {@code send (nothing | data) expect pattern [tls]}. */
    record SendExpect(Span span, Optional<Text> send, Text expect, boolean tls) implements CheckDeclaration {}

    /** {@code binary send (nothing | hex) expect hex [tls]}. */
    record BinarySendExpect(Span span, Optional<Text> send, Text expect, boolean tls) implements CheckDeclaration {}

    /** {@code script path}. */
    record Script(Span span, Text path) implements CheckDeclaration {}

    /** {@code dns name expect address}, an extension. */
    record Dns(Span span, Text name, Text address) implements CheckDeclaration {}
}
