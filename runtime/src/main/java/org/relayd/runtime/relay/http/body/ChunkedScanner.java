package org.relayd.runtime.relay.http.body;

import io.netty.buffer.ByteBuf;
import org.relayd.runtime.relay.http.head.MessageLimit;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * Follows a chunked body (RFC 9112 7.1) through any cut of the stream and tells what may be passed on. Chunk extensions
 * are not passed on; trailer fields are told apart, line by line, so that a filter can decide about each.
 *
 * <p>
 * Strict: line ends are CR LF, sizes are below 2^63, an extension may not hide a line end in a quoted text. What some
 * senders write around a size, blanks after it and zeros in front of it, is not passed on; one zero may stay. Not
 * thread safe; one scanner serves one body after the other.
 */
public final class ChunkedScanner {
    /** What is to become of a stretch of octets. */
    public enum Stretch {
        /** Pass it on. */
        KEEP,
        /** Leave it out. */
        DROP,
        /**
         * Part of a trailer field's line: keep it until the line is whole, which ends in LF, and decide by its name.
         */
        FIELD,
        /** Close: a size is no number, or something is out of form. */
        INVALID,
        /** Close: a line grows without end. */
        TOO_LONG
    }

    private enum State {
        SIZE, ZEROS, BLANK, EXTENSION, QUOTED, ESCAPED, SIZE_END, DATA, DATA_CR, DATA_LF, TRAILER, NAME, VALUE,
        TRAILER_END,
        LAST_LF, DONE, INVALID, TOO_LONG
    }

    /** Hexadecimal digits of a size, zeros in front of it included. */
    private static final int MOST_DIGITS = 32;
    /** A size from here on has no room for another digit below 2^63. */
    private static final long FULL = 1L << 59;
    /** Octets in the line of a size with its extensions. */
    private static final int LONGEST_SIZE_LINE = 4096;
    /** Octets in all trailer lines together. */
    private static final int LONGEST_TRAILERS = 8192;

    private State state = State.SIZE;
    private long left;
    private int digits;
    private int line;
    private int next;
    private String passedLimit = "";

    /** Starts a new body. */
    public void reset() {
        state = State.SIZE;
        left = 0;
        digits = 0;
        line = 0;
    }

    /** Returns whether the body has ended; what stands after {@link #next} belongs to the next message. */
    public boolean isDone() {
        return state == State.DONE;
    }

    /** Returns name and value of the limit that was passed, once something was too long. */
    public String passedLimit() {
        return passedLimit;
    }

    /** Returns the index of the first octet that the last {@link #scan} did not take. */
    public int next() {
        return next;
    }

    /** Returns the number of octets of data still to come in the present chunk; 0 outside of data. */
    public long dataLeft() {
        return state == State.DATA ? left : 0;
    }

    /**
     * Tells that octets of the present chunk's data went another way.
     *
     * @param count
     *            at most {@link #dataLeft}
     */
    public void dataPassed(long count) {
        left -= count;
        if (left == 0) {
            state = State.DATA_CR;
        }
    }

    /**
     * Takes the longest stretch that is treated alike; {@link #next} tells where it ends.
     *
     * @param from
     *            index of the first octet
     * @param to
     *            index after the last one, greater than {@code from}
     */
    public Stretch scan(ByteBuf octets, int from, int to) {
        Stretch kind = Stretch.KEEP;
        int at = from;
        boolean whole = false;
        while (at < to && state != State.DONE && !whole) {
            if (state == State.DATA) {
                if (kind != Stretch.KEEP) {
                    break;
                }
                int count = (int) Math.min(left, to - at);
                at += count;
                dataPassed(count);
                continue;
            }
            State before = state;
            long leftBefore = left;
            int digitsBefore = digits;
            step(octets.getByte(at));
            if (state == State.INVALID || state == State.TOO_LONG) {
                next = at;
                return state == State.INVALID ? Stretch.INVALID : Stretch.TOO_LONG;
            }
            if (at == from) {
                kind = kind(before, state);
            } else if (kind(before, state) != kind) {
                // The octet begins the next stretch.
                state = before;
                left = leftBefore;
                digits = digitsBefore;
                break;
            }
            whole = before == State.TRAILER_END;
            at++;
        }
        next = at;
        return kind;
    }

    /** Returns what becomes of the octet that led from one state to another. */
    private static Stretch kind(State before, State after) {
        return switch (after) {
            case ZEROS, BLANK, EXTENSION, QUOTED, ESCAPED -> Stretch.DROP;
            case NAME, VALUE, TRAILER_END -> Stretch.FIELD;
            case TRAILER -> before == State.TRAILER_END ? Stretch.FIELD : Stretch.KEEP;
            case SIZE, SIZE_END, DATA, DATA_CR, DATA_LF, LAST_LF, DONE, INVALID, TOO_LONG -> Stretch.KEEP;
        };
    }

    private void step(byte octet) {
        switch (state) {
            case SIZE, ZEROS -> size(octet);
            case BLANK, EXTENSION, QUOTED, ESCAPED -> extension(octet);
            case SIZE_END -> to(octet == '\n', left == 0 ? State.TRAILER : State.DATA);
            case DATA_CR -> to(octet == '\r', State.DATA_LF);
            case DATA_LF -> {
                reset();
                to(octet == '\n', State.SIZE);
            }
            case TRAILER, NAME, VALUE, TRAILER_END, LAST_LF -> trailer(octet);
            case DATA, DONE, INVALID, TOO_LONG -> throw new IllegalStateException(state.name());
        }
    }

    private void to(boolean expected, State after) {
        state = expected ? after : State.INVALID;
    }

    private void size(byte octet) {
        int digit = Character.digit(octet, 16);
        if (digit >= 0 && octet > 0) {
            digit(digit);
        } else if (digits == 0) {
            state = State.INVALID;
        } else if (octet == '\r') {
            line = 0;
            state = State.SIZE_END;
        } else if (octet == ';') {
            state = State.EXTENSION;
        } else {
            to(Octets.isBlank(octet), State.BLANK);
        }
    }

    private void digit(int digit) {
        if (++digits > MOST_DIGITS) {
            state = tooLong(MessageLimit.CHUNK_DIGITS, MOST_DIGITS);
        } else if (left >= FULL) {
            state = tooLong(MessageLimit.CHUNK_SIZE, Long.MAX_VALUE);
        } else {
            left = left << 4 | digit;
            state = left == 0 && digits > 1 ? State.ZEROS : State.SIZE;
        }
    }

    private void extension(byte octet) {
        if (++line > LONGEST_SIZE_LINE) {
            state = tooLong(MessageLimit.CHUNK_LINE, LONGEST_SIZE_LINE);
        } else if (octet == '\r' && (state == State.EXTENSION || state == State.BLANK)) {
            line = 0;
            state = State.SIZE_END;
        } else if (!isText(octet)) {
            state = State.INVALID;
        } else {
            state = switch (state) {
                case BLANK -> octet == ';' ? State.EXTENSION : Octets.isBlank(octet) ? State.BLANK : State.INVALID;
                case EXTENSION -> octet == '"' ? State.QUOTED : State.EXTENSION;
                case QUOTED -> octet == '"' ? State.EXTENSION : octet == '\\' ? State.ESCAPED : State.QUOTED;
                case ESCAPED -> State.QUOTED;
                case SIZE, ZEROS, SIZE_END, DATA, DATA_CR, DATA_LF, TRAILER, NAME, VALUE, TRAILER_END, LAST_LF, DONE, INVALID, TOO_LONG
                        -> State.INVALID;
            };
        }
    }

    private void trailer(byte octet) {
        if (++line > LONGEST_TRAILERS) {
            state = tooLong(MessageLimit.TRAILERS, LONGEST_TRAILERS);
            return;
        }
        boolean name = Octets.token(octet) != 0;
        switch (state) {
            case TRAILER -> to(octet == '\r' || name, octet == '\r' ? State.LAST_LF : State.NAME);
            case NAME -> to(octet == ':' || name, octet == ':' ? State.VALUE : State.NAME);
            case VALUE -> to(octet == '\r' || isText(octet), octet == '\r' ? State.TRAILER_END : State.VALUE);
            case TRAILER_END -> to(octet == '\n', State.TRAILER);
            case LAST_LF -> to(octet == '\n', State.DONE);
            case SIZE, ZEROS, BLANK, EXTENSION, QUOTED, ESCAPED, SIZE_END, DATA, DATA_CR, DATA_LF, DONE, INVALID, TOO_LONG
                    -> state = State.INVALID;
        }
    }

    private State tooLong(MessageLimit limit, long most) {
        passedLimit = limit.passed(most);
        return State.TOO_LONG;
    }

    private static boolean isText(byte octet) {
        return octet < 0 || octet == '\t' || (octet >= ' ' && octet != 0x7f);
    }
}
