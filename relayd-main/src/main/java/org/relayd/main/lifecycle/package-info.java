/**
 * How a daemon begins where another one has ended, and how it ends itself: what is handed on of the states of hosts,
 * who has asked for the end, and how long what is under way may take until then. Knows nothing of how roles are
 * started.
 */
package org.relayd.main.lifecycle;
