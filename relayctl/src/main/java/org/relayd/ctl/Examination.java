package org.relayd.ctl;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.relayd.ctl.doctor.Doctor;
import org.relayd.ctl.doctor.Finding;
import org.relayd.ctl.json.JsonRows;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.Need;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.ir.json.JsonWriter;

/**
 * {@code relayctl doctor}: asks the daemon what its services need, and says what of it is missing.
 *
 * @param doctor
 *            looks at the machine
 * @param json
 *            whether to print JSON
 */
record Examination(Doctor doctor, boolean json) {

    /** Prints the findings. Returns the exit status: 1 if one of them stops traffic. */
    int run(Path socket, PrintStream out) {
        List<Finding> findings = findings(socket);
        if (json) {
            out.println(JsonRows.lines(findings.stream().map(Examination::object)));
        } else if (findings.isEmpty()) {
            out.println("nothing found that would stop traffic");
        } else {
            findings.forEach(finding -> out
                    .print(finding.severity().word() + ": " + finding.text() + "\n    " + finding.mend() + "\n"));
        }
        return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.PROBLEM) ? 1 : 0;
    }

    private List<Finding> findings(Path socket) {
        try {
            List<Need> needs = rows(socket, Subject.NEEDS).stream().filter(Need.class::isInstance)
                    .map(Need.class::cast).toList();
            return doctor.examine(needs, rows(socket, Subject.SUMMARY));
        } catch (IOException noAnswer) {
            return doctor.examineWithoutDaemon(socket.toString(), noAnswer.getMessage());
        }
    }

    private static List<ControlReply> rows(Path socket, Subject subject) throws IOException {
        try (DaemonConnection connection = DaemonConnection.open(socket)) {
            return CommandRun.rows(connection, subject);
        }
    }

    private static String object(Finding finding) {
        return JsonWriter.row().beginObject().member("type", "finding").member("severity", finding.severity().word())
                .member("text", finding.text()).member("mend", finding.mend()).endObject().toString();
    }
}
