/**
 * Terms of the field that both the written and the checked configuration use: closed lists of words with their spelling
 * in relayd.conf(5).
 */
package org.relayd.ir.term;
