/**
 * The vocabulary of relayd: plain records that every other module speaks. Depends on nothing but the JDK; no parsing,
 * no I/O, no libraries.
 */
package org.relayd.ir;
