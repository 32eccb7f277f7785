/** Relays whose bytes nobody looks at. What must not come in: anything that reads them. */
package org.relayd.runtime.relay.copy;
