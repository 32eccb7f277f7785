package org.relayd.ir.term;

/**
 * How one health check ended. A closed list whose texts are part of the product: relayctl(8), DIAGNOSTICS, explains
 * them, log lines carry them. The numbers are those that SNMP exports.
 */
public enum CheckResult {
    /** No check has ended yet. */
    NONE("none", 0, HostState.UNKNOWN),
    /** The check could not be made at all, for a reason on this machine. */
    ABORTED("aborted", 1, HostState.UNKNOWN),
    /** The check had not ended when the next one was due. */
    INTERVAL_TIMEOUT("interval timeout", 2, HostState.UNKNOWN),
    /** The echo request was answered. */
    ICMP_OK("icmp ok", 3, HostState.UP),
    /** No answer to the echo request in time. */
    ICMP_READ_TIMEOUT("icmp read timeout", 4, HostState.DOWN),
    /** The echo request could not be sent. */
    ICMP_WRITE_TIMEOUT("icmp write timeout", 5, HostState.DOWN),
    /** No socket could be made. */
    TCP_SOCKET_ERROR("tcp socket error", 6, HostState.UNKNOWN),
    /** Too many open files. */
    TCP_SOCKET_LIMIT("tcp socket limit", 7, HostState.UNKNOWN),
    /** A socket option, such as the time to live, was refused. */
    TCP_SOCKET_OPTION("tcp socket option", 8, HostState.UNKNOWN),
    /** The host refused the connection, or it cannot be reached. */
    TCP_CONNECT_FAILED("tcp connect failed", 9, HostState.DOWN),
    /** The connection did not open in time. */
    TCP_CONNECT_TIMEOUT("tcp connect timeout", 10, HostState.DOWN),
    /** The connection opened. */
    TCP_CONNECT_OK("tcp connect ok", 11, HostState.UP),
    /** The request could not be sent in time. */
    TCP_WRITE_TIMEOUT("tcp write timeout", 12, HostState.DOWN),
    /** The request could not be sent. */
    TCP_WRITE_FAILED("tcp write failed", 13, HostState.DOWN),
    /** Nothing useful was received in time. */
    TCP_READ_TIMEOUT("tcp read timeout", 14, HostState.DOWN),
    /** The connection broke while the answer was awaited. */
    TCP_READ_FAILED("tcp read failed", 15, HostState.DOWN),
    /** The program exited with a status above 0. */
    SCRIPT_OK("script ok", 16, HostState.UP),
    /** The program exited with status 0, was killed or took too long. */
    SCRIPT_FAILED("script failed", 17, HostState.DOWN),
    /** The TLS handshake could not be started. */
    TLS_CONNECT_ERROR("tls connect error", 18, HostState.UNKNOWN),
    /** The TLS handshake failed. */
    TLS_CONNECT_FAILED("tls connect failed", 19, HostState.DOWN),
    /** The TLS handshake completed. */
    TLS_CONNECT_OK("tls connect ok", 20, HostState.UP),
    /** The TLS handshake did not complete in time. */
    TLS_CONNECT_TIMEOUT("tls connect timeout", 21, HostState.DOWN),
    /** Nothing useful was received over TLS in time. */
    TLS_READ_TIMEOUT("tls read timeout", 22, HostState.DOWN),
    /** The request could not be sent over TLS in time. */
    TLS_WRITE_TIMEOUT("tls write timeout", 23, HostState.DOWN),
    /** The TLS connection broke while the answer was awaited. */
    TLS_READ_ERROR("tls read error", 24, HostState.DOWN),
    /** The request could not be sent over TLS. */
    TLS_WRITE_ERROR("tls write error", 25, HostState.DOWN),
    /** What the host sent is not what was expected. */
    SEND_EXPECT_FAILED("send/expect failed", 26, HostState.DOWN),
    /** The host sent what was expected. */
    SEND_EXPECT_OK("send/expect ok", 27, HostState.UP),
    /** The answer is not HTTP. */
    HTTP_CODE_MALFORMED("http code malformed", 28, HostState.DOWN),
    /** The answer has another status code. */
    HTTP_CODE_MISMATCH("http code mismatch", 29, HostState.DOWN),
    /** The answer has the wanted status code. */
    HTTP_CODE_OK("http code ok", 30, HostState.UP),
    /** The answer has no body. */
    HTTP_DIGEST_MALFORMED("http digest malformed", 31, HostState.DOWN),
    /** The body has another hash. */
    HTTP_DIGEST_MISMATCH("http digest mismatch", 32, HostState.DOWN),
    /** The body has the wanted hash. */
    HTTP_DIGEST_OK("http digest ok", 33, HostState.UP),
    /** The name server knows the wanted address. */
    DNS_OK("dns ok", 34, HostState.UP),
    /** The answer has other addresses, or none. */
    DNS_MISMATCH("dns mismatch", 35, HostState.DOWN),
    /** The answer breaks off or is out of form. */
    DNS_MALFORMED("dns malformed", 36, HostState.DOWN),
    /** The answer lacks the address, and the server says that it left something out. */
    DNS_TRUNCATED("dns truncated", 37, HostState.DOWN),
    /** The answer has a response code other than no error. */
    DNS_ERROR("dns error", 38, HostState.DOWN),
    /** No answer to the query in time. */
    DNS_READ_TIMEOUT("dns read timeout", 39, HostState.DOWN),
    /** The host says that nobody listens there, or it cannot be reached. */
    DNS_READ_FAILED("dns read failed", 40, HostState.DOWN),
    /** The query could not be sent. */
    DNS_WRITE_FAILED("dns write failed", 41, HostState.DOWN);

    private final String text;
    private final int number;
    private final HostState verdict;

    CheckResult(String text, int number, HostState verdict) {
        this.text = text;
        this.number = number;
        this.verdict = verdict;
    }

    /** Returns the text of log lines and relayctl(8) in the current dialect. */
    public String text() {
        return text;
    }

    /** Returns the text in the words of a dialect: 5.1 says {@code ssl} for {@code tls}. */
    public String text(Dialect dialect) {
        return dialect == Dialect.V5_1 && text.startsWith("tls ") ? "ssl " + text.substring(4) : text;
    }

    /** Returns the number that SNMP exports. */
    public int number() {
        return number;
    }

    /** Returns what the result says about the host; unknown if it says more about this machine than about the host. */
    public HostState verdict() {
        return verdict;
    }
}
