package org.relayd.ir.image;

import org.relayd.ir.pf.PfRule;

/**
 * A rule for a request to /dev/pf.
 *
 * @param rule
 *            the rule
 * @param protocol
 *            number of its IP protocol
 */
public record PfRequest(PfRule rule, int protocol) {}
