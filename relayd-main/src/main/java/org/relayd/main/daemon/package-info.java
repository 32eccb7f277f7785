/** The daemon: compiles the configuration, starts the roles, reloads, stops. The only place that knows both compiler and runtime. */
package org.relayd.main.daemon;
