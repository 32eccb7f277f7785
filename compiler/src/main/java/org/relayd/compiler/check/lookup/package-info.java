/**
 * Words that stand for something outside the file: host names, interfaces, ports, key files. Everything is asked of the
 * {@link org.relayd.compiler.environment.Environment}, never of the machine.
 */
package org.relayd.compiler.check.lookup;
