package org.relayd.runtime.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.door.Given;
import org.relayd.runtime.parent.keys.KeyKeeper;
import org.relayd.runtime.parent.keys.linux.UnixStream;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.link.linux.LinuxLine;
import org.relayd.runtime.parent.link.linux.SocketPair;
import org.relayd.runtime.parent.linux.LogPipe;
import org.relayd.runtime.parent.linux.Spawned;
import org.relayd.runtime.parent.linux.WorkerCommand;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;

/** This process as the parent of a {@link KeyWorker}: keeps its keys, and permits everything. */
final class KeyParent implements AutoCloseable {
    private final KeyKeeper keys;
    private final Spawned worker;
    private final Line<Frame.FromParent, Frame.FromWorker> line;
    private final List<Integer> ports = new ArrayList<>();

    private KeyParent(KeyKeeper keys, Spawned worker, Line<Frame.FromParent, Frame.FromWorker> line) {
        this.keys = keys;
        this.worker = worker;
        this.line = line;
    }

    /**
     * Starts a worker.
     *
     * @param words
     *            as of {@link KeyWorker#main}
     */
    static KeyParent start(Log log, String... words) throws IOException {
        SocketPair pair = SocketPair.open();
        LogPipe output = LogPipe.open();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = Stream.concat(Stream.of(java.toString(), "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                KeyWorker.class.getName()), Stream.of(words)).toList();
        Spawned worker = Spawned.start(new WorkerCommand(command, List.of(), List.of(), List.of()), pair.worker(),
                output.writeEnd());
        output.closeWriteEnd();
        org.relayd.runtime.system.linux.Descriptors.close(pair.worker());
        KeyParent parent = new KeyParent(new KeyKeeper(UnixStream::open, log, System::nanoTime), worker,
                LinuxLine.parent(pair.parent()));
        Thread.ofPlatform().daemon().start(parent::serve);
        parent.awaitReady(output);
        return parent;
    }

    private void awaitReady(LogPipe output) throws IOException {
        StringBuilder said = new StringBuilder();
        byte[] piece = new byte[4096];
        while (said.indexOf("ready\n") < 0) {
            int count = output.read(piece);
            if (count == 0) {
                throw new IOException("the worker ended: " + said);
            }
            said.append(new String(piece, 0, count, StandardCharsets.UTF_8));
        }
        said.toString().lines().filter(text -> text.startsWith("port "))
                .forEach(text -> ports.add(Integer.parseInt(text.substring("port ".length()))));
    }

    /** Ports of its relays. */
    List<Integer> ports() {
        return ports;
    }

    long pid() {
        return worker.process().pid();
    }

    private void serve() {
        try {
            for (Optional<Line.Arrived<Frame.FromWorker>> next = line.receive(); next.isPresent(); next = line
                    .receive()) {
                if (next.get().frame() instanceof Frame.Ask(int number, Request.OfKeys request)) {
                    answer(number, request);
                }
            }
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void answer(int number, Request.OfKeys request) {
        try {
            Given given = keys.answer(request, Set.of());
            line.send(new Frame.Answer(number, given.reply()), given.descriptor());
        } catch (IOException refused) {
            line.send(new Frame.Answer(number, new Reply.Refused(Optional.empty(), refused.getMessage(), false)),
                    OptionalInt.empty());
        }
    }

    @Override
    public void close() {
        line.close();
        worker.close();
        keys.close();
    }

    /** Runs until its standard input ends: {@link KeyWorker#main}. Says the ports. */
    public static void main(String[] words) throws Exception {
        try (KeyParent parent = start(new RecordingLog(), words)) {
            System.out.println(parent.ports);
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }
}
