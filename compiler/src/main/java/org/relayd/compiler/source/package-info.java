/**
 * From files to words: reads configuration files, finds words with the generated lexer, replaces macros in place and
 * enters included files. Stages 1 and 2 of a compilation; knows nothing of statements. No name is looked up here and
 * nothing but configuration files is read.
 */
package org.relayd.compiler.source;
