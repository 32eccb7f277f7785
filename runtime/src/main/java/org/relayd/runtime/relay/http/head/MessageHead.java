package org.relayd.runtime.relay.http.head;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * One head of an HTTP/1.x message: its octets, the ranges of the start line, its fields and what they say
 * about framing (RFC 9112 6.3).
 *
 * <p>
 * An event loop owns one for requests and one for responses and reads every head into them, so nothing of a head may be
 * kept longer than the event that brought it. Names and values that rules add are stored after the received octets.
 */
public final class MessageHead {
    private static final int FIRST_SIZE = 16 * 1024;

    final FieldTable fields = new FieldTable();
    /** The options of Connection that name fields. */
    final FieldTable options = new FieldTable();
    byte[] octets = new byte[0];
    /** Octets loaded. */
    int loaded;
    /** Octets of the head, its last empty line included, once it is complete. */
    int length;
    /** Where the next added octets go. */
    private int free;

    int startEnd;
    /** Octets of the end of each line: 2 for CR LF, 1 for a bare LF. The first line decides. */
    int lineEnd;
    /** Where reading goes on if the head is not whole; 0 if the start line is not. */
    int nextLine;
    /** Octets of line ends before that. */
    int lineEnds;
    /** Lines after the first, and options of Connection, that are allowed. */
    int mostLines;
    RequestMethod method = RequestMethod.GET;
    int methodLength;
    int pathAt;
    int pathLength;
    int queryAt;
    int queryLength;
    boolean hasQuery;
    /** What stands in front of the path of an absolute target: scheme and authority. */
    int prefixAt;
    int prefixLength;
    int authorityAt;
    int authorityLength;
    int minor;
    int status;

    int host;
    long contentLength;
    boolean hasLength;
    boolean chunked;
    boolean close;
    boolean keepAlive;
    boolean connectionUpgrade;
    boolean upgrade;
    boolean websocket;
    /** Whether there may be a Connection field. */
    boolean connection;
    /** Whether there is another field that ends at this hop by its name. */
    boolean perHop;
    boolean te;
    boolean takesTrailers;
    boolean underscore;
    /** Set by a Transfer-Encoding other than one field with the value {@code chunked}. */
    boolean badCoding;
    HeadVerdict lengthVerdict = HeadVerdict.COMPLETE;

    /**
     * Copies octets in; ranges of an earlier head become invalid.
     *
     * @param source
     *            read from its reader index, which does not move
     */
    public void load(ByteBuf source, int count) {
        if (octets.length < count + 1) {
            octets = new byte[Math.max(FIRST_SIZE, Math.max(count + 1, octets.length * 2))];
        }
        source.getBytes(source.readerIndex(), octets, 0, count);
        loaded = count;
        reset();
    }

    /**
     * Copies octets in after those that are loaded; what is known of these stays.
     *
     * @param source
     *            begins with the octets that are loaded; read from its reader index, which does not move
     * @param count
     *            octets loaded then
     */
    public void more(ByteBuf source, int count) {
        if (free > loaded) {
            // Something is stored where they have to go.
            load(source, count);
            return;
        }
        if (octets.length < count + 1) {
            octets = Arrays.copyOf(octets, Math.max(count + 1, octets.length * 2));
        }
        source.getBytes(source.readerIndex() + loaded, octets, loaded, count - loaded);
        loaded = count;
        free = count;
    }

    private void reset() {
        fields.clear();
        options.clear();
        nextLine = 0;
        length = 0;
        free = loaded;
        hasQuery = false;
        queryLength = 0;
        pathLength = 0;
        prefixLength = 0;
        authorityLength = 0;
        host = -1;
        hasLength = false;
        contentLength = 0;
        chunked = false;
        close = false;
        keepAlive = false;
        connectionUpgrade = false;
        upgrade = false;
        websocket = false;
        connection = false;
        perHop = false;
        te = false;
        takesTrailers = false;
        underscore = false;
        badCoding = false;
        lengthVerdict = HeadVerdict.COMPLETE;
    }

    /** Returns the octets that all ranges refer to; another array after {@link #store}, hence ask again. */
    public byte[] octets() {
        return octets;
    }

    /** Returns the number of octets of the received head, its last empty line included. */
    public int length() {
        return length;
    }

    /** Returns the fields. */
    public FieldTable fields() {
        return fields;
    }

    /** Returns the method of a request. */
    public RequestMethod method() {
        return method;
    }

    /** Returns the method as the client wrote it. */
    public String methodText() {
        return method == RequestMethod.OTHER ? Octets.text(octets, 0, methodLength) : method.text();
    }

    /**
     * Returns the index of the path: the request target without query and, if it is absolute,
     * without scheme and authority.
     */
    public int pathAt() {
        return pathAt;
    }

    /** Returns the number of octets in the path. */
    public int pathLength() {
        return pathLength;
    }

    /** Returns the index of the query, after the question mark. */
    public int queryAt() {
        return queryAt;
    }

    /** Returns the number of octets in the query; 0 without query. */
    public int queryLength() {
        return queryLength;
    }

    /** Returns what stands in front of the path of an absolute target; empty for other targets. */
    public String prefix() {
        return Octets.text(octets, prefixAt, prefixLength);
    }

    /** Replaces the path. */
    public void path(byte[] path) {
        pathAt = store(path);
        pathLength = path.length;
    }

    /** Returns the minor version of HTTP/1: 0, or 1 for all later ones. */
    public int minorVersion() {
        return minor;
    }

    /**
     * Returns whether a request goes on as one of HTTP/1.0: if it came as such and names no host, which HTTP/1.1
     * demands (RFC 9112 3.2). All others go on in the version that relayd speaks, HTTP/1.1.
     */
    public boolean isPassedOnAsOld() {
        return minor == 0 && fields.find(octets, FieldName.HOST, 0) < 0;
    }

    /** Status code of a response, 100 to 599. */
    public int status() {
        return status;
    }

    /** Returns the number of octets in the first line, which are the first of the head, without its end. */
    public int lineLength() {
        return startEnd;
    }

    /** Returns the number of the Host field; -1 without one. */
    public int hostField() {
        return host;
    }

    /** Returns whether there is a Content-Length. */
    public boolean hasContentLength() {
        return hasLength;
    }

    /** Returns the Content-Length in octets; 0 without one. */
    public long contentLength() {
        return contentLength;
    }

    /** Returns whether the body is chunked (RFC 9112 7.1). */
    public boolean isChunked() {
        return chunked;
    }

    /** Returns whether the sender keeps its connection open after this message (RFC 9112 9.3). */
    public boolean isPersistent() {
        return !close && (minor > 0 || keepAlive);
    }

    /** Returns whether {@code Connection} has {@code upgrade}. */
    public boolean hasConnectionUpgrade() {
        return connectionUpgrade;
    }

    /** Returns whether there is an Upgrade field. */
    public boolean hasUpgrade() {
        return upgrade;
    }

    /** Returns whether Upgrade names {@code websocket}, which it cannot in HTTP/1.0 requests. */
    public boolean isWebsocket() {
        return websocket;
    }

    /** Returns whether there is a TE field. */
    public boolean hasTe() {
        return te;
    }

    /** Returns whether a field name contains an underscore. */
    public boolean hasUnderscoreName() {
        return underscore;
    }

    /** Returns the value of a field as text. */
    public String value(int field) {
        return Octets.text(octets, fields.valueAt(field), fields.valueLength(field));
    }

    /** Adds a field after the others. */
    public void add(FieldName name, byte[] value) {
        int nameAt = store(name.octets());
        int valueAt = store(value);
        fields.add(name.key(), nameAt, name.length(), valueAt, value.length);
        connection |= name.key() == FieldName.CONNECTION.key();
    }

    /** Gives a field another value. */
    public void replace(int field, byte[] value) {
        int at = store(value);
        fields.value(field, at, value.length);
    }

    /**
     * Has the fields that tell the length say what they said when they came: rules cannot change where a
     * body ends (RFC 9112 6.3).
     */
    public void restoreLength() {
        restore(FieldName.TRANSFER_ENCODING, chunked, Framing.CHUNKED);
        restore(FieldName.CONTENT_LENGTH, hasLength, Octets.of(Long.toString(contentLength)));
    }

    private void restore(FieldName name, boolean came, byte[] value) {
        int field = fields.find(octets, name, 0);
        boolean intact = came ? field >= 0 && fields.valueAt(field) < length && fields.find(octets, name, field + 1) < 0
                : field < 0;
        if (!intact) {
            for (; field >= 0; field = fields.find(octets, name, field + 1)) {
                fields.remove(field);
            }
            if (came) {
                add(name, value);
            }
        }
    }

    /** Keeps octets with the head and tells where. */
    int store(byte[] added) {
        int at = free;
        if (at + added.length > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, at + added.length));
        }
        System.arraycopy(added, 0, octets, at, added.length);
        free = at + added.length;
        return at;
    }
}
