package org.relayd.runtime.hce.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.channel.TlsHandler;
import org.relayd.runtime.tls.channel.TlsListener;

/**
 * TLS of health checks. A check asks whether the host speaks TLS, not who it is: certificates are not verified, as in
 * the original. Each shakes hands anew, as a resumed session would hide that a host has lost its key. It belongs to a
 * table, not to a protocol: the settings are those of a protocol that says nothing.
 */
final class CheckTls implements AutoCloseable {
    private static final CommonPolicy COMMON = new CommonPolicy(Set.of(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3),
            "HIGH:!aNULL", List.of());

    private final TlsEngine.ClientContext context;
    private final TlsMemory memory = new TlsMemory();

    private CheckTls(TlsEngine.ClientContext context) {
        this.context = context;
    }

    /** Makes what all checks share. */
    static CheckTls of(TlsEngine library) {
        try {
            return new CheckTls(library.client(new ClientPolicy(COMMON, Optional.empty(), false)));
        } catch (TlsException refused) {
            throw new IllegalStateException("the defaults are good", refused);
        }
    }

    /**
     * Returns a handler for one connection.
     *
     * @param host
     *            as it is written; a name is sent, an address is not
     */
    TlsHandler handler(String host, TlsListener listener) {
        TlsSide side = IpAddress.parse(host).isPresent() ? context.towardsAny() : context.towards(host);
        return new TlsHandler(side, memory, listener);
    }

    /** No more checks begin. */
    @Override
    public void close() {
        context.close();
    }
}
