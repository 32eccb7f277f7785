package org.relayd.compiler.check.lookup;

import java.util.Optional;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.TableCode;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.source.Span;

/** Messages about ports. relayd.conf(5): the word {@code port}. */
final class PortErrors {
    private PortErrors() {}

    static Diagnostic outOfRange(Count port, int highest) {
        return Diagnostic.at(TableCode.INVALID_PORT, port.span(), "invalid port: " + port.value())
                .captioned("must be 1 to " + highest);
    }

    static Diagnostic unknown(String name, Span span, Optional<String> similar) {
        Diagnostic error = Diagnostic.at(TableCode.UNKNOWN_SERVICE, span, "unknown port " + name);
        if (name.endsWith(";")) {
            return error.captioned("the semicolon belongs to the word")
                    .helped("leave it out: a statement ends with its line");
        }
        if (name.isEmpty()) {
            return error.captioned("a port is missing on one side of the colon");
        }
        Diagnostic unknown = error.captioned("not found in services(5)");
        return similar.map(meant -> unknown.helped("write " + meant)).orElse(unknown);
    }

    static Diagnostic range(Span port) {
        return Diagnostic.at(TableCode.TABLE_PORT, port, "invalid port")
                .captioned("a range of ports can be listened on by redirections only");
    }

    static Diagnostic zero(Span port) {
        return Diagnostic.at(AdviceCode.PORT_ZERO, port, "port 0 is no port");
    }
}
