package org.relayd.runtime.parent.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent.Answered;

/**
 * Has the parent process do what relays may not. Sockets come as descriptors.
 *
 * @param parent
 *            the parent process
 */
record RemoteRelays(Parent parent) implements RelayRights {

    @Override
    public OpenSocket listen(ListenRequest request) throws IOException {
        return socket(parent.await(new Request.Listen(request)));
    }

    @Override
    public void probe(ListenRequest request) throws IOException {
        DueReply.alone(parent.await(new Request.Probe(request)), Reply.Done.class);
    }

    @Override
    public OpenSocket bindDatagram(IpAddress address, Port port) throws IOException {
        return socket(parent.await(new Request.BindDatagram(address, port)));
    }

    @Override
    public void openForeign(IpAddress source, Rights.Answer<OpenSocket> answer) {
        parent.ask(new Request.OpenForeign(source), new Read<>(RemoteRelays::socket, answer));
    }

    @Override
    public void natLookup(InetSocketAddress client, InetSocketAddress local,
            Rights.Answer<Optional<InetSocketAddress>> answer) {
        parent.ask(new Request.NatLookup(client, local), new Read<>(RemoteRelays::address, answer));
    }

    private static OpenSocket socket(Answered answered) throws IOException {
        DueReply.carrying(answered, Reply.Socket.class);
        return DueReply.socket(answered);
    }

    private static Optional<InetSocketAddress> address(Answered answered) throws IOException {
        return DueReply.isNothing(answered) ? Optional.empty()
                : Optional.of(DueReply.alone(answered, Reply.Address.class).address());
    }

    /**
     * Gives on what a reply says.
     *
     * @param reader
     *            reads it
     * @param answer
     *            gets that
     */
    private record Read<T>(DueReply.Reader<T> reader, Rights.Answer<T> answer) implements Rights.Answer<Answered> {

        @Override
        public void given(Answered answered) {
            T value;
            try {
                value = reader.read(answered);
            } catch (IOException unfit) {
                answer.refused(unfit);
                return;
            }
            answer.given(value);
        }

        @Override
        public void refused(IOException reason) {
            answer.refused(reason);
        }
    }
}
