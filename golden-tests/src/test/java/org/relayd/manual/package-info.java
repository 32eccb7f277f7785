/**
 * The manual and the examples against the program: every keyword is documented, every example compiles.
 */
package org.relayd.manual;
