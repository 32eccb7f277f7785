package org.relayd.main;

import java.util.Optional;
import org.relayd.ir.diagnostic.DiagnosticCode;

/** {@code relayd-compile explain-code}: tells what a diagnostic means. */
final class ExplainCommand {
    private ExplainCommand() {}

    static int run(String[] arguments) throws UsageException {
        if (arguments.length != 1) {
            throw new UsageException("explain-code takes one code, such as E0301");
        }
        Optional<DiagnosticCode> code = DiagnosticCode.all().stream().filter(c -> c.id().equals(arguments[0]))
                .findFirst();
        if (code.isEmpty()) {
            System.err.println("relayd-compile: unknown code: " + arguments[0]);
            return 1;
        }
        System.out.println(code.get().id() + " (" + code.get().severity().word() + ")\n\n" + code.get().explanation()
                + "\n\nSee relayd.conf(5), " + code.get().section() + ".");
        return 0;
    }
}
