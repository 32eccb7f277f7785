/**
 * Translation from dialect 5.1 to the current one, offered only where it is exact: protocol actions become
 * filter rules, or the reason is given why they cannot. Works on the checked configuration; writing the
 * result is the printer's work.
 */
package org.relayd.compiler.translate;
