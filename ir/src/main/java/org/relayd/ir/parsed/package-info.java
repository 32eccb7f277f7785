/**
 * A configuration as it was written: names are still text, numbers are unchecked, order and spans are kept. Comes from
 * the builders, goes to the configuration checker.
 */
package org.relayd.ir.parsed;
