/**
 * A kernel that writes down what it is asked for, one line for each operation, and does nothing:
 * {@code relayd --backend record:FILE}.
 *
 * <p>
 * Lines, in the order of the calls: {@code filter open}, {@code table NAME set ADDRESS...}, {@code table NAME flush},
 * {@code table NAME forget ADDRESS}, {@code rules NAME load}, {@code rules NAME remove}, {@code filter close};
 * {@code routes open}, {@code route add DESTINATION via ADDRESS [priority N] [rtable N] [label NAME]},
 * {@code route delete} with the same words, {@code routes close}; {@code demotion open GROUP...},
 * {@code demote GROUP +1}, {@code demote GROUP -1}, {@code demotion close}. NAME is that of the redirection.
 */
package org.relayd.runtime.platform.recorder;
