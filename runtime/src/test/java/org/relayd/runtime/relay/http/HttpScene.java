package org.relayd.runtime.relay.http;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.Action;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.RecordingLog;
import org.relayd.runtime.relay.RelayStartException;
import org.relayd.runtime.relay.RunningEngine;
import org.relayd.runtime.relay.session.RelaySettings;

/** One HTTP relay between plain sockets: the test plays client and target and sees every octet. */
final class HttpScene implements AutoCloseable {
    private final ServerSocket server;
    private final Paths path;
    private final RunningEngine engine;
    private final List<Socket> sockets = new ArrayList<>();

    private HttpScene(Paths path, Dialect dialect, Filter filter, Protocol.HttpSettings settings, boolean pages)
            throws IOException, RelayStartException {
        this(SocketKind.ofThisMachine(), path, dialect, filter, settings, pages);
    }

    private HttpScene(SocketKind kind, Paths path, Dialect dialect, Filter filter, Protocol.HttpSettings settings,
            boolean pages) throws IOException, RelayStartException {
        server = Peers.listen();
        this.path = path.to(server.getLocalPort()).http(settings,
                pages ? Optional.of(new Protocol.ErrorPages(Optional.empty())) : Optional.empty(), filter);
        engine = RunningEngine.of(kind, new RelaySettings(dialect, ConnectionLog.ALL), this.path);
    }

    /** A relay of the current dialect with error pages. */
    static HttpScene of(RuleSource... rules) throws IOException, RelayStartException {
        return new HttpScene(new Paths(), Dialect.CURRENT, new Filter.Rules(RuleSource.rules(rules)),
                Protocol.HttpSettings.defaults(), true);
    }

    /** A relay of the current dialect without error pages. */
    static HttpScene silent(RuleSource... rules) throws IOException, RelayStartException {
        return new HttpScene(new Paths(), Dialect.CURRENT, new Filter.Rules(RuleSource.rules(rules)),
                Protocol.HttpSettings.defaults(), false);
    }

    /** A relay of the current dialect with settings of its own. */
    static HttpScene of(Paths path, Protocol.HttpSettings settings, RuleSource... rules)
            throws IOException, RelayStartException {
        return new HttpScene(path, Dialect.CURRENT, new Filter.Rules(RuleSource.rules(rules)), settings, true);
    }

    /** A relay of dialect 5.1 with error pages. */
    static HttpScene of(List<Action> actions) throws IOException, RelayStartException {
        return new HttpScene(new Paths(), Dialect.V5_1, new Filter.Actions(actions), Protocol.HttpSettings.defaults(),
                true);
    }

    /** A relay without rules, or with an action that does nothing, on one kind of wires. */
    static HttpScene of(SocketKind kind, Paths path, Dialect dialect, boolean pages)
            throws IOException, RelayStartException {
        Filter filter = switch (dialect) {
            case CURRENT -> new Filter.Rules(List.of());
            case V5_1 -> new Filter.Actions(List.of(new Action(Direction.REQUEST, EntityType.HEADER,
                    ActionKind.REMOVE, "X-Nothing", Optional.empty(), Optional.empty(), OptionalInt.empty(),
                    OptionalInt.empty(), false, Optional.empty())));
        };
        return new HttpScene(kind, path, dialect, filter, Protocol.HttpSettings.defaults(), pages);
    }

    /** The relay gets other rules. */
    void reload(RuleSource... rules) throws RelayStartException {
        path.http(Protocol.HttpSettings.defaults(), Optional.of(new Protocol.ErrorPages(Optional.empty())),
                new Filter.Rules(RuleSource.rules(rules)));
        change(path.build("r1", 1));
    }

    /** The relay gets other actions, of dialect 5.1. */
    void reload(List<Action> actions) throws RelayStartException {
        path.http(Protocol.HttpSettings.defaults(), Optional.of(new Protocol.ErrorPages(Optional.empty())),
                new Filter.Actions(actions));
        engine.engine().prepare(new RelayGraph(1, List.of(path.build("r1", 1))),
                new RelaySettings(Dialect.V5_1, ConnectionLog.ALL)).commit();
    }

    /** The relay is taken out. */
    void removeRelay() throws RelayStartException {
        change();
    }

    private void change(RelayPath... paths) throws RelayStartException {
        engine.engine().prepare(new RelayGraph(1, List.of(paths)),
                new RelaySettings(Dialect.CURRENT, ConnectionLog.ALL)).commit();
    }

    RecordingLog log() {
        return engine.log();
    }

    int targetPort() {
        return server.getLocalPort();
    }

    /** From now on nobody listens where the relay forwards to. */
    void stopTarget() throws IOException {
        server.close();
    }

    /** Closes all client connections. */
    void dropClients() throws IOException {
        for (Socket socket : sockets) {
            if (socket.getPort() == path.port()) {
                socket.shutdownOutput();
            }
        }
    }

    /** A new client connection. */
    Socket client() throws IOException {
        Socket socket = Peers.connect(path.port());
        sockets.add(socket);
        return socket;
    }

    /** The next connection that the relay makes to its target. */
    Socket target() throws IOException {
        Socket socket = Peers.accept(server);
        sockets.add(socket);
        return socket;
    }

    /** A new client connection that the caller closes; any thread. */
    Socket freshClient() throws IOException {
        return Peers.connect(path.port());
    }

    /** The next connection to the target, which the caller closes; any thread. */
    Socket freshTarget() throws IOException {
        return Peers.accept(server);
    }

    /** Sends a request, lets the target answer, and returns what the target read of the head. */
    String exchange(String request, String response) throws IOException {
        Socket client = client();
        Peers.send(client, request);
        Socket target = target();
        String seen = Peers.readUntil(target, "\r\n\r\n");
        Peers.send(target, response);
        return seen;
    }

    /** What a client gets for a request that never reaches a target. */
    String refused(String request) throws IOException {
        Socket client = client();
        Peers.offer(client, request);
        return Peers.readAll(client);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        engine.close();
        server.close();
    }
}
