package org.relayd.runtime.parent;

import java.io.IOException;
import java.util.Optional;

/**
 * The files that the daemon makes where ordinary users may not: the control socket and access logs. A closed set. Each
 * request blocks; none is for event loops. Refusals are in the system's words, without the name of the file.
 */
public interface FileRights {

    /**
     * Makes the control socket, readable and writable for owner and group, and listens on it. A stale socket of the
     * same name is replaced. relayctl(8): FILES.
     *
     * @param path
     *            its name
     * @throws IOException
     *             if it cannot be made: another program uses the name, or the system refuses
     */
    NamedSocket listenControl(String path) throws IOException;

    /**
     * Removes the name of a control socket, unless another program has taken it meanwhile.
     *
     * @param identity
     *            what {@link #listenControl} said of it
     */
    void removeControl(String path, String identity) throws IOException;

    /**
     * Opens an access log to append to, and creates it if it is not there: readable for the user and the group of the
     * daemon, writable for the user. relayd.conf(5): EXTENSIONS.
     *
     * @throws IOException
     *             if it is no regular file, or the system refuses
     */
    LogFile openLog(String path) throws IOException;

    /**
     * Opens an access log anew if its name belongs to another file now, or to none, as after a rotation; empty if it is
     * the same file.
     *
     * @param identity
     *            of the file that is open
     */
    Optional<LogFile> followLog(String path, String identity) throws IOException;

    /** Removes an access log that was created in vain: one that holds nothing. */
    void discardLog(String path) throws IOException;

    /**
     * A socket that listens, and its name.
     *
     * @param socket
     *            the caller closes it
     * @param identity
     *            tells the file of that name from others
     */
    record NamedSocket(OpenSocket socket, String identity) {}

    /**
     * An open access log.
     *
     * @param file
     *            the caller closes it
     * @param identity
     *            tells it from other files that may have its name
     * @param created
     *            whether there was none before
     */
    record LogFile(OpenFile file, String identity, boolean created) {}
}
