package org.relayd.ir.term;

/** How a forward line reaches its target. */
public enum ForwardMode implements Word {
    /** Plain forwarding. */
    FORWARD("forward"),
    /** Direct server return, {@code route to}; redirections only. */
    ROUTE("route"),
    /** With the client address as source, {@code transparent forward}; relays only. */
    TRANSPARENT("transparent");

    private final String word;

    ForwardMode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
