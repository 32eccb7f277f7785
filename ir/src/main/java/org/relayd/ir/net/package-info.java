/** Addresses, prefixes and ports as values. Nothing here resolves a name or asks the machine. */
package org.relayd.ir.net;
