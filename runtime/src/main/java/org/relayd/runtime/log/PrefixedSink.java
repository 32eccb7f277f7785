package org.relayd.runtime.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes lines for another process to put into its log: each begins with its priority, as sd-daemon(3) has it,
 * {@code <6>startup}. A longer message is several lines, each with the prefix, so that a line is all that a reader ever
 * has to know; logs show them one by one anyway.
 *
 * @param stream
 *            standard error, a pipe, not buffered
 */
public record PrefixedSink(OutputStream stream) implements LineSink {
    /** Octets that a pipe takes in one piece, whoever else writes to it: PIPE_BUF of Linux; 512 are sure elsewhere. */
    static final int PIECE = 4096;

    @Override
    public void write(List<Line> lines) {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE);
        try {
            for (Line line : lines) {
                for (String text : line.text().split("\n", -1)) {
                    byte[] octets = ("<" + line.priority().severity() + ">" + text + "\n")
                            .getBytes(StandardCharsets.UTF_8);
                    if (piece.size() + octets.length > PIECE) {
                        flush(piece);
                    }
                    piece.writeBytes(octets);
                }
            }
            flush(piece);
        } catch (IOException gone) {
            // Nobody reads standard error any more; there is no other place to say so.
        }
    }

    /** Whole lines in one call: the machine that runs this program writes to the same pipe. */
    private void flush(ByteArrayOutputStream piece) throws IOException {
        if (piece.size() > 0) {
            stream.write(piece.toByteArray());
            stream.flush();
            piece.reset();
        }
    }
}
