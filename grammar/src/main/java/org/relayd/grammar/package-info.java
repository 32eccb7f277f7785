/**
 * Lexer and parser that ANTLR generates from the grammars of relayd.conf(5). Holds no Java of ours: every meaning is
 * given in the compiler.
 */
package org.relayd.grammar;
