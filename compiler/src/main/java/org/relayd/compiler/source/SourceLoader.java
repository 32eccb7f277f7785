package org.relayd.compiler.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;

/** Reads configuration files into source texts. Stage 1. */
public final class SourceLoader {
    private final ConfigurationFiles files;
    private final Set<SourceText> undecoded = new HashSet<>();

    /** Creates a loader that reads from the given place. */
    public SourceLoader(ConfigurationFiles files) {
        this.files = files;
    }

    /**
     * Reads a file. OpenBSD reads bytes; here they become characters: UTF-8 where the whole file is valid UTF-8, else
     * one character a byte, so that no byte is lost.
     *
     * @param path
     *            name as written by the user, which becomes the name of the source text
     * @throws IOException
     *             if the file cannot be read
     */
    public SourceText load(String path, Origin origin) throws IOException {
        byte[] bytes = files.read(path);
        Optional<String> decoded = decode(bytes);
        SourceText source = new SourceText(path,
                decoded.orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1)),
                origin);
        if (decoded.isEmpty()) {
            undecoded.add(source);
        }
        return source;
    }

    /** Returns whether a file that this loader read is valid UTF-8. */
    boolean isUtf8(SourceText source) {
        return !undecoded.contains(source);
    }

    private static Optional<String> decode(byte[] bytes) {
        // Fast, but says nothing about what it replaced.
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return Optional.of(text);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
