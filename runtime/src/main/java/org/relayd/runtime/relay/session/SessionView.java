package org.relayd.runtime.relay.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.relayd.ir.config.RelayId;

/**
 * One session as relayctl(8) shows it.
 *
 * @param id
 *            number of the session, from 1
 * @param relay
 *            its relay
 * @param relayName
 *            its name
 * @param client
 *            where it came from
 * @param target
 *            where it goes, once chosen
 * @param done
 *            whether it has ended and only waits for its last bytes to be written
 * @param age
 *            time since the target was connected, or since the client was accepted before that
 * @param idle
 *            time since a byte was read or written
 * @param tag
 *            tag of the current dialect or mark of dialect 5.1, if one is set
 */
public record SessionView(long id, RelayId relay, String relayName, InetSocketAddress client,
        Optional<InetSocketAddress> target, boolean done, Duration age, Duration idle, Optional<String> tag) {}
