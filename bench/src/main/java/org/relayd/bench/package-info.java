/** Micro benchmarks of the compiler and the runtime. Compiled by every build, run by hand. */
package org.relayd.bench;
