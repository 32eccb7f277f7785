package org.relayd.main;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.environment.EnvironmentFile;
import org.relayd.compiler.environment.EnvironmentFileException;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.ir.source.FileReason;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.environment.SystemEnvironment;

/** Chooses the machine that a configuration is checked against: this one, or one that a file describes. */
final class Environments {
    private Environments() {}

    /**
     * Returns the environment.
     *
     * @param file
     *            {@code --environment}; empty for this machine
     * @throws UsageException
     *             if the file cannot be read or does not describe a machine
     */
    static Environment open(Optional<String> file) throws UsageException {
        SystemEnvironment machine = new SystemEnvironment(OperatingSystem.ofThisMachine());
        if (file.isEmpty()) {
            return machine;
        }
        try {
            return new FileEnvironment(EnvironmentFile.read(Files.readString(Path.of(file.get()))), machine::read);
        } catch (EnvironmentFileException fault) {
            throw new UsageException(file.get() + ": " + fault.getMessage());
        } catch (CharacterCodingException _) {
            throw new UsageException(file.get() + ": not UTF-8 text");
        } catch (IOException unreadable) {
            throw new UsageException(file.get() + ": " + FileReason.of(unreadable));
        } catch (InvalidPathException _) {
            throw new UsageException(file.get() + ": " + FileReason.of(new NoSuchFileException(file.get())));
        }
    }
}
