/**
 * The sealed bundle: what the parent has compiled a configuration from, written for the worker, which compiles it again
 * without rights. Nothing of the runtime's roles and no keys come in.
 */
package org.relayd.main.bundle;
