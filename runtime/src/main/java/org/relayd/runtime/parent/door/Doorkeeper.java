package org.relayd.runtime.parent.door;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenFile;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Frame.FromParent;
import org.relayd.runtime.parent.message.Frame.FromWorker;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;

/**
 * Stands at the door for one worker: holds each request against its plans, has it carried out, and answers. A worker
 * that does not read its answers is not read from any more.
 */
final class Doorkeeper {
    /** Most requests to the kernel that wait; the thread that asks waits for each. */
    static final int MOST_OF_KERNEL = 16;
    /** Most requests for files and keys that wait: every access log may be opened anew at once, leaves are signed. */
    static final int MOST_OF_FILES = 1024;
    /** A script that is not over when its host is checked again is asked for again. */
    private static final int ROUNDS_OF_SCRIPTS = 4;

    private final Line<FromParent, FromWorker> line;
    private final Door.Parts parts;
    private final KernelDoor kernel;
    private final Lane kernelLane;
    private final Lane fileLane;
    private final AtomicInteger scripts = new AtomicInteger();
    private final RefusalLog refusals;
    private final Present present = new Present();
    private final DoorAnswers answers;
    private final PlanRequests plans;
    private boolean serving;
    private volatile boolean ended;

    /** Requests that are carried out one after the other, and how many wait. */
    private record Lane(Executor thread, int most, AtomicInteger waiting) {}

    Doorkeeper(Line<FromParent, FromWorker> line, Door.Parts parts, KernelDoor kernel, Executor kernelThread,
            Executor fileThread, RefusalLog refusals) {
        this.line = line;
        this.parts = parts;
        this.kernel = kernel;
        this.refusals = refusals;
        kernelLane = new Lane(kernelThread, MOST_OF_KERNEL, new AtomicInteger());
        fileLane = new Lane(fileThread, MOST_OF_FILES, new AtomicInteger());
        answers = new DoorAnswers(line, parts.log(), refusals);
        plans = new PlanRequests(answers, parts, kernel, present);
    }

    /** Serves until the line ends. Blocks. */
    void serve() throws IOException {
        try {
            Optional<Line.Arrived<FromWorker>> next = line.receive();
            while (next.isPresent()) {
                take(next.get());
                next = line.receive();
            }
        } finally {
            ended = true;
            plans.end();
            line.close();
        }
    }

    private void take(Line.Arrived<FromWorker> arrived) {
        // Nothing that a worker asks for comes with one.
        arrived.descriptor().ifPresent(number -> new OpenSocket.Descriptor(number).discard());
        switch (arrived.frame()) {
            case Frame.Ask(int number, Request request) -> take(number, request);
            case Frame.Say(Report report) -> take(report);
        }
    }

    private void take(int number, Request request) {
        boolean beginning = request instanceof Request.First;
        if (!beginning && !present.allow(request)) {
            answers.refuse(number, request);
            return;
        }
        switch (request) {
            case Request.OpenForeign(IpAddress source) -> parts.rights().relays().openForeign(source,
                    answers.later(number, Doorkeeper::socket));
            case Request.NatLookup(InetSocketAddress client, InetSocketAddress local)
                    -> parts.rights().relays().natLookup(client, local, answers.later(number, Doorkeeper::address));
            case Request.OfRelays relays -> answers.carryOut(number, relays, () -> relay(relays));
            case Request.OpenEcho(IpFamily family) -> answers.carryOut(number, request, () -> echo(family));
            case Request.RunScript(ScriptRun run) -> script(number, run);
            case Request.OfFiles files -> later(fileLane, number, files, () -> file(files));
            case Request.OfKeys keys -> later(fileLane, number, keys,
                    () -> Optional.of(parts.keys().answer(keys, present.authorities())));
            case Request.OfKernel asked
                    -> later(kernelLane, number, asked, () -> kernel.carry(asked).map(Given::alone));
            case Request.First first -> plans.first(number, first);
            case Request.Reload reload -> plans.reload(number, reload);
        }
    }

    private void later(Lane lane, int number, Request request, DoorAnswers.Act act) {
        if (lane.waiting.incrementAndGet() > lane.most) {
            lane.waiting.decrementAndGet();
            answers.tooMany(number, request);
            return;
        }
        lane.thread.execute(() -> {
            lane.waiting.decrementAndGet();
            if (!ended) {
                answers.carryOut(number, request, act);
            }
        });
    }

    private static Given socket(OpenSocket socket) throws IOException {
        return Given.with(new Reply.Socket(), number(socket));
    }

    private static Given address(Optional<InetSocketAddress> meant) {
        return Given.alone(meant.<Reply>map(Reply.Address::new).orElseGet(Reply.Nothing::new));
    }

    private static int number(OpenSocket socket) throws IOException {
        return switch (socket) {
            case OpenSocket.Descriptor(int number) -> number;
            case OpenSocket.Channel other -> {
                other.close();
                throw new IOException("a socket of the JDK cannot be given to another process");
            }
        };
    }

    private Optional<Given> relay(Request.OfRelays request) throws IOException {
        return switch (request) {
            case Request.Listen(ListenRequest wanted) -> socket(
                    parts.sockets().listen(wanted, wanted.shared() ? present.loops() : 1));
            case Request.Probe(ListenRequest wanted) -> {
                parts.sockets().probe(wanted);
                yield Optional.of(Given.alone(new Reply.Done()));
            }
            case Request.BindDatagram(IpAddress address, Port port) -> socket(
                    parts.sockets().datagrams(address, port));
            case Request.OpenForeign _,Request.NatLookup _ -> throw new IllegalStateException("answered elsewhere");
        };
    }

    private static Optional<Given> socket(OptionalInt duplicate) {
        return duplicate.isEmpty() ? Optional.empty()
                : Optional.of(new Given(new Reply.Socket(), duplicate));
    }

    private Optional<Given> echo(IpFamily family) throws IOException {
        CheckRights.EchoSocket opened = parts.rights().checks().openEcho(family);
        return Optional.of(Given.with(new Reply.EchoSocket(opened.raw()), number(opened.socket())));
    }

    private void script(int number, ScriptRun run) {
        int most = ROUNDS_OF_SCRIPTS * present.permits().stream().mapToInt(plan -> plan.checks().runs()).sum();
        if (scripts.incrementAndGet() > most) {
            scripts.decrementAndGet();
            answers.tooMany(number, new Request.RunScript(run));
            return;
        }
        parts.rights().checks().runScript(run, end -> {
            scripts.decrementAndGet();
            answers.send(number, Given.alone(new Reply.Ended(end)));
        });
    }

    private Optional<Given> file(Request.OfFiles request) throws IOException {
        FileRights files = parts.rights().files();
        return switch (request) {
            case Request.ListenControl(String path) -> {
                ListeningStore.Control control = parts.sockets().control(path);
                yield Optional.of(Given.with(new Reply.NamedSocket(control.identity()), control.descriptor()));
            }
            case Request.RemoveControl(String path, String identity)
                    -> parts.sockets().removeControl(path, identity) ? Optional.of(Given.alone(new Reply.Done()))
                            : Optional.empty();
            case Request.OpenLog(String path) -> {
                Given given = log(files.openLog(path));
                present.opened(path);
                yield Optional.of(given);
            }
            case Request.FollowLog(String path, String identity) -> {
                Optional<FileRights.LogFile> other = files.followLog(path, identity);
                yield Optional.of(other.isPresent() ? log(other.get()) : Given.alone(new Reply.Nothing()));
            }
            case Request.DiscardLog(String path) -> {
                files.discardLog(path);
                yield Optional.of(Given.alone(new Reply.Done()));
            }
        };
    }

    private static Given log(FileRights.LogFile opened) throws IOException {
        return switch (opened.file()) {
            case OpenFile.Descriptor(int number) -> Given
                    .with(new Reply.OpenedLog(opened.identity(), opened.created()), number);
            case OpenFile.Channel other -> {
                other.close();
                throw new IOException("a file of the JDK cannot be given to another process");
            }
        };
    }

    private void take(Report report) {
        boolean known = present.concerns(report) && switch (report) {
            case Report.Serving() -> {
                serving = true;
                keepOnly();
                yield true;
            }
            case Report.Committed(int number) -> plans.committed(number);
            case Report.Abandoned(int number) -> plans.abandoned(number);
            case Report.HostChanged _,Report.HostSwitched _,Report.TableSwitched _,Report.RedirectSwitched _,Report.VerbositySwitched _,Report.CannotStart _,Report.Alive _,Report.StopAsked _
                    -> true;
        };
        if (known && (report instanceof Report.Committed || report instanceof Report.Abandoned)) {
            keepOnly();
        }
        if (known) {
            parts.states().take(report);
            parts.reports().accept(report);
        } else {
            refusals.say(report.getClass(), "worker said what cannot be: " + RequestWords.clean(report.toString()));
        }
    }

    /** Before it serves, a worker has not asked yet for what the one before it has left. */
    private void keepOnly() {
        List<Permits> permits = present.permits();
        if (serving) {
            parts.sockets().keepOnly(permits).forEach(
                    unwanted -> parts.log().warn(unwanted.text() + " was passed and is closed: no relay wants it"));
        }
        parts.keys().keepOnly(permits.stream().map(Permits::keys)
                .flatMap(keys -> Stream.concat(keys.keys().stream(),
                        keys.authorities().stream().map(PlanAuthority::key)))
                .collect(Collectors.toSet()));
    }
}
