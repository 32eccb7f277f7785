package org.relayd.compiler.check.table;

import java.util.Locale;
import java.util.Optional;
import org.relayd.compiler.check.state.Extensions;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.Limits;
import org.relayd.ir.config.Digest;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.net.DnsName;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.parsed.CheckDeclaration;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/** Reads {@code check …} of a forward line. relayd.conf(5): TABLES, health checking methods. */
final class CheckReader {
    /** Bytes of the pattern after {@code expect}. */
    private static final int EXPECT = 255;
    private static final int EXPECT_51 = 63;
    /** Bytes of binary data that OpenBSD compares. */
    private static final int BINARY_EXPECT = 127;

    private final Extensions extensions;
    private final Findings findings;
    private final int expectLimit;

    CheckReader(Extensions extensions, Findings findings, Dialect dialect) {
        this.extensions = extensions;
        this.findings = findings;
        this.expectLimit = switch (dialect) {
            case V5_1 -> EXPECT_51;
            case CURRENT -> EXPECT;
        };
    }

    /** Puts a check into the settings of its line; what is wrong goes to the findings. */
    void read(CheckDeclaration check, CheckSettings settings) {
        switch (check) {
            case CheckDeclaration.Icmp _ -> settings.set(new HealthCheck.Icmp());
            case CheckDeclaration.Tcp _ -> settings.set(connect(settings.tls()));
            case CheckDeclaration.Tls _ -> {
                settings.useTls();
                settings.set(connect(true));
            }
            case CheckDeclaration.HttpCode(Span _, Text scheme, Text path, Optional<Text> host, Count code) -> {
                if (isHttp(scheme, settings) && isPositive(code)) {
                    settings.set(new HealthCheck.HttpCode(settings.tls(), path.value(), host.map(Text::value),
                            (int) code.value()));
                }
            }
            case CheckDeclaration.HttpDigest(Span _, Text scheme, Text path, Optional<Text> host, Text digest) -> {
                Optional<Digest> expected = digest(digest);
                if (isHttp(scheme, settings) && expected.isPresent()) {
                    settings.set(new HealthCheck.HttpDigest(settings.tls(), path.value(), host.map(Text::value),
                            expected.get()));
                }
            }
            case CheckDeclaration.SendExpect(Span _, Optional<Text> send, Text expect, boolean tls) -> {
                if (fits(expect, expectLimit, TableUseErrors.expectTooLong(expect, expectLimit))) {
                    useTls(tls, settings);
                    settings.set(new HealthCheck.SendExpect(settings.tls(), send.map(Text::value),
                            unescape(expect.value())));
                }
            }
            case CheckDeclaration.BinarySendExpect(Span _, Optional<Text> send, Text expect, boolean tls) -> {
                if (isBinary(send, expect)) {
                    useTls(tls, settings);
                    settings.set(new HealthCheck.BinarySendExpect(settings.tls(), send.map(Text::value),
                            expect.value()));
                }
            }
            case CheckDeclaration.Script(Span _, Text path) -> {
                if (fits(path, Limits.PATH, TableUseErrors.scriptPathTooLong(path))) {
                    settings.set(new HealthCheck.Script(path.value()));
                }
            }
            case CheckDeclaration.Dns(Span span, Text name, Text address) -> {
                extensions.use(span, "check dns");
                dns(name, address).ifPresent(settings::set);
            }
        }
    }

    /** Returns a digest with its algorithm, which its length tells; empty, with an error, if the length is wrong. */
    private Optional<Digest> digest(Text text) {
        Optional<Digest> digest = Digest.of(text.value());
        if (digest.isEmpty()) {
            findings.add(TableUseErrors.invalidDigest(text));
        } else if (!digest.get().isHexadecimal() || !text.value().equals(text.value().toLowerCase(Locale.ROOT))) {
            // OpenBSD compares the text, and writes its own hash in lower case.
            findings.add(TableUseErrors.digestOfNothing(text));
        }
        return digest;
    }

    private Optional<HealthCheck> dns(Text name, Text address) {
        Optional<DnsName> asked = DnsName.parse(name.value());
        Optional<IpAddress> expected = IpAddress.parse(address.value()).filter(parsed -> parsed.scope().isEmpty());
        if (asked.isEmpty()) {
            findings.add(TableUseErrors.invalidDnsName(name));
        }
        if (expected.isEmpty()) {
            findings.add(TableUseErrors.invalidDnsAddress(address));
        }
        return asked.flatMap(question -> expected.map(answer -> new HealthCheck.Dns(question, answer)));
    }

    private static HealthCheck connect(boolean tls) {
        return tls ? new HealthCheck.TlsHandshake() : new HealthCheck.TcpConnect();
    }

    private static void useTls(boolean tls, CheckSettings settings) {
        if (tls) {
            settings.useTls();
        }
    }

    private boolean isHttp(Text scheme, CheckSettings settings) {
        if (scheme.value().equals("https")) {
            settings.useTls();
        } else if (!scheme.value().equals("http")) {
            findings.add(TableUseErrors.invalidCheckType(scheme));
            return false;
        }
        return true;
    }

    private boolean isPositive(Count code) {
        int value = (int) code.value();
        if (value <= 0) {
            findings.add(TableUseErrors.invalidHttpCode(code, value));
        }
        return value > 0;
    }

    private boolean fits(Text text, int limit, Diagnostic otherwise) {
        boolean fits = !Limits.exceeds(text.value(), limit);
        if (!fits) {
            findings.add(otherwise);
        }
        return fits;
    }

    private boolean isBinary(Optional<Text> send, Text expect) {
        Findings.Statement statement = findings.begin();
        send.ifPresent(data -> {
            if (data.value().isEmpty()) {
                findings.add(TableUseErrors.emptyBinary("send", data));
            } else if (!isHex(data.value())) {
                findings.add(TableUseErrors.invalidBinarySend(data));
            }
        });
        if (expect.value().isEmpty()) {
            findings.add(TableUseErrors.emptyBinary("expect", expect));
        } else if (Limits.exceeds(expect.value(), EXPECT)) {
            findings.add(TableUseErrors.binaryExpectTooLong(expect));
        } else if (!isHex(expect.value()) || expect.value().length() > 2 * BINARY_EXPECT) {
            findings.add(TableUseErrors.invalidBinaryExpect(expect));
        }
        return !statement.isRefused();
    }

    private static boolean isHex(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 128 || Character.digit(text.charAt(at), 16) < 0) {
                return false;
            }
        }
        return text.length() % 2 == 0;
    }

    // In the pattern, unlike in the data sent, the backslash has a meaning.
    private static String unescape(String pattern) {
        int backslash = pattern.indexOf('\\');
        if (backslash < 0) {
            return pattern;
        }
        StringBuilder text = new StringBuilder(pattern.length());
        for (int at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            if (c == '\\' && at + 1 < pattern.length()) {
                char escaped = pattern.charAt(++at);
                text.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
