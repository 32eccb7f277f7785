package org.relayd.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.compiler.recording.RecordingEnvironment;
import org.relayd.compiler.recording.ReplayedEnvironment;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.plan.Plan;
import org.relayd.main.bundle.Bundle;
import org.relayd.main.bundle.BundleCodec;
import org.relayd.main.bundle.PlanPrint;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.options.RelaydOptions.BackendOption;

/** What one process compiles, another compiles again from a bundle, and both mean the same. */
class RecordedCasesTest {
    /** What the text of an object that has none of its own ends in. */
    private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]{3,8}\\b");
    private static final List<BackEnd> BACK_ENDS = List.of(new BackEnd.Nftables(), new BackEnd.PfOfOpenBsd(),
            new BackEnd.PfOfFreeBsd(), new BackEnd.None(), new BackEnd.Recorder("/var/log/calls"));

    @TestFactory
    Stream<DynamicTest> eachCaseMeansTheSameFromItsBundle() {
        return GoldenCase.all().stream()
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> compileTwice(each)));
    }

    private static void compileTwice(GoldenCase each) throws IOException {
        RecordingEnvironment recorder = new RecordingEnvironment(each.environment());
        String file = each.file().getFileName().toString();
        Compilation first = RelaydCompiler.compile(file, each.world().options(), recorder);
        assertEquals(each.compile().toString(), first.toString(), "recording changes nothing");
        if (!first.isAccepted()) {
            return;
        }
        Plan plan = first.plan(BACK_ENDS.getFirst()).orElseThrow();
        Bundle bundle = BundleCodec
                .read(BundleCodec.write(new Bundle(options(file), file, recorder.answers(), PlanPrint.of(plan))));
        Compilation second = RelaydCompiler.compile(bundle.file(), each.world().options(),
                new ReplayedEnvironment(bundle.answers()));
        assertEquals(first.config(), second.config());
        for (BackEnd backEnd : BACK_ENDS) {
            assertEquals(first.plan(backEnd), second.plan(backEnd));
        }
        assertEquals(bundle.print(), PlanPrint.of(second.plan(BACK_ENDS.getFirst()).orElseThrow()));
    }

    private static RelaydOptions options(String file) {
        return new RelaydOptions(false, false, 0, List.of(), file, Optional.empty(), new BackendOption.Auto(),
                Optional.empty(), DiagnosticStyle.HUMAN, false, Optional.empty(), RelaydOptions.DEFAULT_DRAIN);
    }

    @Test
    void textsOfPlansAreTheSameInEveryProcess() {
        List<Plan> plans = GoldenCase.all().stream().map(GoldenCase::compile)
                .flatMap(compilation -> compilation.plan(BACK_ENDS.getFirst()).stream()).toList();
        assertTrue(plans.size() > 300, "cases that compile: " + plans.size());
        for (Plan plan : plans) {
            assertFalse(IDENTITY.matcher(plan.toString()).find(), plan::toString);
        }
    }
}
