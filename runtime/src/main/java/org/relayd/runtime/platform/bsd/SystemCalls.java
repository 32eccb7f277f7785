package org.relayd.runtime.platform.bsd;

import java.util.List;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.bsd.abi.Image;
import org.relayd.runtime.platform.bsd.abi.Ioctl;
import org.relayd.runtime.system.SystemException;

/** The calls of the system that the back ends make. All of them block, for a moment only. */
public interface SystemCalls {

    /**
     * Opens a device for reading and writing. open(2).
     *
     * @return a descriptor
     * @throws SystemException
     *             if the system refuses
     */
    int open(String path) throws SystemException;

    /**
     * Makes a socket. socket(2).
     *
     * @return a descriptor
     * @throws SystemException
     *             if the system refuses
     */
    int socket(int domain, int type, int protocol) throws SystemException;

    /**
     * Sets an option of a socket to a number. setsockopt(2).
     *
     * @throws SystemException
     *             if the system refuses
     */
    void setOption(int descriptor, int level, int option, int value) throws SystemException;

    /**
     * Makes a request of a device. ioctl(2). The answer is in the argument afterwards, and in what it points to.
     *
     * @throws SystemException
     *             if the system refuses
     */
    void ioctl(int descriptor, Ioctl request, Image argument) throws SystemException;

    /**
     * Writes a message to a socket. write(2).
     *
     * @throws SystemException
     *             if the system refuses
     */
    void write(int descriptor, byte[] message) throws SystemException;

    /** Closes a descriptor. close(2). */
    void close(int descriptor);

    /**
     * Runs a program, without a shell.
     *
     * @param command
     *            its path and arguments
     * @param input
     *            what it reads from its standard input
     * @return what it wrote to its standard output
     * @throws KernelException
     *             if it cannot be run, does not end, or fails, with what it wrote to its standard error
     */
    String run(List<String> command, String input) throws KernelException;
}
