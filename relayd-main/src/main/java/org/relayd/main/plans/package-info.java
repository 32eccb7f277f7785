/**
 * From the name of a configuration to a plan that can be executed: compiled here for this machine, or in a worker
 * compiled again from what the parent has compiled. Who executes it does not see the difference.
 */
package org.relayd.main.plans;
