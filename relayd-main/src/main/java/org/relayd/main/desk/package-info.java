/**
 * The parent's side of plans: compiles what the worker asks for with the parent's rights, numbers it, and gives away
 * nothing but bundles. Nothing of Netty and of roles comes in.
 */
package org.relayd.main.desk;
