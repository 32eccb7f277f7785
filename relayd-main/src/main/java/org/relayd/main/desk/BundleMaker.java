package org.relayd.main.desk;

import java.util.List;
import java.util.stream.Stream;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.recording.RecordingEnvironment;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.plan.Plan;
import org.relayd.main.bundle.Bundle;
import org.relayd.main.bundle.BundleCodec;
import org.relayd.main.bundle.PlanPrint;
import org.relayd.main.plans.PlanCompiler;
import org.relayd.runtime.Log;
import org.relayd.runtime.tls.OctetString;

/**
 * Compiles for the worker. Of the file of the command line the worker is told all that the user is told. Any other file
 * is the wish of a worker that somebody may have taken over, and who runs the parent can read every file: such a file
 * must be trusted, and what is wrong with it is told to the log only, since messages quote their file.
 */
public final class BundleMaker {
    /** Lines in the log about a file: somebody may ask for files that are no configurations. */
    static final int MOST_LINES = 100;
    /** Lines for whoever asked about the file of the command line: as many as one message holds for certain. */
    private static final int MOST_TOLD = 10_000;

    private final PlanCompiler compiler;
    private final Environment own;
    private final Environment trusted;
    private final Log log;

    /**
     * Creates it.
     *
     * @param compiler
     *            knows the command line
     * @param own
     *            this machine, for the file of the command line
     * @param trusted
     *            this machine, for other files: reads none that somebody else could have written
     */
    public BundleMaker(PlanCompiler compiler, Environment own, Environment trusted, Log log) {
        this.compiler = compiler;
        this.own = own;
        this.trusted = trusted;
        this.log = log;
    }

    /** Compiles the file of the command line and writes its diagnostics to standard error. Blocks. */
    Made first() {
        return guarded(() -> {
            String file = compiler.options().file();
            RecordingEnvironment recorder = new RecordingEnvironment(own);
            Compilation compilation = compiler.compile(file, recorder);
            return compiler.output().report(compilation.diagnostics()) ? made(file, compilation, recorder)
                    : new Made.Refused(List.of());
        });
    }

    /** Compiles the file of the command line again. Blocks. */
    Made again() {
        return guarded(() -> {
            String file = compiler.options().file();
            RecordingEnvironment recorder = new RecordingEnvironment(own);
            Compilation compilation = compiler.compile(file, recorder);
            List<Diagnostic> diagnostics = compilation.diagnostics();
            return compiler.output().accepts(diagnostics) ? made(file, compilation, recorder)
                    : new Made.Refused(shortened(compiler.output().lines(diagnostics), MOST_TOLD));
        });
    }

    /** Compiles a file that the worker names. Blocks. */
    Made other(String file) {
        if (file.equals(compiler.options().file())) {
            return again();
        }
        return guarded(() -> {
            RecordingEnvironment recorder = new RecordingEnvironment(trusted);
            Compilation compilation = compiler.compile(file, recorder);
            List<Diagnostic> diagnostics = compilation.diagnostics();
            if (compiler.output().accepts(diagnostics)) {
                return made(file, compilation, recorder);
            }
            shortened(compiler.output().lines(diagnostics), MOST_LINES).forEach(log::warn);
            return new Made.Refused(List.of(file + ": refused, see the log of relayd"));
        });
    }

    private static List<String> shortened(List<String> lines, int most) {
        return lines.size() <= most ? lines
                : Stream.concat(lines.stream().limit(most),
                        Stream.of((lines.size() - most) + " further lines are left out")).toList();
    }

    private Made made(String file, Compilation compilation, RecordingEnvironment recorder) {
        Plan plan = compiler.plan(compilation);
        byte[] content = BundleCodec.write(withoutPasswords(
                new Bundle(compiler.options(), file, recorder.answers(), PlanPrint.of(plan)),
                compilation.config().orElseThrow()));
        if (content.length > Bundle.LONGEST) {
            return new Made.Refused(List.of(file + ": the configuration has more than " + (Bundle.LONGEST >> 20)
                    + " MiB"));
        }
        return new Made.Ready(plan, new OctetString(content),
                compiler.options().controlSocket(plan.globals().controlSocket()));
    }

    private Bundle withoutPasswords(Bundle bundle, CheckedConfig config) {
        return Passwords.of(config).hiddenIn(bundle, config, compiler).orElseGet(() -> {
            log.warn(bundle.file() + ": the password of a ca key cannot be kept from the worker: write it after"
                    + " the word password, or as the whole value of a macro, without backslashes");
            return bundle;
        });
    }

    /** Compiles something. */
    private interface Work {
        Made make();
    }

    /** A fault, or a file that is too large for the memory, is the end of a reload and not that of the parent. */
    private Made guarded(Work work) {
        try {
            return work.make();
        } catch (RuntimeException | VirtualMachineError | LinkageError fault) {
            log.warn("a configuration cannot be compiled: " + fault);
            return new Made.Refused(List.of("the configuration cannot be compiled: "
                    + fault.getClass().getSimpleName()));
        }
    }
}
