package org.relayd.repeated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.environment.Environment;
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

/** What the parent of two processes does, and then its worker. */
public final class RepeatedCompilation {
    private static final List<BackEnd> BACK_ENDS = List.of(new BackEnd.Nftables(), new BackEnd.PfOfOpenBsd(),
            new BackEnd.PfOfFreeBsd(), new BackEnd.None(), new BackEnd.Recorder("/var/log/calls"));

    private RepeatedCompilation() {}

    /**
     * Compiles a file, and if it is accepted again from the octets of its bundle: both must mean the same.
     *
     * @return whether it is accepted
     */
    public static boolean check(String file, CompilerOptions options, Environment environment) throws IOException {
        RecordingEnvironment recorder = new RecordingEnvironment(environment);
        Compilation first = RelaydCompiler.compile(file, options, recorder);
        assertEquals(RelaydCompiler.compile(file, options, environment).toString(), first.toString(),
                "recording changes nothing");
        if (!first.isAccepted()) {
            return false;
        }
        Plan plan = first.plan(BACK_ENDS.getFirst()).orElseThrow();
        byte[] octets = BundleCodec.write(new Bundle(options(file), file, recorder.answers(), PlanPrint.of(plan)));
        assertFalse(new String(octets, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY"), "a key is in the bundle");
        Bundle bundle = BundleCodec.read(octets);
        Compilation second = RelaydCompiler.compile(bundle.file(), options,
                new ReplayedEnvironment(bundle.answers()));
        assertEquals(first.config(), second.config());
        for (BackEnd backEnd : BACK_ENDS) {
            assertEquals(first.plan(backEnd), second.plan(backEnd));
        }
        assertEquals(bundle.print(), PlanPrint.of(second.plan(BACK_ENDS.getFirst()).orElseThrow()));
        return true;
    }

    private static RelaydOptions options(String file) {
        return new RelaydOptions(false, false, 0, List.of(), file, Optional.empty(), new BackendOption.Auto(),
                Optional.empty(), DiagnosticStyle.HUMAN, false, Optional.empty(), RelaydOptions.DEFAULT_DRAIN, false);
    }
}
