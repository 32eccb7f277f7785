package org.relayd.runtime.relay.session;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.TlsStream;
import org.relayd.runtime.tls.inspect.Inspection;
import org.relayd.runtime.tls.inspect.Leaves;

/** Contexts that cannot shake hands, for wires that only say they do. */
public final class FakeTls {
    private FakeTls() {}

    /** A relay whose clients speak TLS, verified by somebody of that name if there is one. */
    public static RelayTls server(Optional<String> verified) {
        return new RelayTls(Optional.of(new Server()), Optional.empty(),
                verified.map(name -> new OctetString(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
    }

    /** A relay whose targets speak TLS. */
    public static RelayTls client() {
        return new RelayTls(Optional.empty(), Optional.of(new Client()), Optional.empty());
    }

    /** A relay that inspects the TLS of its clients. */
    public static RelayTls inspecting(Leaves leaves) {
        return new RelayTls(Optional.of(new Server()), Optional.of(new Client()), Optional.empty(),
                Optional.of(new Inspection(new Engine(), leaves)));
    }

    /** Makes sides that are named after what they show. */
    private static final class Engine implements TlsEngine {

        @Override
        public Context server(ServerPolicy policy) {
            throw new IllegalStateException("nobody asks for it");
        }

        @Override
        public ClientContext client(ClientPolicy policy) {
            throw new IllegalStateException("nobody asks for it");
        }

        @Override
        public Context showing(Context base, Identity identity) {
            return new Server("shows " + identity.names().getFirst());
        }

        @Override
        public String name() {
            return "none";
        }

        @Override
        public Optional<String> unheeded(String setting) {
            return Optional.empty();
        }
    }

    /** The side of a relay with clients. */
    private static final class Server implements TlsEngine.Context {
        private final String name;

        Server() {
            this("server");
        }

        Server(String name) {
            this.name = name;
        }

        @Override
        public TlsStream stream(TlsMemory memory, Turn turn) {
            throw new IllegalStateException("nobody asks for it");
        }

        @Override
        public void close() {
            // Nothing is held.
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Makes sides that are named after their targets. */
    private static final class Client implements TlsEngine.ClientContext {

        @Override
        public TlsSide towards(String name) {
            return new Target("to " + name);
        }

        @Override
        public TlsSide towardsAny() {
            return new Target("to any");
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** The side of a relay with one target. */
    private record Target(String name) implements TlsSide {

        @Override
        public TlsStream stream(TlsMemory memory, Turn turn) {
            throw new IllegalStateException("nobody asks for it");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What nobody agreed on. */
    record Facts(List<X509Certificate> peer) implements TlsFacts {

        @Override
        public String version() {
            return "TLSv1.3";
        }

        @Override
        public String cipher() {
            return "none";
        }

        @Override
        public Optional<String> protocol() {
            return Optional.empty();
        }

        @Override
        public Optional<String> serverName() {
            return Optional.empty();
        }

        @Override
        public boolean isResumed() {
            return false;
        }
    }
}
