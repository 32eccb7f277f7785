/**
 * What the configuration checker carries from line to line: findings, names, global settings in effect. Written by the section
 * checkers in the order of the file; no rule of relayd.conf(5) is applied here.
 */
package org.relayd.compiler.check.state;
