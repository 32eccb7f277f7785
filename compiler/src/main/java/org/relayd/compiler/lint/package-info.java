/**
 * Advice about configurations that are right but may not mean what somebody wanted. Each lint looks at what is written
 * and, where that does not tell, at what it means; nothing here refuses a configuration.
 */
package org.relayd.compiler.lint;
