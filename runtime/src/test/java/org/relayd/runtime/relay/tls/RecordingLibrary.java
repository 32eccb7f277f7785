package org.relayd.runtime.relay.tls;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.TlsStream;

/** A library that notes what contexts it is asked for, and which of them are open. */
final class RecordingLibrary implements TlsEngine {
    final List<ServerPolicy> servers = new ArrayList<>();
    final List<ClientPolicy> clients = new ArrayList<>();
    /** Octets of the keys at the time of asking. */
    final List<byte[]> keys = new ArrayList<>();
    int loads;
    int open;
    boolean refuses;

    /** Counts how often it is loaded. */
    TlsEngine load() {
        loads++;
        return this;
    }

    @Override
    public Context server(ServerPolicy policy) {
        servers.add(policy);
        for (Identity identity : policy.identities()) {
            if (identity.key() instanceof Identity.Key.Local local) {
                keys.add(local.key().pkcs8().toArray(ValueLayout.JAVA_BYTE));
            }
        }
        open++;
        return new Made();
    }

    @Override
    public ClientContext client(ClientPolicy policy) throws TlsException {
        if (refuses) {
            throw new TlsException("no such thing");
        }
        clients.add(policy);
        open++;
        return new Made();
    }

    @Override
    public Context showing(Context base, Identity identity) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public Optional<String> unheeded(String setting) {
        return Optional.empty();
    }

    private final class Made implements Context, ClientContext {
        private boolean closed;

        @Override
        public TlsStream stream(TlsMemory memory, Turn turn) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TlsSide towards(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TlsSide towardsAny() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open--;
            }
        }
    }
}
