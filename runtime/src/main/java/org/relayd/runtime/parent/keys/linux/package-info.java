/** Key streams as Unix stream sockets. */
package org.relayd.runtime.parent.keys.linux;
