/**
 * What the compiler says about a configuration: coded, positioned messages. Printing them is the
 * compiler's work, not done here.
 */
package org.relayd.ir.diagnostic;
