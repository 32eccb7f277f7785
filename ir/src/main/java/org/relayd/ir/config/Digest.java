package org.relayd.ir.config;

import org.relayd.ir.term.DigestAlgorithm;

/**
 * Expected hash of a text.
 *
 * @param algorithm
 *            told from the length of the text
 * @param text
 *            hex digits as written
 */
public record Digest(DigestAlgorithm algorithm, String text) {}
