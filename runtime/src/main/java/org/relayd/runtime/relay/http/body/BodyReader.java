package org.relayd.runtime.relay.http.body;

import org.relayd.runtime.relay.http.head.MessageHead;

/**
 * Where the body of the present message of one direction ends. One reader serves one message after
 * the other. Not thread safe.
 */
public final class BodyReader {
    /** How the end is told (RFC 9112 6.3). */
    public enum Kind {
        /** There is no body, or all of it has passed. */
        ENDED,
        /** By its length. */
        LENGTH,
        /** By the last chunk. */
        CHUNKED,
        /** By the end of the connection. */
        UNTIL_CLOSE
    }

    private final ChunkedScanner chunks = new ChunkedScanner();
    private Kind kind = Kind.ENDED;
    private long left;
    private boolean decoded;

    /** Starts the body of a request. Without a length there is none. */
    public void beginRequest(MessageHead head) {
        begin(head.isChunked(), head.contentLength());
    }

    /**
     * Starts the body of a response.
     *
     * @param bodiless
     *            whether the request or the status forbids a body, whatever the fields say
     */
    public void beginResponse(MessageHead head, boolean bodiless) {
        decoded = false;
        if (bodiless) {
            kind = Kind.ENDED;
        } else if (head.isChunked() || head.hasContentLength()) {
            begin(head.isChunked(), head.contentLength());
        } else {
            kind = Kind.UNTIL_CLOSE;
        }
    }

    private void begin(boolean chunked, long length) {
        if (chunked) {
            chunks.reset();
            kind = Kind.CHUNKED;
        } else {
            kind = length > 0 ? Kind.LENGTH : Kind.ENDED;
            left = length;
        }
    }

    /**
     * Only the data of the chunks goes on: who gets them cannot know chunks (RFC 9112 6.1). The end of the connection
     * then tells the end of the body.
     */
    public void decode() {
        decoded = true;
    }

    /** Returns whether only the data of chunks goes on. */
    public boolean isDecoded() {
        return decoded;
    }

    /** Returns how the end is told. */
    public Kind kind() {
        return kind;
    }

    /** Returns whether nothing of the body is still to come. */
    public boolean isEnded() {
        return kind == Kind.ENDED;
    }

    /** Returns whether something is still to come of which only the end of the connection tells the end. */
    public boolean endsWithConnection() {
        return kind == Kind.UNTIL_CLOSE || (decoded && kind != Kind.ENDED);
    }

    /** Returns the scanner of a chunked body. */
    public ChunkedScanner chunks() {
        return chunks;
    }

    /** Ends the body: of a chunked one when its scanner is done, of one until close at the end of the connection. */
    public void end() {
        kind = Kind.ENDED;
    }

    /**
     * Returns the number of octets that certainly belong to the body and need not be looked at; {@link Long#MAX_VALUE}
     * for one until close.
     */
    public long blind() {
        return switch (kind) {
            case ENDED -> 0;
            case LENGTH -> left;
            case CHUNKED -> chunks.dataLeft();
            case UNTIL_CLOSE -> Long.MAX_VALUE;
        };
    }

    /**
     * Tells that octets of the body passed unseen.
     *
     * @param count
     *            at most {@link #blind}
     */
    public void passed(long count) {
        if (count == 0) {
            return;
        }
        switch (kind) {
            case LENGTH -> {
                left -= count;
                if (left == 0) {
                    kind = Kind.ENDED;
                }
            }
            case CHUNKED -> chunks.dataPassed(count);
            case ENDED, UNTIL_CLOSE -> {}
        }
    }
}
