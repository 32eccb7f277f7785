/** Compilations that a second process repeats. */
package org.relayd.repeated;
