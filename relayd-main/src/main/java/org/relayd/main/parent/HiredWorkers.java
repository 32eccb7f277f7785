package org.relayd.main.parent;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.link.linux.LinuxLine;
import org.relayd.runtime.parent.link.linux.SocketPair;
import org.relayd.runtime.parent.linux.LogPipe;
import org.relayd.runtime.parent.linux.WorkerCommand;
import org.relayd.runtime.parent.linux.WorkerProcess;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.system.linux.Descriptors;

/**
 * Workers in processes of their own.
 *
 * @param command
 *            starts one
 * @param reception
 *            is where they ask
 * @param patience
 *            time that one has to end when it should
 * @param log
 *            gets what they write
 */
record HiredWorkers(WorkerCommand command, Reception reception, Duration patience, LineLog log) implements Workers {

    @Override
    public Worker start(Consumer<Event> events) throws IOException {
        LogPipe pipe = LogPipe.open();
        try {
            RunningWorker worker = started(pipe, SocketPair.open());
            worker.attend(reception, events);
            return worker;
        } catch (IOException refused) {
            pipe.closeReadEnd();
            throw refused;
        } finally {
            pipe.closeWriteEnd();
        }
    }

    private RunningWorker started(LogPipe pipe, SocketPair ends) throws IOException {
        Line<Frame.FromParent, Frame.FromWorker> line = LinuxLine.parent(ends.parent());
        try {
            WorkerProcess process = WorkerProcess.start(command, ends.worker(), pipe.writeEnd());
            return new RunningWorker(process, pipe, line, patience, log);
        } catch (IOException refused) {
            line.close();
            throw refused;
        } finally {
            Descriptors.close(ends.worker());
        }
    }

    @Override
    public void stopAccepting() {
        reception.stopAccepting();
    }

    @Override
    public void clean() {
        reception.clean();
    }
}
