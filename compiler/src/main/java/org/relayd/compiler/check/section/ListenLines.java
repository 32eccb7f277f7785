package org.relayd.compiler.check.section;

import java.util.Optional;
import org.relayd.compiler.check.table.TableUseChecker.ListenPort;
import org.relayd.ir.net.Port;

/** The listen lines of a section that were read so far, as far as its forward lines ask for them. */
final class ListenLines {
    private final int total;
    private int read;
    private Optional<Port> port = Optional.empty();

    /** Begins a section with a number of listen lines. */
    ListenLines(long total) {
        this.total = (int) total;
    }

    /** Notes a listen line, refused or not. */
    void read() {
        read++;
    }

    /** Sets the port that tables have from now on. */
    void port(Port value) {
        port = Optional.of(value);
    }

    Optional<Port> port() {
        return port;
    }

    /** Returns the answer for the forward line at this place. */
    ListenPort here() {
        return new ListenPort(port, read > 0 && port.isEmpty(), read < total);
    }
}
