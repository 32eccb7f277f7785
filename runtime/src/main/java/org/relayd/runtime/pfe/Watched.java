package org.relayd.runtime.pfe;

import org.relayd.runtime.Log;
import org.relayd.runtime.platform.KernelException;

/**
 * A service of the kernel that may fail and come back. What goes wrong is said once, not at each attempt; that it works
 * again is said too.
 */
final class Watched {
    private final String name;
    private final Log log;
    private boolean open;
    private String complaint = "";

    Watched(String name, Log log) {
        this.name = name;
        this.log = log;
    }

    /** Something that the kernel may refuse. */
    @FunctionalInterface
    interface Act {
        void run() throws KernelException;
    }

    /** For a service that is used by opening it, or is open already. */
    static final Act NOTHING = () -> {
        // Nothing to do.
    };

    boolean open() {
        return open;
    }

    /**
     * Opens the service unless it is open, then uses it; if something fails it is to be opened again. Nothing done is
     * nothing learned: an open service that failed before is not said to work again.
     *
     * @return whether all went well
     */
    boolean use(Act opening, Act use) {
        try {
            boolean idle = open && use.equals(NOTHING);
            if (!open) {
                opening.run();
                open = true;
            }
            use.run();
            if (!idle) {
                recovered();
            }
            return true;
        } catch (KernelException refused) {
            open = false;
            complain(refused);
            return false;
        }
    }

    /** Does something that leaves the service open whether or not it fails. */
    void attempt(Act act) {
        try {
            act.run();
            recovered();
        } catch (KernelException refused) {
            complain(refused);
        }
    }

    /** Ends the service. */
    void close(Act closing) {
        if (open) {
            open = false;
            attempt(closing);
        }
    }

    private void complain(KernelException refused) {
        String message = String.valueOf(refused.getMessage());
        if (!message.equals(complaint)) {
            complaint = message;
            log.warn(name + ": " + message);
        }
    }

    private void recovered() {
        if (!complaint.isEmpty()) {
            complaint = "";
            log.info(name + ": works again");
        }
    }
}
