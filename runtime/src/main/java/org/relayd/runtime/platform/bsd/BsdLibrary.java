package org.relayd.runtime.platform.bsd;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.types.u_int64_t;

/** Functions of the C library for devices and sockets. */
public interface BsdLibrary {

    /** open(2). */
    int open(String path, int flags);

    /** socket(2). */
    int socket(int domain, int type, int protocol);

    /** setsockopt(2). */
    int setsockopt(int descriptor, int level, int option, @In byte[] value, int length);

    /** ioctl(2). */
    int ioctl(int descriptor, @u_int64_t long request, Pointer argument);

    /** write(2). */
    long write(int descriptor, @In byte[] message, long length);

    /** close(2). */
    int close(int descriptor);

    /** strerror(3). */
    String strerror(int error);

    /** Loads the library. */
    static BsdLibrary load() {
        return LibraryLoader.create(BsdLibrary.class).load("c");
    }
}
