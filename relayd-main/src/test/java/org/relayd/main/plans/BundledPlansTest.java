package org.relayd.main.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.recording.Answers;
import org.relayd.compiler.recording.RecordingEnvironment;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.bundle.Bundle;
import org.relayd.main.bundle.BundleCodec;
import org.relayd.main.bundle.PlanPrint;
import org.relayd.main.options.RelaydOptions;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent;
import org.relayd.runtime.parent.remote.PlanImages;
import org.relayd.runtime.parent.remote.RemoteRights;
import org.relayd.runtime.tls.OctetString;

class BundledPlansTest {
    private static final PlanCompiler COMPILER = new PlanCompiler(
            new RelaydOptions(true, false, 0, List.of(), "/etc/relayd.conf", Optional.empty(),
                    new RelaydOptions.BackendOption.None(), Optional.empty(), DiagnosticStyle.HUMAN, false,
                    Optional.empty(),
                    RelaydOptions.DEFAULT_DRAIN, false),
            OperatingSystem.LINUX);

    /** A parent process that gives the next of its replies to whatever is asked. */
    private static final class ScriptedParent implements Parent {
        private final Deque<Reply> replies = new ArrayDeque<>();
        private final List<Request> requests = new ArrayList<>();
        private final List<Report> reports = new ArrayList<>();

        @Override
        public void ask(Request request, Rights.Answer<Answered> answer) {
            throw new AssertionError(request);
        }

        @Override
        public Answered await(Request request) throws IOException {
            requests.add(request);
            if (replies.isEmpty()) {
                throw new IOException("the parent process has ended");
            }
            return new Answered(replies.remove(), OptionalInt.empty());
        }

        @Override
        public void say(Report report) {
            reports.add(report);
        }
    }

    private final ScriptedParent parent = new ScriptedParent();

    private BundledPlans begin() throws StartException {
        KeyRights none = (KeyRights) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{KeyRights.class}, (_, method, _) -> {
                    throw new AssertionError(method);
                });
        PlanImages images = new RemoteRights(parent, 1, none).images();
        return BundledPlans.begin(parent, images, OperatingSystem.LINUX);
    }

    private static String relay(String name) {
        return "relay " + name + " {\n listen on 127.0.0.1 port 8080\n forward to 127.0.0.1 port 80\n}\n";
    }

    private record Recorded(Plan plan, Answers answers) {
        static Recorded of(String text) {
            RecordingEnvironment recorder = new RecordingEnvironment(new FileEnvironment(
                    new Description(Map.of(), new LinkedHashMap<>(), Map.of(), Optional.empty()),
                    _ -> text.getBytes(StandardCharsets.UTF_8)));
            Compilation compilation = COMPILER.compile(COMPILER.options().file(), recorder);
            return new Recorded(COMPILER.plan(compilation), recorder.answers());
        }

        Reply.Bundle bundle(int number, Plan of) {
            return new Reply.Bundle(number, new OctetString(BundleCodec.write(
                    new Bundle(COMPILER.options(), COMPILER.options().file(), answers, PlanPrint.of(of)))));
        }
    }

    private static Reply.Bundle bundle(int number, String text) {
        Recorded recorded = Recorded.of(text);
        return recorded.bundle(number, recorded.plan());
    }

    private void startWith(Reply.Bundle bundle) {
        parent.replies.add(new Reply.Start(bundle, Handover.nothing()));
    }

    private static List<String> refused(BundledPlans plans) {
        return assertThrows(StartException.class, () -> plans.again(Optional.empty())).lines();
    }

    @Test
    void theWorkerComesToThePlanOfTheParent() throws Exception {
        startWith(bundle(7, relay("one")));
        BundledPlans plans = begin();
        LoadedPlan first = plans.first();
        assertEquals(7, first.number());
        assertEquals(Recorded.of(relay("one")).plan(), first.plan());
        assertEquals(COMPILER.options(), plans.options());
        assertEquals(Handover.nothing(), plans.before());
        plans.committed(first);
        parent.replies.add(bundle(8, relay("two")));
        LoadedPlan second = plans.again(Optional.of("/etc/other.conf"));
        assertEquals(Recorded.of(relay("two")).plan(), second.plan());
        plans.abandoned(second);
        assertEquals(List.of(new Request.First(), new Request.Reload(Optional.of("/etc/other.conf"))),
                parent.requests);
        assertEquals(List.of(new Report.Committed(7), new Report.Abandoned(8)), parent.reports);
    }

    @Test
    void refusalsOfTheParentAreThoseOfTheReload() throws Exception {
        startWith(bundle(1, relay("one")));
        BundledPlans plans = begin();
        parent.replies.add(new Reply.PlanRefused(List.of("relayd.conf:1: syntax error", "second")));
        assertEquals(List.of("relayd.conf:1: syntax error", "second"), refused(plans));
        assertEquals(List.of("the parent process has ended"), refused(plans));
        assertEquals(List.of(), parent.reports, "there was no plan");
    }

    @Test
    void aPlanThatTheParentUnderstandsOtherwiseIsAbandoned() throws Exception {
        startWith(bundle(1, relay("one")));
        BundledPlans plans = begin();
        parent.replies.add(Recorded.of(relay("two")).bundle(2, Recorded.of(relay("three")).plan()));
        assertTrue(refused(plans).getFirst().contains("restart relayd"));
        parent.replies.add(new Reply.Bundle(3, new OctetString(BundleCodec.write(new Bundle(COMPILER.options(),
                COMPILER.options().file(), new Answers.Builder().build(),
                PlanPrint.of(Recorded.of(relay("two")).plan()))))));
        assertTrue(refused(plans).getFirst().contains("restart relayd"), "the compiler asks what was not asked");
        assertEquals(List.of(new Report.Abandoned(2), new Report.Abandoned(3)), parent.reports);
    }

    @Test
    void whatIsNotSupportedIsAbandoned() throws Exception {
        startWith(bundle(1, relay("one")));
        BundledPlans plans = begin();
        parent.replies.add(bundle(2, "snmp\n" + relay("two")));
        assertEquals(List.of("not supported yet: snmp"), refused(plans));
        assertEquals(List.of(new Report.Abandoned(2)), parent.reports);
    }

    @Test
    void garbageIsAbandoned() throws Exception {
        startWith(bundle(1, relay("one")));
        BundledPlans plans = begin();
        parent.replies.add(new Reply.Bundle(2, new OctetString(new byte[]{1, 2, 3})));
        assertEquals(List.of("the bundle is damaged: it is cut off"), refused(plans));
        parent.replies.add(new Reply.Done());
        assertEquals(List.of("the parent process gives an answer that does not fit"), refused(plans));
        assertEquals(List.of(new Report.Abandoned(2)), parent.reports);
    }

    @Test
    void aWorkerThatCannotBeginSaysWhy() {
        parent.replies.add(new Reply.PlanRefused(List.of("one", "two")));
        assertEquals(List.of("one", "two"), assertThrows(StartException.class, this::begin).lines());
        assertEquals(List.of("the parent process has ended"),
                assertThrows(StartException.class, this::begin).lines());
        parent.replies.add(new Reply.Done());
        assertThrows(StartException.class, this::begin);
    }
}
