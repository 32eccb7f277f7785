/**
 * Diagnostics as text: for people, for scripts that know OpenBSD's relayd, for editors. Takes diagnostics in reading
 * order; nothing is found out here.
 */
package org.relayd.compiler.report;
