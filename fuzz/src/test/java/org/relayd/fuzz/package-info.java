/**
 * Targets for a coverage-guided fuzzer. Inputs that once found a fault stay as tests of the module whose fault it was.
 */
package org.relayd.fuzz;
