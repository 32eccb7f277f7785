package org.relayd.compiler.parse;

import org.relayd.compiler.source.SourceToken;

/**
 * The header of a section.
 *
 * @param rule
 *            the grammar's rule of the section
 * @param name
 *            the word that names it
 */
record SectionHeader(int rule, SourceToken name) {}
