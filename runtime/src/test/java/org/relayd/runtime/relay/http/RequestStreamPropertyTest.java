package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.relayd.ir.config.AccessLog;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.term.AccessLogFormat;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;

/**
 * What a target reads as requests is what the log and the access log of relayd say, whatever a client sends: nothing
 * can be smuggled past the filter. Netty's decoder plays the target.
 */
class RequestStreamPropertyTest {
    private static final Pattern LOGGED = Pattern.compile("\\[(/\\w*)\\]");
    /** Only what was read as a request has a method. */
    private static final Pattern ACCESSED = Pattern.compile("\"method\":\"[A-Z]+\",\"target\":\"(/\\w*)\"");
    private static final String ANSWER = "HTTP/1.1 204 No Content\r\n\r\n";

    @Property(tries = 40, seed = "2026", shrinking = ShrinkingMode.OFF)
    void targetReadsTheRequestsOfTheLog(@ForAll("streams") String stream, @ForAll("cuts") int cut) throws Exception {
        Path accessLog = Files.createTempFile("access", ".json");
        List<String> logged;
        try (HttpScene scene = HttpScene.of(new Paths(), logging(accessLog),
                RuleSource.match().on(EntityType.PATH, EntityOption.LOG, "*"))) {
            List<String> read = new ArrayList<>();
            Thread target = Thread.ofVirtual().start(() -> serve(scene, read));
            Socket client = scene.client();
            for (int at = 0; at < stream.length(); at += cut) {
                Peers.offer(client, stream.substring(at, Math.min(stream.length(), at + cut)));
            }
            client.shutdownOutput();
            String answers = Peers.readAll(client);
            logged = LOGGED.matcher(scene.log().await("session 1 (")).results()
                    .map(found -> found.group(1)).toList();
            scene.stopTarget();
            target.join();
            assertTrue(read.size() <= logged.size(), read + " but logged " + logged);
            assertEquals(logged.subList(0, read.size()), read);
            assertTrue(read.size() >= answers.split(Pattern.quote(ANSWER.trim()), -1).length - 1, answers);
        }
        List<String> accessed = Files.readAllLines(accessLog).stream().map(ACCESSED::matcher).filter(Matcher::find)
                .map(found -> found.group(1)).toList();
        Files.delete(accessLog);
        assertEquals(logged, accessed);
    }

    private static Protocol.HttpSettings logging(Path file) {
        return new Protocol.HttpSettings(8192, false,
                Optional.of(new AccessLog(file.toString(), AccessLogFormat.JSON)));
    }

    /** Reads requests as another program would and answers each. */
    private static void serve(HttpScene scene, List<String> read) {
        EmbeddedChannel decoder = new EmbeddedChannel(new HttpRequestDecoder(), new HttpObjectAggregator(1 << 20));
        try {
            Socket socket = scene.target();
            byte[] octets = new byte[4096];
            for (int count = socket.getInputStream().read(octets); count > 0;
                    count = socket.getInputStream().read(octets)) {
                decoder.writeInbound(Unpooled.copiedBuffer(octets, 0, count));
                for (Object message = decoder.readInbound(); message != null; message = decoder.readInbound()) {
                    if (message instanceof HttpRequest request) {
                        read.add(request.uri());
                        Peers.send(socket, ANSWER);
                    }
                    ReferenceCountUtil.release(message);
                }
                decoder.releaseOutbound();
            }
        } catch (SocketTimeoutException | SocketException noConnection) {
            // Nothing was worth a connection, or the session was cut.
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } finally {
            decoder.finishAndReleaseAll();
        }
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.of(1, 2, 3, 7, 50, 100_000);
    }

    @Provide
    Arbitrary<String> streams() {
        Arbitrary<String> method = Arbitraries.of("GET", "POST", "PUT", "DELETE");
        Arbitrary<String> path = Arbitraries.strings().withChars("abc123").ofMinLength(1).ofMaxLength(5);
        Arbitrary<String> version = Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(6, Arbitraries.just("HTTP/1.1")),
                net.jqwik.api.Tuple.of(1, Arbitraries.of("HTTP/1.0", "HTTP/1.2", "http/1.1")));
        Arbitrary<String> framing = Arbitraries.of("\r\n", "Content-Length: 4\r\n\r\nGET ", "Content-Length: 0\r\n\r\n",
                "Content-Length: 29\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"
                        .replace("29", Integer.toString("GET /evil HTTP/1.1\r\nHost: x\r\n\r\n".length())),
                "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3;x=\"y\"\r\nGET\r\n0\r\nX: y\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked \r\n\r\n0\r\n\r\n", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd", "Content-Length: +4\r\n\r\nabcd",
                "Content-Length:\t4\r\n\r\nabcd", "X: a\n\r\n", "X: a\r\n b: c\r\n\r\n", "Connection: Host\r\n\r\n",
                "Expect: 100-continue\r\nContent-Length: 2\r\n\r\nab", "Upgrade: h2c\r\nConnection: upgrade\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n4\nabcd\r\n0\r\n\r\n", "Content-Length: 4");
        Arbitrary<String> request = Combinators.combine(method, path, version, framing)
                .as((m, p, v, f) -> m + " /" + p + " " + v + "\r\nHost: x\r\n" + f);
        Arbitrary<String> piece = Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, request),
                net.jqwik.api.Tuple.of(1, Arbitraries.of("\r\n", "\n", "X", "0\r\n\r\n", "\0", "GET /")));
        return piece.list().ofMinSize(1).ofMaxSize(6).map(pieces -> String.join("", pieces));
    }
}
