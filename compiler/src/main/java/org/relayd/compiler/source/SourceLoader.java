package org.relayd.compiler.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;

/** Reads configuration files into source texts. Stage 1. */
public final class SourceLoader {
    private final ConfigurationFiles files;

    /** Creates a loader that reads from the given place. */
    public SourceLoader(ConfigurationFiles files) {
        this.files = files;
    }

    /**
     * Reads a file. OpenBSD reads bytes; here they become characters: UTF-8 where the whole file is valid UTF-8, else one character
     * a byte, so that no byte is lost.
     *
     * @param path
     *            name as written by the user, which becomes the name of the source text
     * @throws IOException
     *             if the file cannot be read
     */
    public SourceText load(String path, Origin origin) throws IOException {
        return new SourceText(path, decode(files.read(path)), origin);
    }

    /**
     * Says in the words of errno(2) why a file could not be read, since that is what OpenBSD prints.
     *
     * @return such as {@code No such file or directory}
     */
    public static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> failure.getMessage() == null ? "Input/output error" : failure.getMessage();
        };
    }

    private static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
