/**
 * A configuration that means something: names are objects, defaults are filled in, ids are given. Comes from the
 * configuration checker, goes to the lowerings.
 */
package org.relayd.ir.config;
