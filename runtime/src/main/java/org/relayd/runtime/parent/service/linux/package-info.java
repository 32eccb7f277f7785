/** Sockets with a name in the file system, and descriptors that travel over them; unix(7). */
package org.relayd.runtime.parent.service.linux;
