/**
 * JSON, RFC 8259, as relayd-compile and relayctl write it. A library would cost more start-up time than a whole check.
 * Access logs write theirs by the byte, in ASCII only: org.relayd.runtime.relay.access.
 */
package org.relayd.ir.json;
