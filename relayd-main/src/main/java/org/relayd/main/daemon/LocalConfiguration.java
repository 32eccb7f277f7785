package org.relayd.main.daemon;

import java.io.IOException;
import java.util.Optional;
import org.relayd.main.environment.MachineFiles;
import org.relayd.main.environment.OwnFiles;
import org.relayd.runtime.parent.ConfigurationRights;

/** Reads configurations in this process, with the rights that it has: as {@code relayd -n} does. */
final class LocalConfiguration implements ConfigurationRights {
    private final OwnFiles own = new OwnFiles();

    @Override
    public byte[] read(String path) throws IOException {
        return own.read(path);
    }

    @Override
    public boolean isReadable(String path) {
        return own.isReadable(path);
    }

    @Override
    public Optional<String> openMode(String path) {
        return own.openMode(path);
    }

    /**
     * The compiler's side: each file is asked for at the door.
     *
     * @param rights
     *            read the files
     */
    record Asked(ConfigurationRights rights) implements MachineFiles {

        @Override
        public byte[] read(String path) throws IOException {
            return rights.read(path);
        }

        @Override
        public boolean isReadable(String path) {
            return rights.isReadable(path);
        }

        @Override
        public Optional<String> openMode(String path) {
            return rights.openMode(path);
        }
    }
}
