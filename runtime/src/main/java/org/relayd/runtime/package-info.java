/** Executes a plan. Depends on ir, Netty and native calls; the compiler and ANTLR must not come in. */
package org.relayd.runtime;
