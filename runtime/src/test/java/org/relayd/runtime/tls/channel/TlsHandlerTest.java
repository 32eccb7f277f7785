package org.relayd.runtime.tls.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.JoinedEnds;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.PeerVerifier;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.StreamEnd;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestPolicies;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.TlsStream;
import org.relayd.runtime.tls.jdk.JdkTls;
import org.relayd.runtime.tls.library.TlsLibrary;

class TlsHandlerTest {
    private static final TestCertificates LEAF = TestCertificates.root("Handlers").leaf("www.example.com");
    private static final CommonPolicy COMMON = new CommonPolicy(Set.of(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3),
            "HIGH:!aNULL", List.of());

    private final JoinedEnds.Elsewhere elsewhere = new JoinedEnds.Elsewhere();
    private final List<String> heard = new ArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final EmbeddedChannel channel = new EmbeddedChannel(new Last());
    private TlsEngine engine;
    private TlsEngine.Context server;
    private TlsEngine.ClientContext clients;
    private Optional<StreamEnd> other = Optional.empty();
    private Runnable whenOpened = () -> {};

    @BeforeEach
    void start() throws TlsException {
        engine = new TlsLibrary(new RecordedLog(true)).get();
        server = engine.server(server());
        clients = engine.client(new ClientPolicy(COMMON, Optional.empty()));
    }

    private static ServerPolicy server() {
        return new ServerPolicy(List.of(LEAF.identity()), COMMON, true, Optional.empty(), false, Optional.empty(),
                List.of(), new OctetString(new byte[]{1}));
    }

    @AfterEach
    void stop() {
        channel.finishAndReleaseAll();
        other.ifPresent(StreamEnd::release);
        server.close();
        clients.close();
    }

    /** The end of the pipeline. */
    private final class Last extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            received.writeBytes(ByteBufUtil.getBytes(bytes));
            bytes.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            heard.add("caught " + cause.getMessage());
        }
    }

    private final class Ear implements TlsListener {
        @Override
        public void opened(TlsFacts facts) {
            heard.add("opened " + facts.version());
            whenOpened.run();
        }

        @Override
        public void failed(TlsFailure failure) {
            heard.add("failed " + failure.kind());
        }

        @Override
        public void ended(boolean announced) {
            heard.add("ended " + announced);
        }
    }

    private TlsHandler add(TlsSide side) {
        TlsHandler handler = new TlsHandler(side, new TlsMemory(), new Ear());
        channel.pipeline().addFirst(handler);
        return handler;
    }

    /** A server's channel, and a client in memory. */
    private TlsHandler serve() {
        TlsHandler handler = add(server);
        StreamEnd client = new StreamEnd(clients.towards("www.example.com"));
        other = Optional.of(client);
        client.begin();
        return handler;
    }

    private StreamEnd client() {
        return other.orElseThrow();
    }

    private void settle() {
        boolean moved = true;
        while (moved) {
            channel.runPendingTasks();
            moved = elsewhere.runAll();
            moved |= client().turn();
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                client().take(ByteBufUtil.getBytes(out));
                out.release();
                moved = true;
            }
            byte[] in = client().carry(Integer.MAX_VALUE);
            if (in.length > 0) {
                channel.writeInbound(Unpooled.wrappedBuffer(in));
                moved = true;
            }
        }
    }

    private void write(String text) {
        channel.writeOutbound(Unpooled.copiedBuffer(text, US_ASCII));
    }

    private String text() {
        return received.toString(US_ASCII);
    }

    @Test
    void bytesGoBothWays() {
        serve();
        settle();
        assertEquals(List.of("opened TLSv1.3"), heard);
        byte[] much = new byte[500_000];
        new Random(2).nextBytes(much);
        channel.writeOutbound(Unpooled.wrappedBuffer(much));
        channel.writeOutbound(Unpooled.directBuffer().writeBytes(much));
        channel.writeOutbound(Unpooled.EMPTY_BUFFER);
        client().send(much);
        settle();
        assertArrayEquals(much, received.toByteArray());
        assertEquals(2 * much.length, client().received().length);
    }

    @Test
    void whatIsWrittenBeforeTheOutcomeComesFirst() {
        TlsHandler handler = serve();
        write("first ");
        whenOpened = () -> write("second");
        settle();
        handler.finish();
        channel.flush();
        settle();
        assertEquals("first second", new String(client().received(), US_ASCII));
        assertEquals(TlsStream.State.ENDED, client().stream().state());
    }

    @Test
    void anEndThatIsWrittenBeforeTheOutcomeIsTheLast() {
        TlsHandler handler = serve();
        write("all");
        handler.finish();
        settle();
        assertEquals("all", new String(client().received(), US_ASCII));
        assertEquals(TlsStream.State.ENDED, client().stream().state());
    }

    @Test
    void nothingIsPassedOnWhileNobodyReads() {
        TlsHandler handler = serve();
        handler.readAfterwards(false);
        settle();
        assertFalse(channel.config().isAutoRead());
        client().send("hello".getBytes(US_ASCII));
        client().finish();
        settle();
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertEquals("", text());
        channel.config().setAutoRead(true);
        settle();
        assertEquals("hello", text());
        assertEquals(List.of("opened TLSv1.3", "ended true"), heard);
    }

    @Test
    void anEndThatWasNotAnnouncedIsTold() {
        serve();
        settle();
        client().send("half of".getBytes(US_ASCII));
        settle();
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertEquals("half of", text());
        assertEquals(List.of("opened TLSv1.3", "ended false"), heard);
        write("still");
        settle();
        assertEquals("still", new String(client().received(), US_ASCII));
    }

    @Test
    void httpIsToldApartAndAnsweredInTheClear() {
        serve();
        write("forgotten");
        channel.writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1\r\nHost: x\r\n\r\n", US_ASCII));
        assertEquals(List.of("failed PLAIN_HTTP"), heard);
        write("HTTP/1.0 400 Bad Request\r\n");
        ByteBuf out = channel.readOutbound();
        assertEquals("HTTP/1.0 400 Bad Request\r\n", out.toString(US_ASCII));
        out.release();
        assertEquals("", text());
    }

    @Test
    void whatIsNoTlsGetsAnAlertAndNothingElse() {
        serve();
        channel.writeInbound(Unpooled.copiedBuffer("SSH-2.0-OpenSSH_9.2\r\n", US_ASCII));
        assertEquals(List.of("failed PROTOCOL"), heard);
        write("forgotten");
        channel.writeInbound(Unpooled.copiedBuffer("more", US_ASCII));
        ByteBuf alert = channel.readOutbound();
        assertTrue(alert == null || alert.readableBytes() == 7);
        if (alert != null) {
            alert.release();
        }
        assertTrue(channel.outboundMessages().isEmpty());
        assertEquals(1, heard.size());
    }

    @Test
    void aChangedRecordIsAFailureAfterWhatWasGood() {
        serve();
        settle();
        client().send("good".getBytes(US_ASCII));
        byte[] good = client().carry(Integer.MAX_VALUE);
        client().send("changed".getBytes(US_ASCII));
        byte[] bad = client().carry(Integer.MAX_VALUE);
        bad[bad.length - 1] ^= 1;
        channel.writeInbound(Unpooled.wrappedBuffer(good, bad));
        assertEquals("good", text());
        assertEquals(List.of("opened TLSv1.3", "failed PROTOCOL"), heard);
    }

    @Test
    void ofTwoFailuresTheFirstIsTold() {
        serve();
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset"));
        assertEquals("failed GONE", heard.getFirst());
        assertEquals("caught Connection reset", heard.getLast());
    }

    @Test
    void aFailedWriteWaitsForWhatCameBefore() {
        serve();
        channel.pipeline().fireExceptionCaught(new ChannelOutputShutdownException("x", new ClosedChannelException()));
        assertEquals(List.of(), heard);
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[]{21, 3, 1, 0, 2, 2, 40}));
        assertEquals(List.of("failed ALERT"), heard);
    }

    @Test
    void nothingIsReadWhileAVerificationIsUnderWay() throws TlsException {
        PeerVerifier verifier = TestPolicies.only(LEAF.certificate(), elsewhere);
        TlsEngine.ClientContext asking = engine.client(new ClientPolicy(COMMON, Optional.of(verifier)));
        add(asking.towards("www.example.com"));
        StreamEnd peer = new StreamEnd(server);
        other = Optional.of(peer);
        peer.begin();
        while (elsewhere.waiting() == 0) {
            ByteBuf out = channel.readOutbound();
            peer.take(ByteBufUtil.getBytes(out));
            out.release();
            channel.writeInbound(Unpooled.wrappedBuffer(peer.carry(Integer.MAX_VALUE)));
        }
        assertFalse(channel.config().isAutoRead());
        assertEquals(List.of(), heard);
        settle();
        assertTrue(channel.config().isAutoRead());
        assertEquals(List.of("opened TLSv1.3"), heard);
        asking.close();
    }

    @Test
    void aClosedChannelLetsGoOfEverything() {
        for (int steps = 0; steps < 3; steps++) {
            EmbeddedChannel one = new EmbeddedChannel();
            one.pipeline().addFirst(new TlsHandler(server, new TlsMemory(), new Ear()));
            ByteBuf waits = Unpooled.directBuffer().writeInt(1);
            one.writeOutbound(waits);
            ByteBuf came = Unpooled.directBuffer().writeBytes(new byte[]{22, 3, 1, 2, 0});
            one.writeInbound(came);
            one.close().syncUninterruptibly();
            assertEquals(0, waits.refCnt());
            assertEquals(0, came.refCnt());
            one.finishAndReleaseAll();
        }
    }

    @Test
    void theJdkWaitsOnOtherThreads() throws Exception {
        TlsEngine jdk = new JdkTls();
        TlsEngine.Context context = jdk.server(server());
        add(context);
        StreamEnd client = new StreamEnd(clients.towards("www.example.com"));
        other = Optional.of(client);
        client.begin();
        long limit = System.nanoTime() + 20_000_000_000L;
        while (heard.isEmpty() && System.nanoTime() < limit) {
            settle();
            Thread.onSpinWait();
        }
        assertEquals(List.of("opened TLSv1.3"), heard);
        client.send("hello".getBytes(US_ASCII));
        settle();
        assertEquals("hello", text());
        context.close();
    }
}
