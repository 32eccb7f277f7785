package org.relayd.runtime.relay.http.rule;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * What filter rules may read and change of the session that a message belongs to. One for each session; on the
 * session's event loop.
 */
public final class FilterSession {
    /** Octets of entries kept for the session line; a session may last for millions of requests. */
    private static final int MOST_ENTRIES = 16 * 1024;

    private final Endpoint client;
    private final Endpoint relay;
    private final byte[] timeout;
    private final IpAddress clientAddress;
    private final Supplier<IpAddress> local;
    private final HashInput hashInput;
    private final boolean keepsEntries;
    private Endpoint target = Endpoint.NONE;
    private Optional<IpFamily> targetFamily = Optional.empty();
    private Optional<String> tag = Optional.empty();
    private Optional<String> label = Optional.empty();
    private OptionalInt table = OptionalInt.empty();
    private final StringBuilder entries = new StringBuilder(0);
    private boolean logged;
    private boolean cut;

    /**
     * Creates the state of a new session.
     *
     * @param relay
     *            listen address and port of the relay
     * @param timeout
     *            session timeout in seconds, as text
     * @param client
     *            address of the client
     * @param local
     *            the address that the client connected to, asked for only if a rule needs it
     * @param hashInput
     *            gets the values of hash actions
     * @param keepsEntries
     *            whether log entries can ever be written
     */
    public FilterSession(Endpoint relay, byte[] timeout, InetSocketAddress client, Supplier<IpAddress> local,
            HashInput hashInput, boolean keepsEntries) {
        this.relay = relay;
        this.timeout = timeout;
        this.client = Endpoint.of(client);
        this.local = local;
        this.hashInput = hashInput;
        this.keepsEntries = keepsEntries;
        clientAddress = IpAddress.of(client.getAddress());
    }

    /** Returns the session of nobody: what a run looks at before its first message. */
    static FilterSession none() {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new FilterSession(Endpoint.NONE, new byte[0], nobody, () -> IpAddress.of(nobody.getAddress()),
                new HashInput(), false);
    }

    /** Address and port of one end as texts. */
    public static final class Endpoint {
        /** No end. */
        static final Endpoint NONE = new Endpoint("", 0);
        private final byte[] address;
        private final byte[] port;

        /** Creates an end. */
        public Endpoint(String address, int port) {
            this.address = Octets.of(address);
            this.port = Octets.of(Integer.toString(port));
        }

        static Endpoint of(InetSocketAddress socket) {
            InetAddress address = socket.getAddress();
            return new Endpoint(IpAddress.of(address).toString(), socket.getPort());
        }

        /** Returns the numeric address. Not to be changed. */
        public byte[] address() {
            return address;
        }

        /** Returns the decimal port. Not to be changed. */
        public byte[] port() {
            return port;
        }
    }

    Endpoint client() {
        return client;
    }

    Endpoint relay() {
        return relay;
    }

    Endpoint target() {
        return target;
    }

    byte[] timeout() {
        return timeout;
    }

    IpAddress clientAddress() {
        return clientAddress;
    }

    IpAddress localAddress() {
        return local.get();
    }

    /** Gets what hash actions hash. */
    public HashInput hashInput() {
        return hashInput;
    }

    /** Returns the family of the target's address, once it is known. */
    Optional<IpFamily> targetFamily() {
        return targetFamily;
    }

    /** Notes where the session goes. */
    public void target(InetSocketAddress address) {
        target = Endpoint.of(address);
        targetFamily = Optional.of(IpAddress.of(address.getAddress()).family());
    }

    /** Returns the tag that is set. */
    public Optional<String> tag() {
        return tag;
    }

    /** Sets or clears the tag. */
    public void tag(Optional<String> next) {
        tag = next;
    }

    /** Returns the label that is set. */
    public Optional<String> label() {
        return label;
    }

    void label(Optional<String> next) {
        label = next;
    }

    /** Returns the number of the table that a rule chose for the present request. */
    public OptionalInt table() {
        return table;
    }

    void table(OptionalInt next) {
        table = next;
    }

    /**
     * The next request is matched anew: forgets the table of the one before, and what was hashed of it if
     * no host had to be chosen.
     */
    public void beginRequest() {
        table = OptionalInt.empty();
        hashInput.clear();
    }

    /** Returns the log entries for the session line. */
    public String entries() {
        return entries.toString();
    }

    /** Adds to the entries; three dots stand for those that are too many. */
    public void enter(String text) {
        if (!keepsEntries || cut) {
            return;
        }
        cut = entries.length() >= MOST_ENTRIES;
        entries.append(cut ? " ..." : text);
    }

    /** Adds an entry of a log action. */
    void log(String text) {
        logged = true;
        enter(text);
    }

    /** Notes that the target changed; only sessions with lines show it. */
    public void targetChanged(String host, int port) {
        logged = true;
        enter(" -> " + host + ":" + port);
    }

    /** Ends the entries of a response, if there are any. */
    public void endResponse() {
        if (logged) {
            enter(";");
        }
    }
}
