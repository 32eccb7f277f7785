package org.relayd.runtime.hce.check;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.term.CheckResult;
import org.relayd.runtime.LoopbackServer;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.jdk.JdkTls;
import org.relayd.runtime.tls.library.TlsLibrary;

/** Checks over TLS with each library, and what hosts do to them. */
class CheckTlsTest extends CheckTrial {
    private static final HealthCheck HANDSHAKE = new HealthCheck.TlsHandshake();
    private static final HealthCheck CODE = new HealthCheck.HttpCode(true, "/", Optional.empty(), 200);
    /** Matches nothing before the end. */
    private static final HealthCheck NEVER = new HealthCheck.SendExpect(true, Optional.empty(), "never");
    private static TestKey key;

    /** Libraries. */
    enum Library {
        NATIVE, JDK;

        Supplier<TlsEngine> engine() {
            return switch (this) {
                case NATIVE -> new TlsLibrary(new RecordedLog(true));
                case JDK -> TlsLibrary.of(new JdkTls());
            };
        }
    }

    @BeforeAll
    static void make() throws Exception {
        key = TestKey.make();
    }

    private CheckResult against(Library with, HealthCheck check, Duration timeout, LoopbackServer.Conversation host)
            throws Exception {
        library = with.engine();
        try (LoopbackServer server = LoopbackServer.start(host)) {
            return check(check, server.port(), timeout);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredCertificateIsGoodEnough(Library with) throws Exception {
        TestKey expired = TestKey.expired();
        assertEquals(CheckResult.TLS_CONNECT_OK, against(with, HANDSHAKE, LONG, raw -> drain(expired.over(raw))));
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatResetsTheHandshakeFails(Library with) throws Exception {
        assertEquals(CheckResult.TLS_CONNECT_FAILED, against(with, HANDSHAKE, LONG, raw -> {
            raw.getInputStream().read();
            raw.setSoLinger(true, 0);
        }));
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatStallsInTheHandshakeTimesOut(Library with) throws Exception {
        assertEquals(CheckResult.TLS_CONNECT_TIMEOUT, against(with, HANDSHAKE, SHORT, CheckTrial::drain));
        assertEquals(CheckResult.TLS_CONNECT_TIMEOUT, against(with, HANDSHAKE, SHORT, raw -> {
            raw.getOutputStream().write(new byte[]{22, 3, 3, 0, 90, 2, 0});
            drain(raw);
        }));
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatAnswersPlainTextFails(Library with) throws Exception {
        assertEquals(CheckResult.TLS_CONNECT_FAILED, against(with, HANDSHAKE, LONG,
                raw -> answer(raw, "HTTP/1.1 400 Bad Request\r\n\r\n")));
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatKnowsOldVersionsOnlyFails(Library with) throws Exception {
        // What a server of TLS 1.0 answers to a hello without it: the alert protocol_version.
        assertEquals(CheckResult.TLS_CONNECT_FAILED, against(with, HANDSHAKE, LONG, raw -> {
            raw.getInputStream().read(new byte[1024]);
            raw.getOutputStream().write(new byte[]{21, 3, 1, 0, 2, 2, 70});
        }));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerNeedsNoCloseNotify(Library with) throws Exception {
        LoopbackServer.Conversation host = raw -> {
            SSLSocket secured = key.over(raw);
            answer(secured, "HTTP/1.1 200 OK\r\n");
            // The connection ends, and nobody has said so.
        };
        assertEquals(CheckResult.HTTP_CODE_OK, against(with, CODE, LONG, host));
        assertEquals(CheckResult.SEND_EXPECT_FAILED, against(with, NEVER, LONG, raw -> {
            SSLSocket secured = key.over(raw);
            secured.startHandshake();
            secured.getOutputStream().write("no".getBytes(US_ASCII));
        }));
    }

    @ParameterizedTest
    @EnumSource
    void anAnnouncedEndIsAnEnd(Library with) throws Exception {
        assertEquals(CheckResult.SEND_EXPECT_FAILED, against(with, NEVER, LONG, raw -> {
            SSLSocket secured = key.over(raw);
            secured.startHandshake();
            secured.shutdownOutput();
            drain(raw);
        }));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatNeverComesTimesOut(Library with) throws Exception {
        assertEquals(CheckResult.TLS_READ_TIMEOUT,
                against(with, CODE, Duration.ofSeconds(2), raw -> drain(key.over(raw))));
    }

    private static List<String> asked(SSLSocket host) {
        return ((ExtendedSSLSession) host.getSession()).getRequestedServerNames().stream()
                .map(name -> new String(name.getEncoded(), US_ASCII)).toList();
    }

    @ParameterizedTest
    @EnumSource
    void aNameIsSentAndAnAddressIsNot(Library with) throws Exception {
        for (String name : List.of("web.example.com", "127.0.0.1", "::1")) {
            hostName = name;
            CompletableFuture<List<String>> names = new CompletableFuture<>();
            assertEquals(CheckResult.HTTP_CODE_OK, against(with, CODE, LONG, raw -> {
                SSLSocket secured = key.over(raw);
                secured.startHandshake();
                names.complete(asked(secured));
                answer(secured, "HTTP/1.1 200 OK\r\n\r\n");
            }));
            assertEquals(name.equals("web.example.com") ? List.of(name) : List.of(),
                    names.get(20, TimeUnit.SECONDS));
        }
    }

    /** How a connection ended for the host. */
    private static String end(Socket host) {
        try {
            return host.getInputStream().read() < 0 ? "announced" : "bytes";
        } catch (IOException cut) {
            return cut.getMessage();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hostsAreToldThatItIsOver(Library with) throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();
        library = with.engine();
        try (LoopbackServer server = LoopbackServer.start(raw -> {
            SSLSocket secured = key.over(raw);
            answer(secured, "HTTP/1.1 200 OK\r\n\r\n");
            end.complete(end(secured));
        })) {
            assertEquals(CheckResult.HTTP_CODE_OK, check(CODE, server.port(), LONG));
            assertEquals("announced", end.get(20, TimeUnit.SECONDS));
        }
    }
}
