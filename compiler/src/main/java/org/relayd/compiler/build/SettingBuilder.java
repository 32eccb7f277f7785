package org.relayd.compiler.build;

import static org.relayd.compiler.build.Converters.count;
import static org.relayd.compiler.build.Converters.first;
import static org.relayd.compiler.build.Converters.last;
import static org.relayd.compiler.build.Converters.span;
import static org.relayd.compiler.build.Converters.word;

import org.relayd.compiler.source.SourceToken;
import org.relayd.grammar.RelaydParser.*;
import org.relayd.ir.parsed.HttpSetting;
import org.relayd.ir.parsed.TcpSetting;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.parsed.TlsSetting;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/** Builds the TLS, TCP and HTTP settings of protocols. relayd.conf(5): PROTOCOLS. */
final class SettingBuilder {
    private final Converters converters;

    SettingBuilder(Converters converters) {
        this.converters = converters;
    }

    TlsSetting tls(TlsFlagContext flag) {
        Span span = span(flag);
        return switch (flag) {
            case TlsTicketsContext tickets -> {
                current("session tickets", word(tickets.TICKETS()));
                yield new TlsSetting.SessionTickets(span, tickets.NO() == null);
            }
            case TlsSessionCacheContext cache -> cache.NUMBER() == null ? new TlsSetting.NoSessionCache(span)
                    : new TlsSetting.SessionCache(span, count(cache.NUMBER()));
            case TlsCiphersContext ciphers -> new TlsSetting.Ciphers(span, converters.text(ciphers.name()));
            case TlsCaFileContext file -> new TlsSetting.CaFile(span, converters.text(file.name()));
            case TlsCaCertContext cert -> new TlsSetting.CaCert(span, converters.text(cert.name()));
            case TlsCaKeyContext key
                    -> new TlsSetting.CaKey(span, converters.text(key.path), converters.text(key.secret));
            case TlsClientCaContext client -> {
                current("client ca", first(client));
                yield new TlsSetting.ClientCa(span, converters.text(client.name()));
            }
            case TlsKeypairContext keypair -> {
                current("keypair", first(keypair));
                yield new TlsSetting.Keypair(span, converters.text(keypair.name()));
            }
            case TlsNoEdhContext _ -> new TlsSetting.NoEdh(span);
            case TlsEdhContext edh when edh.NUMBER() != null -> new TlsSetting.EdhBits(span, count(edh.NUMBER()));
            case TlsEdhContext edh -> new TlsSetting.Edh(span, converters.optionalText(edh.name()));
            case TlsEcdhCurveContext ecdh -> new TlsSetting.EcdhCurve(span, converters.text(ecdh.name()));
            case TlsEcdhContext _ -> new TlsSetting.Ecdh(span);
            case TlsEcdheContext ecdhe -> {
                current("ecdhe", first(ecdhe));
                yield new TlsSetting.Ecdhe(span, converters.text(ecdhe.name()));
            }
            case TlsWordContext word -> new TlsSetting.Flag(span, word.NO() == null, Converters.text(last(word)));
            default -> throw Trees.unknown(flag);
        };
    }

    TcpSetting tcp(TcpFlagContext flag) {
        Span span = span(flag);
        return switch (flag) {
            case TcpSackContext sack -> new TcpSetting.Sack(span, sack.NO() == null);
            case TcpNodelayContext nodelay -> new TcpSetting.Nodelay(span, nodelay.NO() == null);
            case TcpSpliceContext splice -> new TcpSetting.Splice(span, splice.NO() == null);
            case TcpBacklogContext backlog -> new TcpSetting.Backlog(span, count(backlog.NUMBER()));
            case TcpSocketBufferContext buffer -> new TcpSetting.SocketBuffer(span, count(buffer.NUMBER()));
            case TcpIpContext ip -> {
                Text name = ip.name() == null ? Converters.text(word(ip.TTL())) : converters.text(ip.name());
                yield new TcpSetting.IpOption(span, name, count(ip.NUMBER()));
            }
            default -> throw Trees.unknown(flag);
        };
    }

    HttpSetting http(HttpFlagContext flag) {
        Span span = span(flag);
        return switch (flag) {
            case HttpHeaderLengthContext length -> new HttpSetting.HeaderLength(span, count(length.NUMBER()));
            case HttpWebsocketsContext websockets -> new HttpSetting.Websockets(span, websockets.NO() == null);
            default -> throw Trees.unknown(flag);
        };
    }

    private void current(String construct, SourceToken at) {
        converters.dialects().only(Dialect.CURRENT, construct, at);
    }
}
