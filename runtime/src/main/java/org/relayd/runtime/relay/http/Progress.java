package org.relayd.runtime.relay.http;

/** How far an exchange is: both directions in one state. */
enum Progress {
    /** No request is on its way to a target; the next one may be coming in, or just have been read. */
    BETWEEN,
    /** The request is on its way, its body still comes; there is no answer yet. */
    REQUESTING,
    /** All of the request is on its way; there is no answer yet. */
    WAITING,
    /** The answer goes to the client although the body of the request still comes. */
    CROSSING,
    /** All of the request is on its way, and the answer goes to the client. */
    ANSWERING,
    /** Both sides say what they like. */
    TUNNEL,
    /** The session is over. */
    OVER;

    /** The body of a request is coming. */
    boolean takesBody() {
        return switch (this) {
            case REQUESTING, CROSSING -> true;
            case BETWEEN, WAITING, ANSWERING, TUNNEL, OVER -> false;
        };
    }

    /** All of a request has come, and its answer is not over. */
    boolean hasWholeRequest() {
        return switch (this) {
            case WAITING, ANSWERING -> true;
            case BETWEEN, REQUESTING, CROSSING, TUNNEL, OVER -> false;
        };
    }

    /** The body of an answer is coming. */
    boolean givesBody() {
        return switch (this) {
            case CROSSING, ANSWERING -> true;
            case BETWEEN, REQUESTING, WAITING, TUNNEL, OVER -> false;
        };
    }

    /** The head of an answer has gone to the client, so that no error page can follow. */
    boolean isAnswered() {
        return switch (this) {
            case CROSSING, ANSWERING, TUNNEL -> true;
            case BETWEEN, REQUESTING, WAITING, OVER -> false;
        };
    }

    /** Returns what follows when the last octet of the request has come. */
    Progress requestWhole() {
        return switch (this) {
            case REQUESTING -> WAITING;
            case CROSSING -> ANSWERING;
            case BETWEEN, WAITING, ANSWERING, TUNNEL, OVER -> this;
        };
    }

    /** Returns what follows when the head of the answer has gone to the client. */
    Progress answerBegun() {
        return switch (this) {
            case REQUESTING -> CROSSING;
            case WAITING -> ANSWERING;
            case BETWEEN, CROSSING, ANSWERING, TUNNEL, OVER -> this;
        };
    }
}
