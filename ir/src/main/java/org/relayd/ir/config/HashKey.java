package org.relayd.ir.config;

/**
 * Key of the hashing modes. Without one, a random key is made at each start.
 *
 * @param text
 *            as written
 * @param literal
 *            whether the text is {@code 0x} and 32 hex digits that are the key itself; otherwise the key is the text's MD5
 */
public record HashKey(String text, boolean literal) {}
