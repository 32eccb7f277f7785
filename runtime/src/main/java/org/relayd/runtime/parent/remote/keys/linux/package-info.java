/** Key streams as descriptors that an event loop with epoll watches. */
package org.relayd.runtime.parent.remote.keys.linux;
