/**
 * What the configuration checker carries from line to line: findings, names, global settings in effect,
 * whether extensions may be used. Written by the section checkers in the order of the file; no rule of
 * relayd.conf(5) is applied here.
 */
package org.relayd.compiler.check.state;
