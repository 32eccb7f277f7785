/** Rules about the code itself that the compiler cannot hold: who may import whom, and the shape of the sources. */
package org.relayd.architecture;
