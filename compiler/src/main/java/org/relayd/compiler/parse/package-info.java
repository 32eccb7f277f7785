/**
 * From words to statements: drives the generated parser statement by statement, defines macros and enters includes as
 * soon as their statements are read, and goes on after a faulty statement. Stage 3; its output is parse trees.
 */
package org.relayd.compiler.parse;
