package org.relayd.ir.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why something could not be done with a file, in the words of errno(2), since those are what OpenBSD prints. */
public final class FileReason {
    private FileReason() {}

    /** Returns the words, such as {@code No such file or directory}. */
    public static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> failure.getMessage() == null ? "Input/output error" : failure.getMessage();
        };
    }
}
