/**
 * The keys that the parent keeps for the worker: opened and read here, and never given away. What is signed is looked
 * at: what servers sign in a handshake of TLS, and certificates that an inspecting relay may show. Which files may be
 * opened the desk is told by others.
 */
package org.relayd.runtime.parent.keys;
