package org.relayd.main.bundle;

import java.io.IOException;
import java.time.Duration;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.term.Dialect;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.options.RelaydOptions.BackendOption;
import org.relayd.main.options.Version;

/**
 * Bundles as octets, for the same build of the program in another process. A bundle of another version is refused; what
 * else may differ shows in the {@link PlanPrint}.
 */
public final class BundleCodec {
    private static final String MAGIC = "relayd bundle " + Version.NUMBER;

    private BundleCodec() {}

    /** Writes a bundle. */
    public static byte[] write(Bundle bundle) {
        OctetWriter out = new OctetWriter();
        out.text(MAGIC);
        options(out, bundle.options());
        out.text(bundle.file());
        AnswersWriter.write(out, bundle.answers());
        out.number(bundle.print().checksum());
        out.number(bundle.print().length());
        return out.written();
    }

    /**
     * Reads a bundle.
     *
     * @throws IOException
     *             if it is damaged, or was written by another version
     */
    public static Bundle read(byte[] octets) throws IOException {
        OctetReader in = new OctetReader(octets);
        String magic = in.text();
        if (!magic.equals(MAGIC)) {
            throw OctetReader.damaged("not of relayd " + Version.NUMBER);
        }
        Bundle bundle = new Bundle(options(in), in.text(), AnswersReader.read(in),
                new PlanPrint(in.number(), in.number()));
        in.end();
        return bundle;
    }

    private static void options(OctetWriter out, RelaydOptions options) {
        out.flag(options.foreground());
        out.flag(options.checkOnly());
        out.number(options.verbosity());
        out.all(options.macros(), out::text);
        out.text(options.file());
        out.optional(options.dialect(), dialect -> out.word(Dialect.values(), dialect));
        backEnd(out, options.backend());
        out.optional(options.socket(), out::text);
        out.word(DiagnosticStyle.values(), options.diagnostics());
        out.flag(options.warningsAreErrors());
        out.optional(options.environment(), out::text);
        out.number((int) options.drain().toSeconds());
        out.flag(options.takeOver());
    }

    private static RelaydOptions options(OctetReader in) throws IOException {
        return new RelaydOptions(in.flag(), in.flag(), in.number(), in.all(in::text), in.text(),
                in.optional(() -> in.word(Dialect.values())), backEnd(in), in.optional(in::text),
                in.word(DiagnosticStyle.values()), in.flag(), in.optional(in::text),
                Duration.ofSeconds(in.number()), in.flag());
    }

    private static void backEnd(OctetWriter out, BackendOption backEnd) {
        switch (backEnd) {
            case BackendOption.Auto() -> out.octet(0);
            case BackendOption.Nftables() -> out.octet(1);
            case BackendOption.Pf() -> out.octet(2);
            case BackendOption.RecordTo(String path) -> {
                out.octet(3);
                out.text(path);
            }
            case BackendOption.None() -> out.octet(4);
        }
    }

    private static BackendOption backEnd(OctetReader in) throws IOException {
        return switch (in.octet()) {
            case 0 -> new BackendOption.Auto();
            case 1 -> new BackendOption.Nftables();
            case 2 -> new BackendOption.Pf();
            case 3 -> new BackendOption.RecordTo(in.text());
            case 4 -> new BackendOption.None();
            default -> throw OctetReader.damaged("an unknown back end");
        };
    }
}
