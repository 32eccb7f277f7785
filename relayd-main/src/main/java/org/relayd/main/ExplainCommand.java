package org.relayd.main;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.diagnostic.DiagnosticCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code relayd-compile explain-code}: tells what a diagnostic means. */
final class ExplainCommand {
    private ExplainCommand() {}

    static CommandSpec words() {
        CommandSpec spec = CommandWords.program("relayd-compile explain-code");
        CommandWords.addOperands(spec, CommandWords.CODE);
        return spec;
    }

    static int run(ParseResult words) throws UsageException {
        List<String> codes = words.matchedPositionalValue(0, List.of());
        if (codes.size() != 1) {
            throw new UsageException("explain-code takes one code, such as E0301");
        }
        String id = codes.getFirst();
        Optional<DiagnosticCode> code = DiagnosticCode.all().stream().filter(c -> c.id().equals(id)).findFirst();
        if (code.isEmpty()) {
            System.err.println("relayd-compile: unknown code: " + id);
            return 1;
        }
        System.out.println(code.get().id() + " (" + code.get().severity().word() + ")\n\n" + code.get().explanation()
                + "\n\nSee relayd.conf(5), " + code.get().section() + ".");
        return 0;
    }
}
