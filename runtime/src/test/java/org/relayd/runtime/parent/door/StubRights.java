package org.relayd.runtime.parent.door;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenFile;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.recorder.Recording;
import org.relayd.runtime.system.linux.LinuxCalls;

/** Rights that give what is asked for at once, and change nothing: descriptors are of {@code /dev/null}. */
final class StubRights implements Rights, RelayRights, CheckRights, FileRights {
    private final Kernel kernel = Recording.nowhere().kernel();

    private static int descriptor() {
        try (Arena arena = Arena.ofConfined()) {
            return LinuxCalls.openToAppend(arena.allocate(Linker.Option.captureStateLayout()),
                    arena.allocateFrom("/dev/null"), 0, true);
        }
    }

    private static OpenSocket socket() {
        return new OpenSocket.Descriptor(descriptor());
    }

    @Override
    public OpenSocket listen(ListenRequest request) {
        return socket();
    }

    @Override
    public void probe(ListenRequest request) {
        // It is free.
    }

    @Override
    public OpenSocket bindDatagram(IpAddress address, Port port) {
        return socket();
    }

    @Override
    public void openForeign(IpAddress source, Answer<OpenSocket> answer) {
        answer.given(socket());
    }

    @Override
    public void natLookup(InetSocketAddress client, InetSocketAddress local,
            Answer<Optional<InetSocketAddress>> answer) {
        answer.given(Optional.empty());
    }

    @Override
    public EchoSocket openEcho(IpFamily family) {
        return new EchoSocket(socket(), true);
    }

    @Override
    public void runScript(ScriptRun run, ScriptAnswer answer) {
        answer.ended(new ScriptEnd.Exited(1));
    }

    @Override
    public NamedSocket listenControl(String path) {
        return new NamedSocket(socket(), "identity");
    }

    @Override
    public void removeControl(String path, String identity) {
        // Nothing has a name.
    }

    @Override
    public LogFile openLog(String path) {
        return new LogFile(new OpenFile.Descriptor(descriptor()), "identity", false);
    }

    @Override
    public Optional<LogFile> followLog(String path, String identity) {
        return identity.equals("identity") ? Optional.empty() : Optional.of(openLog(path));
    }

    @Override
    public void discardLog(String path) throws IOException {
        throw new IOException("it is not empty");
    }

    @Override
    public RelayRights relays() {
        return this;
    }

    @Override
    public CheckRights checks() {
        return this;
    }

    @Override
    public FileRights files() {
        return this;
    }

    @Override
    public KeyRights keys() {
        throw new UnsupportedOperationException("the desk of keys has its own");
    }

    @Override
    public Kernel kernel() {
        return kernel;
    }

    @Override
    public long pid() {
        return 1;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
