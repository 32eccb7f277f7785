/** What command lines of relayd(8) and relayd-compile(1) ask for, once they are read. Reading them must not come in. */
package org.relayd.main.options;
