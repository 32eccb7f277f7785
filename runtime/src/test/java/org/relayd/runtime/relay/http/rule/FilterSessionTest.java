package org.relayd.runtime.relay.http.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.relayd.ir.net.IpAddress;
import org.relayd.runtime.relay.select.HashInput;

class FilterSessionTest {
    private static FilterSession session(boolean keepsEntries) {
        InetSocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
        return new FilterSession(FilterSession.Endpoint.NONE, new byte[0], client,
                () -> IpAddress.of(client.getAddress()), new HashInput(), keepsEntries);
    }

    @Test
    void entriesEndInDotsWhereTheyAreTooMany() {
        FilterSession session = session(true);
        String many = " GET".repeat(4096);
        session.enter(many);
        session.enter(" GET");
        session.enter(" GET");
        assertEquals(many + " ...", session.entries());
    }

    @Test
    void sessionsWithoutLinesKeepNone() {
        FilterSession session = session(false);
        session.enter(" GET");
        assertEquals("", session.entries());
    }
}
