package org.relayd.compiler.words;

import static org.relayd.compiler.words.Remark.before;
import static org.relayd.compiler.words.Remark.elsewhere;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.grammar.RelaydLexer;
import org.relayd.ir.term.Dialect;

/**
 * The keywords of relayd.conf(5), as the lexer has them. Each row is all that the compiler knows of a word and the
 * grammar does not say: where it is reserved, what the other dialect says instead, what a string after it is called.
 * Where a word may stand is for the grammar to say, and which value it stands for is said by the value
 * ({@link org.relayd.ir.term.Word}).
 */
public enum Keyword {
    ACCESS(RelaydLexer.ACCESS, "access", Reserved.EXTENSION),
    AGENTX(RelaydLexer.AGENTX, "agentx", Reserved.RECENT, elsewhere("send trap")),
    ALL(RelaydLexer.ALL, "all", Reserved.V5_1, Remark.NONE.ofEveryAge()),
    APPEND(RelaydLexer.APPEND, "append", Reserved.ALWAYS),
    BACKLOG(RelaydLexer.BACKLOG, "backlog", Reserved.ALWAYS),
    BACKUP(RelaydLexer.BACKUP, "backup", Reserved.ALWAYS),
    BINARY(RelaydLexer.BINARY, "binary", Reserved.CURRENT),
    BLOCK(RelaydLexer.BLOCK, "block", Reserved.CURRENT, elsewhere("an action with filter or expect")),
    BUFFER(RelaydLexer.BUFFER, "buffer", Reserved.ALWAYS),
    CA(RelaydLexer.CA, "ca", Reserved.ALWAYS),
    CACHE(RelaydLexer.CACHE, "cache", Reserved.ALWAYS),
    CERT(RelaydLexer.CERT, "cert", Reserved.CURRENT, before("a file name").ofEveryAge()),
    CHANGE(RelaydLexer.CHANGE, "change", Reserved.V5_1, elsewhere("match request header set KEY value VALUE")),
    CHANGES(RelaydLexer.CHANGES, "changes", Reserved.CURRENT, elsewhere("log updates")),
    CHECK(RelaydLexer.CHECK, "check", Reserved.ALWAYS),
    CHECKS(RelaydLexer.CHECKS, "checks", Reserved.CURRENT, elsewhere("log all")),
    CIPHERS(RelaydLexer.CIPHERS, "ciphers", Reserved.ALWAYS),
    CLIENT(RelaydLexer.CLIENT, "client", Reserved.RECENT),
    CODE(RelaydLexer.CODE, "code", Reserved.ALWAYS),
    CONNECTION(RelaydLexer.CONNECTION, "connection", Reserved.CURRENT),
    CONTEXT(RelaydLexer.CONTEXT, "context", Reserved.RECENT),
    COOKIE(RelaydLexer.COOKIE, "cookie", Reserved.ALWAYS),
    CURVE(RelaydLexer.CURVE, "curve", Reserved.FORMER),
    DEMOTE(RelaydLexer.DEMOTE, "demote", Reserved.ALWAYS),
    DESTINATION(RelaydLexer.DESTINATION, "destination", Reserved.ALWAYS),
    DIGEST(RelaydLexer.DIGEST, "digest", Reserved.ALWAYS),
    DISABLE(RelaydLexer.DISABLE, "disable", Reserved.ALWAYS),
    DNS(RelaydLexer.DNS, "dns", Reserved.EXTENSION),
    ECDH(RelaydLexer.ECDH, "ecdh", Reserved.FORMER),
    ECDHE(RelaydLexer.ECDHE, "ecdhe", Reserved.CURRENT),
    EDH(RelaydLexer.EDH, "edh", Reserved.CURRENT, Remark.NONE.ofEveryAge()),
    ERROR(RelaydLexer.ERROR, "error", Reserved.ALWAYS),
    ERRORS(RelaydLexer.ERRORS, "errors", Reserved.CURRENT),
    EXPECT(RelaydLexer.EXPECT, "expect", Reserved.ALWAYS),
    EXTENSIONS(RelaydLexer.EXTENSIONS, "extensions", Reserved.EXTENSION),
    EXTERNAL(RelaydLexer.EXTERNAL, "external", Reserved.ALWAYS),
    FILE(RelaydLexer.FILE, "file", Reserved.ALWAYS, before("a file name")),
    FILTER(RelaydLexer.FILTER, "filter", Reserved.V5_1, elsewhere("block request quick TYPE KEY value VALUE")),
    FORMAT(RelaydLexer.FORMAT, "format", Reserved.EXTENSION),
    FORWARD(RelaydLexer.FORWARD, "forward", Reserved.ALWAYS),
    FROM(RelaydLexer.FROM, "from", Reserved.ALWAYS, before("an address")),
    HASH(RelaydLexer.HASH, "hash", Reserved.ALWAYS),
    HEADER(RelaydLexer.HEADER, "header", Reserved.ALWAYS),
    HEADERLEN(RelaydLexer.HEADERLEN, "headerlen", Reserved.CURRENT),
    HOST(RelaydLexer.HOST, "host", Reserved.ALWAYS, before("a host name")),
    HTTP(RelaydLexer.HTTP, "http", Reserved.CURRENT),
    ICMP(RelaydLexer.ICMP, "icmp", Reserved.ALWAYS),
    INCLUDE(RelaydLexer.INCLUDE, "include", Reserved.ALWAYS, before("a file name")),
    INET(RelaydLexer.INET, "inet", Reserved.ALWAYS),
    INET6(RelaydLexer.INET6, "inet6", Reserved.ALWAYS),
    INTERFACE(RelaydLexer.INTERFACE, "interface", Reserved.ALWAYS, before("an interface")),
    INTERVAL(RelaydLexer.INTERVAL, "interval", Reserved.ALWAYS),
    IP(RelaydLexer.IP, "ip", Reserved.ALWAYS),
    KEY(RelaydLexer.KEY, "key", Reserved.CURRENT, before("a file name").ofEveryAge()),
    KEYPAIR(RelaydLexer.KEYPAIR, "keypair", Reserved.CURRENT),
    LABEL(RelaydLexer.LABEL, "label", Reserved.ALWAYS),
    LEAST_STATES(RelaydLexer.LEAST_STATES, "least-states", Reserved.ALWAYS),
    LISTEN(RelaydLexer.LISTEN, "listen", Reserved.ALWAYS),
    LOADBALANCE(RelaydLexer.LOADBALANCE, "loadbalance", Reserved.ALWAYS),
    LOG(RelaydLexer.LOG, "log", Reserved.ALWAYS),
    LOOKUP(RelaydLexer.LOOKUP, "lookup", Reserved.ALWAYS),
    MARK(RelaydLexer.MARK, "mark", Reserved.V5_1, elsewhere("match request TYPE KEY value VALUE tag \"NUMBER\"")),
    MARKED(RelaydLexer.MARKED, "marked", Reserved.V5_1, elsewhere("tagged \"NUMBER\"")),
    MATCH(RelaydLexer.MATCH, "match", Reserved.ALWAYS),
    METHOD(RelaydLexer.METHOD, "method", Reserved.CURRENT),
    MODE(RelaydLexer.MODE, "mode", Reserved.ALWAYS),
    NAT(RelaydLexer.NAT, "nat", Reserved.ALWAYS),
    NO(RelaydLexer.NO, "no", Reserved.ALWAYS),
    NODELAY(RelaydLexer.NODELAY, "nodelay", Reserved.ALWAYS),
    NOTHING(RelaydLexer.NOTHING, "nothing", Reserved.ALWAYS),
    ON(RelaydLexer.ON, "on", Reserved.ALWAYS, before("an address")),
    PARAMS(RelaydLexer.PARAMS, "params", Reserved.CURRENT, Remark.NONE.ofEveryAge()),
    PARENT(RelaydLexer.PARENT, "parent", Reserved.ALWAYS),
    PASS(RelaydLexer.PASS, "pass", Reserved.CURRENT, elsewhere("an action with expect")),
    PASSWORD(RelaydLexer.PASSWORD, "password", Reserved.CURRENT, Remark.NONE.ofEveryAge()),
    PATH(RelaydLexer.PATH, "path", Reserved.ALWAYS),
    PATTERN(RelaydLexer.PATTERN, "pattern", Reserved.RECENT),
    PFLOG(RelaydLexer.PFLOG, "pflog", Reserved.RECENT),
    PFTAG(RelaydLexer.PFTAG, "pftag", Reserved.CURRENT, elsewhere("tag")),
    PORT(RelaydLexer.PORT, "port", Reserved.ALWAYS, before("a port number or service name")),
    PREFORK(RelaydLexer.PREFORK, "prefork", Reserved.ALWAYS),
    PRIORITY(RelaydLexer.PRIORITY, "priority", Reserved.ALWAYS),
    PROTOCOL(RelaydLexer.PROTOCOL, "protocol", Reserved.ALWAYS, before("a name")),
    PROXY_PROTOCOL(RelaydLexer.PROXY_PROTOCOL, "proxy-protocol", Reserved.RECENT),
    QUERY(RelaydLexer.QUERY, "query", Reserved.ALWAYS),
    QUICK(RelaydLexer.QUICK, "quick", Reserved.CURRENT),
    RANDOM(RelaydLexer.RANDOM, "random", Reserved.ALWAYS),
    REAL(RelaydLexer.REAL, "real", Reserved.ALWAYS),
    REDIRECT(RelaydLexer.REDIRECT, "redirect", Reserved.ALWAYS, before("a name")),
    RELAY(RelaydLexer.RELAY, "relay", Reserved.ALWAYS, before("a name")),
    REMOVE(RelaydLexer.REMOVE, "remove", Reserved.ALWAYS),
    REQUEST(RelaydLexer.REQUEST, "request", Reserved.ALWAYS),
    RESPONSE(RelaydLexer.RESPONSE, "response", Reserved.ALWAYS),
    RETRY(RelaydLexer.RETRY, "retry", Reserved.ALWAYS),
    RETURN(RelaydLexer.RETURN, "return", Reserved.ALWAYS),
    ROUNDROBIN(RelaydLexer.ROUNDROBIN, "roundrobin", Reserved.ALWAYS),
    ROUTE(RelaydLexer.ROUTE, "route", Reserved.ALWAYS, before("an address")),
    ROUTER(RelaydLexer.ROUTER, "router", Reserved.ALWAYS, before("a name")),
    RTABLE(RelaydLexer.RTABLE, "rtable", Reserved.ALWAYS),
    RTLABEL(RelaydLexer.RTLABEL, "rtlabel", Reserved.ALWAYS),
    SACK(RelaydLexer.SACK, "sack", Reserved.ALWAYS),
    SCRIPT(RelaydLexer.SCRIPT, "script", Reserved.ALWAYS, before("a file name")),
    SEND(RelaydLexer.SEND, "send", Reserved.ALWAYS),
    SESSION(RelaydLexer.SESSION, "session", Reserved.ALWAYS),
    SET(RelaydLexer.SET, "set", Reserved.CURRENT, elsewhere("change VALUE to KEY")),
    SNMP(RelaydLexer.SNMP, "snmp", Reserved.CURRENT, Remark.NONE.ofEveryAge()),
    SOCKET(RelaydLexer.SOCKET, "socket", Reserved.ALWAYS),
    SOURCE_HASH(RelaydLexer.SOURCE_HASH, "source-hash", Reserved.ALWAYS),
    SPLICE(RelaydLexer.SPLICE, "splice", Reserved.ALWAYS),
    SSL(RelaydLexer.SSL, "ssl", Reserved.ALWAYS),
    STATE(RelaydLexer.STATE, "state", Reserved.CURRENT, elsewhere("log updates")),
    STICKY_ADDRESS(RelaydLexer.STICKY_ADDRESS, "sticky-address", Reserved.ALWAYS),
    STRIP(RelaydLexer.STRIP, "strip", Reserved.RECENT),
    STYLE(RelaydLexer.STYLE, "style", Reserved.ALWAYS),
    TABLE(RelaydLexer.TABLE, "table", Reserved.ALWAYS),
    TAG(RelaydLexer.TAG, "tag", Reserved.ALWAYS),
    TAGGED(RelaydLexer.TAGGED, "tagged", Reserved.CURRENT, elsewhere("marked NUMBER")),
    TCP(RelaydLexer.TCP, "tcp", Reserved.ALWAYS),
    TICKETS(RelaydLexer.TICKETS, "tickets", Reserved.CURRENT, elsewhere("session cache NUMBER")),
    TIMEOUT(RelaydLexer.TIMEOUT, "timeout", Reserved.ALWAYS),
    TLS(RelaydLexer.TLS, "tls", Reserved.CURRENT, elsewhere("ssl")),
    TO(RelaydLexer.TO, "to", Reserved.ALWAYS, before("an address")),
    TRANSPARENT(RelaydLexer.TRANSPARENT, "transparent", Reserved.ALWAYS),
    TRAP(RelaydLexer.TRAP, "trap", Reserved.ALWAYS),
    TTL(RelaydLexer.TTL, "ttl", Reserved.ALWAYS),
    UPDATES(RelaydLexer.UPDATES, "updates", Reserved.V5_1, Remark.NONE.ofEveryAge()),
    URL(RelaydLexer.URL, "url", Reserved.ALWAYS),
    VALUE(RelaydLexer.VALUE, "value", Reserved.CURRENT),
    VIRTUAL(RelaydLexer.VIRTUAL, "virtual", Reserved.V5_1),
    WEBSOCKETS(RelaydLexer.WEBSOCKETS, "websockets", Reserved.CURRENT),
    WITH(RelaydLexer.WITH, "with", Reserved.ALWAYS);

    // Answers are ready, because every word of a configuration is looked up.
    private static final Map<String, Optional<Keyword>> BY_SPELLING = new HashMap<>();
    private static final List<Optional<Keyword>> BY_TYPE = new ArrayList<>(
            Collections.nCopies(RelaydLexer.WITH + 1, Optional.empty()));

    static {
        for (Keyword keyword : values()) {
            Optional<Keyword> answer = Optional.of(keyword);
            BY_SPELLING.put(keyword.spelling, answer);
            BY_TYPE.set(keyword.type, answer);
        }
    }

    private final int type;
    private final String spelling;
    private final Reserved reserved;
    private final Optional<String> instead;
    private final Optional<String> followedBy;
    private final boolean ofAllAges;

    Keyword(int type, String spelling, Reserved reserved) {
        this(type, spelling, reserved, Remark.NONE);
    }

    Keyword(int type, String spelling, Reserved reserved, Remark remark) {
        this.type = type;
        this.spelling = spelling;
        this.reserved = reserved;
        this.instead = remark.instead();
        this.followedBy = remark.followedBy();
        this.ofAllAges = remark.ofAllAges();
    }

    /** Returns the keyword of a token type; empty if the type is none of a keyword. */
    public static Optional<Keyword> of(int type) {
        return type > 0 && type < BY_TYPE.size() ? BY_TYPE.get(type) : Optional.empty();
    }

    /** Returns the keyword that is spelled like a word without backslashes. */
    public static Optional<Keyword> spelled(String word) {
        return BY_SPELLING.getOrDefault(word, Optional.empty());
    }

    /** Returns whether a token type is that of a keyword, be it of one dialect or of an extension. */
    public static boolean isKeyword(int type) {
        return of(type).isPresent();
    }

    /** Returns whether a word is a keyword of any dialect, and so no name unless quoted. */
    public static boolean isReserved(String word) {
        return spelled(word).filter(keyword -> keyword.reserved.somewhere()).isPresent();
    }

    /** Returns the type of its tokens. */
    public int type() {
        return type;
    }

    /** Returns how it is written. */
    public String spelling() {
        return spelling;
    }

    /** Returns where it is reserved. */
    public Reserved reserved() {
        return reserved;
    }

    /** Returns whether at least one release takes it as a name. */
    public boolean isName() {
        return reserved != Reserved.ALWAYS;
    }

    /** Returns the only dialect that reads it as a keyword; empty if both do. */
    public Optional<Dialect> alone() {
        return ofAllAges ? Optional.empty() : reserved.alone();
    }

    /** Returns what to write in the other dialect; empty if that has nothing like it, or the same word. */
    public Optional<String> instead() {
        return instead;
    }

    /** Returns what a string that follows it is, with its article; empty if there is no better name than string. */
    public Optional<String> followedBy() {
        return followedBy;
    }
}
