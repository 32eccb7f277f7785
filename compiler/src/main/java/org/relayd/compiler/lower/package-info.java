/**
 * From the checked configuration to the slices of the plan: one class for each slice. Pure functions; nothing here asks the machine,
 * prints, or knows which platform will execute the plan.
 */
package org.relayd.compiler.lower;
