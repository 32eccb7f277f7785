/**
 * What the runtime executes: one slice per role, lowered from the checked configuration. No stage after this one looks
 * at the configuration text again.
 */
package org.relayd.ir.plan;
