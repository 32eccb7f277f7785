/**
 * From the checked configuration to the slices of the plan: one class for each slice, and from the slices that concern
 * the kernel to the terms of the {@link org.relayd.compiler.lower.BackEnd} that carries them out. Pure functions;
 * nothing here asks the machine, and only back ends know which system they are for.
 */
package org.relayd.compiler.lower;
