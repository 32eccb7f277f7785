package org.relayd.runtime.platform.linux;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import org.relayd.runtime.system.Errno;

/** Functions of the C library for netlink sockets. */
public interface LinuxLibrary {

    /** socket(2). */
    int socket(int domain, int type, int protocol);

    /** close(2). */
    int close(int descriptor);

    /** setsockopt(2). */
    int setsockopt(int descriptor, int level, int option, @In byte[] value, int length);

    /** send(2). */
    long send(int descriptor, @In byte[] message, long length, int flags);

    /** recv(2). */
    long recv(int descriptor, @Out byte[] buffer, long length, int flags);

    /** Loads the library. */
    static LinuxLibrary load() {
        return LibraryLoader.create(LinuxLibrary.class).load("c");
    }

    /** Returns the error of the last call on this thread. */
    default Errno lastError() {
        return Errno.linux(Runtime.getRuntime(this).getLastError());
    }
}
