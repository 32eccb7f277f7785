package org.relayd.runtime.tls;

import java.util.Optional;

/** A library that speaks TLS. Making contexts blocks and costs time: at start and reload only. Any thread. */
public interface TlsEngine {

    /**
     * Makes the server's side of a policy.
     *
     * @throws TlsException
     *             if the library refuses a certificate, a key or a setting
     */
    Context server(ServerPolicy policy) throws TlsException;

    /**
     * Makes the client's side of a policy.
     *
     * @throws TlsException
     *             if the library refuses a setting
     */
    ClientContext client(ClientPolicy policy) throws TlsException;

    /**
     * A side that holds what its streams share. Counted: it is freed when {@link #close} was called and the last of its
     * streams is released, so that sessions outlive a reload.
     */
    interface Context extends TlsSide {

        /** No more streams will be made. The second call does nothing. */
        void close();
    }

    /** The client's side of a policy, towards many targets. */
    interface ClientContext {

        /**
         * Returns the side towards one target. Sessions are resumed with the same target only.
         *
         * @param name
         *            host name that is sent (SNI) and, if the policy verifies, that the certificate has to cover; an
         *            address is never sent, but has to be covered too
         */
        TlsSide towards(String name);

        /**
         * Returns the side towards a target without a name: nothing is sent, and of a certificate only its chain is
         * verified.
         */
        TlsSide towardsAny();

        /** No more streams will be made. The second call does nothing. */
        void close();
    }

    /**
     * Makes a side that shows a certificate made for few connections (TLS inspection), with everything else as the
     * policy of a context of this engine says. It is counted as its base is, and keeps its base.
     *
     * @param base
     *            made by {@link #server} of this engine
     * @param identity
     *            what is shown
     * @throws TlsException
     *             if the library refuses the certificate
     */
    Context showing(Context base, Identity identity) throws TlsException;

    /** Returns the name and version of the library, for the log. */
    String name();

    /** Returns why the settings of this kind do nothing in this library; empty if they do. Such as {@code edh}. */
    Optional<String> unheeded(String setting);
}
