/**
 * Texts of {@code relayd-compile --emit}: one class for each form. Pure functions in file order; no times, no paths,
 * nothing of the machine.
 */
package org.relayd.compiler.print;
