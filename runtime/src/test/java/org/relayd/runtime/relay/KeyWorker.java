package org.relayd.runtime.relay;

import io.netty.channel.epoll.EpollIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.link.linux.LinuxLine;
import org.relayd.runtime.parent.linux.WorkerProcess;
import org.relayd.runtime.parent.local.LocalKeys;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.parent.remote.LineParent;
import org.relayd.runtime.parent.remote.keys.RemoteKeys;
import org.relayd.runtime.parent.remote.keys.linux.EpollLink;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.tls.RelayContexts;
import org.relayd.runtime.tls.library.TlsLibrary;
import org.relayd.runtime.relay.wire.KeptLimit;

/** A process with relays whose keys are in its parent, or in itself for comparison. */
final class KeyWorker {
    private KeyWorker() {}

    /**
     * Relays to a port of loopback until the line ends, and says its own ports.
     *
     * @param words
     *            {@code elsewhere} or {@code here}, the port, and files: a certificate and its key for each relay
     */
    public static void main(String[] words) throws Exception {
        RecordingLog log = new RecordingLog();
        CountDownLatch end = new CountDownLatch(1);
        LineParent parent = LineParent.start(LinuxLine.worker(WorkerProcess.LINE), log, _ -> {}, end::countDown);
        KeyRights keys = words[0].equals("here") ? new LocalKeys()
                : new RemoteKeys(parent, EpollLink::open, EpollIoHandler.newFactory(), log, System::nanoTime);
        List<Paths> paths = new ArrayList<>();
        for (int i = 2; i < words.length; i += 2) {
            paths.add(new Paths().to(Integer.parseInt(words[1])).tls(TlsSettings.defaults(Dialect.CURRENT),
                    new KeyPairFiles(words[i], words[i + 1], Optional.empty())));
        }
        try (RunningEngine _ = RunningEngine.on(EngineLoops.start(SocketKind.NATIVE, 1, KeptLimit.none()),
                new LocalSockets(SocketKind.NATIVE, NatLookup.none()),
                new RelayContexts(keys, new TlsLibrary(log), System::nanoTime), paths.toArray(Paths[]::new))) {
            paths.forEach(path -> System.out.println("port " + path.port()));
            System.out.println("ready");
            end.await();
        }
        System.exit(0);
    }
}
