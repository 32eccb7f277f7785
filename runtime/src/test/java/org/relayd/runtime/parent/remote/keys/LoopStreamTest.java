package org.relayd.runtime.parent.remote.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterTry;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.keystream.GarbageException;
import org.relayd.runtime.parent.keystream.SignatureAnswer;
import org.relayd.runtime.parent.keystream.SignatureRequest;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent;

/** The worker's side of a key stream, with the test as its parent, who may say anything. */
class LoopStreamTest {
    private static final MultiThreadIoEventLoopGroup GROUP = new MultiThreadIoEventLoopGroup(1,
            NioIoHandler.newFactory());
    private static final byte[] CONTENT = new byte[130];

    private final IoEventLoop loop = GROUP.next();
    private final List<Rights.Answer<Parent.Answered>> asked = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private final List<MemoryLink> links = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final LoopStream stream = new LoopStream(loop, new Asked(), (_, _, ready) -> {
        MemoryLink link = new MemoryLink(ready);
        links.add(link);
        return link;
    }, trouble::add);

    /** A parent that is asked for streams. */
    private final class Asked implements Parent {
        @Override
        public void ask(Request request, Rights.Answer<Answered> answer) {
            assertEquals(new Request.OpenKeyStream(), request);
            asked.add(answer);
        }

        @Override
        public Answered await(Request request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void say(Report report) {
            throw new UnsupportedOperationException();
        }
    }

    /** A link that takes so much at a time. */
    private static final class MemoryLink implements StreamLink {
        private final Runnable ready;
        final ByteBuffer sent = ByteBuffer.allocate(256 * 1024);
        final ByteBuffer coming = ByteBuffer.allocate(64 * 1024).limit(0);
        int room = Integer.MAX_VALUE;
        int piece = Integer.MAX_VALUE;
        int writes;
        boolean ends;
        boolean closed;

        MemoryLink(Runnable ready) {
            this.ready = ready;
        }

        @Override
        public int read(ByteBuffer into) {
            int count = Math.min(Math.min(into.remaining(), coming.remaining()), piece);
            if (count == 0) {
                return ends ? -1 : 0;
            }
            into.put(coming.slice(coming.position(), count));
            coming.position(coming.position() + count);
            return count;
        }

        @Override
        public int write(ByteBuffer from) {
            int count = Math.min(from.remaining(), room);
            writes++;
            room -= count;
            sent.put(from.slice(from.position(), count));
            from.position(from.position() + count);
            return count;
        }

        void say(ByteBuffer octets) {
            coming.compact().put(octets).flip();
            ready.run();
        }

        @Override
        public void close() {
            assertTrue(!closed, "closed twice");
            closed = true;
        }
    }

    @AfterContainer
    static void end() {
        GROUP.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @AfterTry
    void everyLinkButTheLastIsClosed() {
        for (int i = 0; i + 1 < links.size(); i++) {
            assertTrue(links.get(i).closed);
        }
    }

    private <T> T on(Callable<T> act) {
        try {
            T result = loop.submit(act).get();
            // What it has left for the end of the turn.
            loop.submit(() -> 0).get();
            return result;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void sign(int count) {
        on(() -> {
            for (int i = 0; i < count; i++) {
                int number = answers.size();
                answers.add("");
                stream.sign(7, 0x0403, CONTENT,
                        signature -> answers.set(number, answers.get(number) + signature.isPresent()));
            }
            return 0;
        });
    }

    private MemoryLink open() {
        asked.getLast().given(new Parent.Answered(new Reply.Socket(), OptionalInt.of(-1)));
        return on(links::getLast);
    }

    private static List<SignatureRequest> requests(MemoryLink link) {
        List<SignatureRequest> all = new ArrayList<>();
        try {
            link.sent.flip();
            for (Optional<SignatureRequest> next = SignatureRequest.read(link.sent); next
                    .isPresent(); next = SignatureRequest.read(link.sent)) {
                all.add(next.get());
            }
            link.sent.compact();
            return all;
        } catch (GarbageException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ByteBuffer answer(SignatureRequest... requests) {
        ByteBuffer all = ByteBuffer.allocate(64 * 1024);
        for (SignatureRequest request : requests) {
            assertTrue(new SignatureAnswer(request.id(), Optional.of(new byte[70])).write(all));
        }
        return all.flip();
    }

    private void say(MemoryLink link, ByteBuffer octets) {
        on(() -> {
            link.say(octets);
            return 0;
        });
    }

    @Example
    void requestsOfOneTurnLeaveInOnePiece() {
        sign(10);
        assertEquals(1, asked.size());
        MemoryLink link = open();
        assertEquals(1, link.writes);
        List<SignatureRequest> first = requests(link);
        assertEquals(10, first.size());
        assertArrayEquals(CONTENT, first.getFirst().content());
        sign(5);
        assertEquals(2, link.writes);
        say(link, answer(first.toArray(SignatureRequest[]::new)));
        assertEquals(List.of("true", ""), answers.subList(9, 11));
        assertEquals(5, stream.waiting());
        assertEquals(1, asked.size());
    }

    @Example
    void whatFindsNoRoomGoesLater() {
        sign(1);
        MemoryLink link = open();
        link.room = 100;
        sign(1000);
        // One was sent before, of the others a part.
        assertEquals(1, requests(link).size());
        int before = link.writes;
        sign(1);
        link.room = Integer.MAX_VALUE;
        say(link, ByteBuffer.allocate(0));
        assertEquals(1001, requests(link).size());
        assertTrue(link.writes > before);
    }

    @Example
    void moreThanCanWaitGetNone() {
        sign(LoopStream.MOST_WAITING + 2);
        assertEquals(LoopStream.MOST_WAITING, stream.waiting());
        assertEquals("false", answers.getLast());
        assertEquals("key stream: too many handshakes wait for a signature", trouble.getLast());
        asked.getLast().refused(new IOException("no descriptors left"));
        sign(0);
        assertTrue(answers.stream().allMatch("false"::equals));
        assertEquals("key stream: no descriptors left; 16384 handshakes get no signature", trouble.getLast());
        sign(1);
        assertEquals(2, asked.size());
    }

    @Example
    void streamThatEndsIsAskedForAnew() {
        sign(3);
        MemoryLink link = open();
        link.ends = true;
        say(link, ByteBuffer.allocate(0));
        assertTrue(link.closed);
        assertEquals(List.of("false", "false", "false"), answers);
        assertEquals("key stream: the parent process has closed it; 3 handshakes get no signature", trouble.getLast());
        sign(1);
        MemoryLink next = open();
        assertEquals(1, requests(next).size());
    }

    @Example
    void otherReplyThanASocketIsNone() {
        sign(1);
        asked.getLast().given(new Parent.Answered(new Reply.Done(), OptionalInt.empty()));
        sign(0);
        assertEquals(List.of("false"), answers);
        assertEquals(1, trouble.size());
    }

    @Example
    void answerThatThrowsHurtsNobodyElse() {
        on(() -> {
            stream.sign(7, 0x0403, CONTENT, _ -> {
                throw new IllegalStateException("mine");
            });
            return 0;
        });
        sign(1);
        MemoryLink link = open();
        say(link, answer(requests(link).toArray(SignatureRequest[]::new)));
        assertEquals(List.of("true"), answers);
        assertTrue(trouble.getLast().contains("mine"));
    }

    @Property(tries = 200, seed = "2026", shrinking = ShrinkingMode.OFF)
    void answersComeInAnyOrderAndPieces(@ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 500) int piece, @ForAll Random random) {
        sign(count);
        MemoryLink link = open();
        link.piece = piece;
        List<SignatureRequest> all = new ArrayList<>(requests(link));
        java.util.Collections.shuffle(all, random);
        say(link, answer(all.toArray(SignatureRequest[]::new)));
        assertTrue(answers.stream().allMatch("true"::equals));
        assertEquals(0, stream.waiting());
        assertEquals(List.of(), trouble);
    }

    @Property(tries = 300, seed = "2026", shrinking = ShrinkingMode.OFF)
    void whateverTheParentSaysEachGetsOneAnswer(@ForAll @Size(min = 6, max = 3000) byte[] octets) {
        sign(3);
        MemoryLink link = open();
        say(link, ByteBuffer.wrap(octets));
        link.ends = true;
        if (!link.closed) {
            say(link, ByteBuffer.allocate(0));
        }
        assertTrue(link.closed);
        assertTrue(answers.stream().allMatch(text -> text.equals("true") || text.equals("false")), answers::toString);
        assertEquals(0, stream.waiting());
        // And the next one begins anew.
        sign(1);
        MemoryLink next = open();
        say(next, answer(requests(next).toArray(SignatureRequest[]::new)));
        assertEquals("true", answers.getLast());
    }
}
