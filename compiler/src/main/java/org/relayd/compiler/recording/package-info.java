/**
 * Compilations that are repeated elsewhere: what an {@link org.relayd.compiler.environment.Environment} was asked for,
 * with its answers, and an environment that gives nothing but these. No machine, and nothing of certificates and keys.
 */
package org.relayd.compiler.recording;
