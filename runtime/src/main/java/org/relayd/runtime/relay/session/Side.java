package org.relayd.runtime.relay.session;

/** The two sides of a session. */
public enum Side {
    /** The one that was accepted. */
    CLIENT("client left", 499),
    /** The one that the relay connected to. */
    TARGET("target left", 502);

    private final String left;
    private final int status;

    Side(String left, int status) {
        this.left = left;
        this.status = status;
    }

    /** Returns what the logs say of a request whose exchange this side did not stay for. */
    public String left() {
        return left;
    }

    /** Returns its status there: 499 is nginx's number for a client that left. */
    int status() {
        return status;
    }
}
