package org.relayd.fuzz;

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

/** Another parser of HTTP: Netty's. */
final class Referee {
    private Referee() {}

    /**
     * Each request as its method and the number of its fields; the word {@code refused} for what is none, {@code open}
     * after one whose body goes on.
     */
    static String requests(String octets) {
        EmbeddedChannel decoder = new EmbeddedChannel(new HttpRequestDecoder(65_536, 65_536, 65_536));
        List<String> read = new ArrayList<>();
        boolean open = false;
        decoder.writeInbound(Unpooled.copiedBuffer(octets, StandardCharsets.ISO_8859_1));
        for (HttpObject message = decoder.readInbound(); message != null; message = decoder.readInbound()) {
            if (message.decoderResult().isFailure()) {
                read.add("refused " + message.decoderResult().cause());
            } else if (message instanceof HttpRequest request) {
                read.add(request.method() + " " + request.headers().size());
            }
            open = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
        }
        decoder.finishAndReleaseAll();
        return String.join(", ", read) + (open ? " open" : "");
    }
}
