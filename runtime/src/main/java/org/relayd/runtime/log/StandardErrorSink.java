package org.relayd.runtime.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes lines to a stream as they are, those that are ready together with one call.
 *
 * @param stream
 *            standard error, not buffered
 */
public record StandardErrorSink(OutputStream stream) implements LineSink {

    @Override
    public void write(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        try {
            stream.write(text.toString().getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException gone) {
            // Nobody reads standard error any more; there is no other place to say so.
        }
    }
}
