/**
 * From parse trees to the configuration as written. Stage 4: the only place that knows both the generated parser and
 * {@code org.relayd.ir.parsed}, one builder per section of relayd.conf(5). Nothing is looked up and no range is checked
 * here; what is told is layout that OpenBSD refuses and statements of the dialect that was not chosen.
 */
package org.relayd.compiler.build;
