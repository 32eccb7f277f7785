package org.relayd.compiler.check.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.relayd.compiler.check.state.Extensions;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.Limits;
import org.relayd.ir.config.AccessLog;
import org.relayd.ir.parsed.ProtocolOption;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.AccessLogFormat;
import org.relayd.ir.term.ProtocolType;

/**
 * Checks the access logs of protocols. relayd.conf(5): EXTENSIONS. Whether a file can be written is seen when the
 * daemon opens it: the machine that checks a configuration need not be the one that runs it.
 */
final class AccessLogReader {
    private final Extensions extensions;
    private final Findings findings;
    private final Map<String, Known> files = new HashMap<>();
    private Optional<Span> first = Optional.empty();

    AccessLogReader(Extensions extensions, Findings findings) {
        this.extensions = extensions;
        this.findings = findings;
    }

    /** The format that a file has, and the line that gave it. */
    private record Known(AccessLogFormat format, Span line) {}

    /** A protocol begins. */
    void begin() {
        first = Optional.empty();
    }

    /** Returns what a line means; empty if there is an error. */
    Optional<AccessLog> read(ProtocolOption.AccessLog log, ProtocolType type) {
        Findings.Statement statement = findings.begin();
        extensions.use(log.span(), "log access");
        if (type != ProtocolType.HTTP) {
            findings.add(AccessLogErrors.httpOnly(log.span(), type));
        }
        first.ifPresent(other -> findings.add(AccessLogErrors.second(log.span(), other)));
        first = first.or(() -> Optional.of(log.span()));
        checkFile(log.file());
        Optional<AccessLogFormat> format = log.format().map(word -> AccessLogFormat.of(word.value()))
                .orElse(Optional.of(AccessLogFormat.COMBINED));
        if (format.isEmpty()) {
            findings.add(AccessLogErrors.unknownFormat(log.format().orElseThrow()));
        } else {
            checkShared(log, format.get());
        }
        return statement.isRefused() ? Optional.empty()
                : format.map(known -> new AccessLog(log.file().value(), known));
    }

    private void checkFile(Text file) {
        if (!file.value().startsWith("/")) {
            findings.add(AccessLogErrors.relative(file));
        } else if (file.value().endsWith("/") || file.value().indexOf('\0') >= 0) {
            findings.add(AccessLogErrors.noFile(file));
        } else if (Limits.exceeds(file.value(), Limits.PATH)) {
            findings.add(AccessLogErrors.tooLong(file));
        }
    }

    private void checkShared(ProtocolOption.AccessLog log, AccessLogFormat format) {
        Known known = files.computeIfAbsent(log.file().value(), path -> new Known(format, log.span()));
        if (known.format() != format) {
            findings.add(AccessLogErrors.otherFormat(log.span(), known.format(), known.line()));
        }
    }
}
