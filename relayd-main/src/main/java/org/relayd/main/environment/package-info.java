/** The machine that the program runs on, as the compiler asks about it. Nothing that the daemon does to it comes in. */
package org.relayd.main.environment;
