/**
 * Private keys that the parent process signs with: the worker's side. A key is a number here. Signatures are asked for
 * over streams of their own, one for each event loop, which that loop reads and writes without waiting.
 */
package org.relayd.runtime.parent.remote.keys;
