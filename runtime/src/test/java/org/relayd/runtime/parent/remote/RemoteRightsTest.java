package org.relayd.runtime.parent.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.parent.HeldAuthority;
import org.relayd.runtime.parent.HeldKey;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.link.MemoryLine;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent.Answered;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;

@Timeout(30)
class RemoteRightsTest {
    private static final ScriptRun RUN = new ScriptRun("/bin/check", "www.example.com", Duration.ofSeconds(1));

    private final MemoryLine.Ends ends = MemoryLine.Ends.holding(100);
    private final RecordedLog log = new RecordedLog(false);
    private final LineParent parent = LineParent.start(ends.worker(), log, _ -> {}, () -> {});
    private final RemoteRights rights = new RemoteRights(parent, 4711, new NoKeys());

    /** Keys are asked for by another part. */
    private static final class NoKeys implements KeyRights {
        @Override
        public byte[] readPublic(String path) throws IOException {
            throw new IOException("not here");
        }

        @Override
        public HeldKey openKey(String path, X509Certificate fits) throws IOException {
            throw new IOException("not here");
        }

        @Override
        public HeldAuthority openAuthority(CaKey key, X509Certificate authority) throws IOException {
            throw new IOException("not here");
        }
    }

    RemoteRightsTest() {
        rights.images().know(RightsRow.PLAN, RightsRow.IMAGE, RightsRow.ROUTES);
    }

    @AfterEach
    void close() {
        parent.close();
    }

    private ParentEnd answering(Reply reply, OptionalInt descriptor) {
        return ParentEnd.answering(ends.parent(), _ -> new Answered(reply, descriptor));
    }

    @ParameterizedTest
    @MethodSource("org.relayd.runtime.parent.remote.RightsRow#all")
    void aCallIsARequestAndTheReplyIsItsValue(RightsRow row) throws Exception {
        Optional<Passed> passed = row.passed();
        ParentEnd end = answering(row.reply(),
                passed.map(Passed::descriptor).orElse(OptionalInt.empty()));
        assertEquals(row.value().apply(passed.map(Passed::number).orElse(0)), row.call().of(rights));
        assertEquals(List.of(row.request()), end.requests());
        if (passed.isPresent()) {
            assertFalse(passed.get().isClosed(), "it is the caller's");
        }
    }

    @ParameterizedTest
    @MethodSource("org.relayd.runtime.parent.remote.RightsRow#all")
    void aRefusalHasItsKind(RightsRow row) {
        answering(new Reply.Refused(Optional.of(ErrorName.EPERM.linux()), "Operation not permitted",
                row.isOfKernel()), OptionalInt.empty());
        IOException refused = assertThrows(IOException.class, () -> row.call().of(rights));
        assertEquals("Operation not permitted", refused.getMessage());
        assertEquals(row.isOfKernel() ? KernelException.class : SystemException.class, refused.getClass());
    }

    @ParameterizedTest
    @MethodSource("org.relayd.runtime.parent.remote.RightsRow#all")
    void whatTheDoorRefusesIsNoFaultOfTheKernelButOneForItsThread(RightsRow row) {
        answering(new Reply.Refused(Optional.empty(), "the configuration does not ask for that", false),
                OptionalInt.empty());
        IOException refused = assertThrows(IOException.class, () -> row.call().of(rights));
        assertEquals("the configuration does not ask for that", refused.getMessage());
        assertEquals(row.isOfKernel(), refused instanceof KernelException);
    }

    @ParameterizedTest
    @MethodSource("org.relayd.runtime.parent.remote.RightsRow#all")
    void anotherReplyIsRefusedAndItsDescriptorClosed(RightsRow row) throws Exception {
        Passed passed = Passed.open();
        answering(new Reply.Key(1, "print"), passed.descriptor());
        IOException unfit = assertThrows(IOException.class, () -> row.call().of(rights));
        assertEquals("the parent process gives an answer that does not fit: Key", unfit.getMessage());
        assertTrue(passed.isClosed());
    }

    @ParameterizedTest
    @MethodSource("org.relayd.runtime.parent.remote.RightsRow#all")
    void aDescriptorTooManyOrTooFewIsRefusedAndClosed(RightsRow row) throws Exception {
        Passed passed = Passed.open();
        answering(row.reply(), row.carries() ? OptionalInt.empty() : passed.descriptor());
        IOException unfit = assertThrows(IOException.class, () -> row.call().of(rights));
        assertTrue(unfit.getMessage().startsWith("the parent process gives an answer that does not fit: "),
                unfit.getMessage());
        assertEquals(!row.carries(), passed.isClosed());
    }

    @ParameterizedTest
    @MethodSource("org.relayd.runtime.parent.remote.RightsRow#all")
    void nobodyWaitsForAParentThatHasDied(RightsRow row) {
        Thread.ofVirtual().start(() -> {
            try {
                new ParentEnd(ends.parent()).asked();
            } catch (IOException fault) {
                throw new AssertionError(fault);
            }
            ends.parent().close();
        });
        IOException refused = assertThrows(IOException.class, () -> row.call().of(rights));
        assertEquals("the parent process has ended", refused.getMessage());
        assertEquals(row.isOfKernel(), refused instanceof KernelException);
    }

    private static Stream<Class<?>> variants(Class<?> part) {
        return part.isSealed() ? Stream.of(part.getPermittedSubclasses()).flatMap(RemoteRightsTest::variants)
                : Stream.of(part);
    }

    @Test
    void eachRequestHasARow() {
        Set<String> asked = RightsRow.all().map(row -> row.request().getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        asked.add("RunScript");
        assertEquals(
                Stream.of(Request.OfRelays.class, Request.OfChecks.class, Request.OfFiles.class,
                        Request.OfKernel.class).flatMap(RemoteRightsTest::variants)
                        .map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new)),
                asked);
    }

    @Test
    void usersKnowTheDaemonByTheParent() {
        assertEquals(4711, rights.pid());
    }

    private ScriptEnd run() throws Exception {
        CompletableFuture<ScriptEnd> end = new CompletableFuture<>();
        rights.checks().runScript(RUN, end::complete);
        return end.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aScriptEndsAsTheParentSays() throws Exception {
        ParentEnd end = answering(new Reply.Ended(new ScriptEnd.Exited(3)), OptionalInt.empty());
        assertEquals(new ScriptEnd.Exited(3), run());
        assertEquals(List.of(new Request.RunScript(RUN)), end.requests());
    }

    @Test
    void aScriptThatIsRefusedSaysNothingAboutItsHost() throws Exception {
        answering(new Reply.Refused(Optional.empty(), "no check names it", false), OptionalInt.empty());
        assertEquals(new ScriptEnd.NotStarted("no check names it"), run());
    }

    @Test
    void aScriptWhoseEndIsNoneSaysNothingAboutItsHost() throws Exception {
        Passed passed = Passed.open();
        answering(new Reply.Socket(), passed.descriptor());
        assertEquals(new ScriptEnd.NotStarted("the parent process gives an answer that does not fit: Socket"), run());
        assertTrue(passed.isClosed());
    }

    @Test
    void closingEndsScriptsForThoseWhoWaitAndTellsThemOnce() throws Exception {
        ParentEnd end = new ParentEnd(ends.parent());
        List<ScriptEnd> ends = new ArrayList<>();
        rights.checks().runScript(RUN, ends::add);
        int number = end.asked().number();
        rights.close();
        rights.close();
        assertEquals(List.of(new ScriptEnd.NotStarted("relayd ends")), ends);
        rights.checks().runScript(RUN, ends::add);
        assertEquals(2, ends.size());
        end.answer(number, new Reply.Ended(new ScriptEnd.Killed()), OptionalInt.empty());
        KeptAnswer<Answered> after = new KeptAnswer<>();
        parent.ask(new Request.CloseFilter(), after);
        end.answer(end.asked().number(), new Reply.Done(), OptionalInt.empty());
        assertEquals(new Reply.Done(), after.value().reply(), "the line goes on: there is more to say");
        assertEquals(2, ends.size());
        assertEquals(List.of(), log.lines());
    }
}
