/**
 * How kernels of the BSD family lay out what programs hand to them. Facts stand in the resources of this package, one
 * file for each system; the code only puts values where they belong. No system is called here.
 */
package org.relayd.runtime.platform.bsd.abi;
