package org.relayd.ir.parsed;

import java.util.Optional;
import org.relayd.ir.source.Span;

/** A TLS setting of a protocol, in 5.1 after the keyword {@code ssl}. */
public sealed interface TlsSetting extends ProtocolOption {

    /** {@code [no] word}: a protocol version, {@code cipher-server-preference} or {@code client-renegotiation}. */
    record Flag(Span span, boolean enabled, Text name) implements TlsSetting {}

    /** {@code [no] session tickets}. */
    record SessionTickets(Span span, boolean enabled) implements TlsSetting {}

    /** Up to 2014: {@code session cache N}, bytes. */
    record SessionCache(Span span, Count size) implements TlsSetting {}

    /** Up to 2014: {@code session cache disable}. */
    record NoSessionCache(Span span) implements TlsSetting {}

    /** {@code ciphers list}. */
    record Ciphers(Span span, Text list) implements TlsSetting {}

    /** {@code ca file path}. */
    record CaFile(Span span, Text path) implements TlsSetting {}

    /** {@code ca cert path}. */
    record CaCert(Span span, Text path) implements TlsSetting {}

    /** {@code ca key path password secret}. */
    record CaKey(Span span, Text path, Text password) implements TlsSetting {}

    /** {@code client ca path}. */
    record ClientCa(Span span, Text path) implements TlsSetting {}

    /** {@code keypair name}. */
    record Keypair(Span span, Text name) implements TlsSetting {}

    /** {@code edh [params word]}. */
    record Edh(Span span, Optional<Text> params) implements TlsSetting {}

    /** 2014 to 2017: {@code edh params N}, the most bits. */
    record EdhBits(Span span, Count bits) implements TlsSetting {}

    /** {@code no edh}. */
    record NoEdh(Span span) implements TlsSetting {}

    /** {@code ecdhe curves}. */
    record Ecdhe(Span span, Text curves) implements TlsSetting {}

    /** 2014 to 2017: {@code ecdh curve name}, the older form of {@code ecdhe}. */
    record EcdhCurve(Span span, Text curve) implements TlsSetting {}

    /** 2014 to 2017: {@code ecdh} or {@code no ecdh}. */
    record Ecdh(Span span) implements TlsSetting {}
}
