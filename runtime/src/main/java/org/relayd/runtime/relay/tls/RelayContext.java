package org.relayd.runtime.relay.tls;

import java.util.Optional;
import org.relayd.runtime.relay.session.RelayTls;
import org.relayd.runtime.tls.OctetString;

/**
 * The contexts of one relay and what they were made of.
 *
 * @param tls
 *            for its sessions
 * @param print
 *            digest of the files
 * @param sessions
 *            session context, if clients speak TLS
 */
record RelayContext(RelayTls tls, String print, Optional<OctetString> sessions) {}
