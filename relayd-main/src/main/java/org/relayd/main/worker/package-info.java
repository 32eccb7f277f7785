/**
 * The worker of the two processes: it reads the network, and has no rights. What it needs it asks the parent for, by
 * the line that is its descriptor 3. relayd(8): PROCESSES.
 */
package org.relayd.main.worker;
