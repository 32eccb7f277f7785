package org.relayd.runtime.relay.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.relayd.runtime.parent.FileRights;

/** The file of an access log, appended to. Blocks. One thread at a time. */
final class AccessLogFile implements LineFile {
    private final String path;
    private final FileRights files;
    private final boolean created;
    private FileRights.LogFile current;

    private AccessLogFile(String path, FileRights files, FileRights.LogFile first) {
        this.path = path;
        this.files = files;
        this.created = first.created();
        current = first;
    }

    /**
     * Opens a file, and creates it if it is not there.
     *
     * @param files
     *            opens it, and what has its name later
     * @throws IOException
     *             with words for the user: it is no regular file, or the system refuses
     */
    static AccessLogFile open(String path, FileRights files) throws IOException {
        return new AccessLogFile(path, files, files.openLog(path));
    }

    String path() {
        return path;
    }

    @Override
    public void follow() throws IOException {
        Optional<FileRights.LogFile> next = files.followLog(path, current.identity());
        if (next.isPresent()) {
            current.file().close();
            current = next.get();
        }
    }

    @Override
    public void write(ByteBuffer octets) throws IOException {
        current.file().write(octets);
    }

    @Override
    public void close() throws IOException {
        current.file().close();
    }

    /** Closes the file; nothing is left of one that was created in vain. */
    void discard() throws IOException {
        close();
        if (created) {
            files.discardLog(path);
        }
    }
}
