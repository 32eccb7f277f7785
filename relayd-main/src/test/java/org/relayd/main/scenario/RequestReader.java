package org.relayd.main.scenario;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Another parser of requests than relayd's: Netty's. */
final class RequestReader implements AutoCloseable {
    private static final int LONGEST = 200_000;
    private final EmbeddedChannel decoder = new EmbeddedChannel(new HttpRequestDecoder(LONGEST, LONGEST, LONGEST));

    /**
     * What has come of a request.
     *
     * @param text
     *            its method and target
     * @param whole
     *            false if this is its head, true if it is its end
     */
    record Part(String text, boolean whole) {}

    /** Takes octets and tells what they complete. */
    List<Part> take(byte[] octets, int count) {
        List<Part> parts = new ArrayList<>();
        decoder.writeInbound(Unpooled.copiedBuffer(octets, 0, count));
        for (HttpObject message = decoder.readInbound(); message != null; message = decoder.readInbound()) {
            if (message.decoderResult().isFailure()) {
                parts.add(new Part("unreadable: " + message.decoderResult().cause().getMessage(), false));
            } else if (message instanceof HttpRequest request) {
                parts.add(new Part(request.method() + " " + request.uri(), false));
            }
            if (message instanceof LastHttpContent) {
                parts.add(new Part("", true));
            }
            ReferenceCountUtil.release(message);
        }
        return parts;
    }

    /** The requests of a stream, each as its method and target. */
    static List<String> requests(String stream) {
        byte[] octets = stream.getBytes(StandardCharsets.ISO_8859_1);
        try (RequestReader reader = new RequestReader()) {
            return reader.take(octets, octets.length).stream().filter(part -> !part.whole()).map(Part::text).toList();
        }
    }

    @Override
    public void close() {
        decoder.finishAndReleaseAll();
    }
}
