/**
 * The keys that the parent keeps for the worker: opened and read here, and never given away. What is signed is looked
 * at: what servers sign in a handshake of TLS, and certificates that an inspecting relay may show. Whether a file may
 * be opened the doorkeeper has asked before.
 */
package org.relayd.runtime.parent.keys;
