/**
 * The daemon with a real kernel and real traffic: a client, the machine that relayd runs on and servers, each a network
 * namespace that the test makes. Needs root; skipped with the reason elsewhere.
 */
package org.relayd.main.kernel;
