/**
 * What the worker does to itself before it reads anything: it gives the kernel up as far as it does not need it. That
 * the worker is nobody in particular and has no capabilities is not done here, but by whoever started it:
 * {@code org.relayd.runtime.parent.linux}.
 */
package org.relayd.runtime.worker.linux;
