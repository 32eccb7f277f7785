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
public final class Keyword {
    // Answers are ready, because every word of a configuration is looked up.
    private static final Map<String, Optional<Keyword>> BY_SPELLING = HashMap.newHashMap(RelaydLexer.WITH);
    private static final List<Optional<Keyword>> BY_TYPE = new ArrayList<>(
            Collections.nCopies(RelaydLexer.WITH + 1, Optional.empty()));

    // No enum: linking the field of each constant took "relayd -n" five times as long as filling the tables.
    static {
        row(RelaydLexer.ACCESS, "access", Reserved.EXTENSION);
        row(RelaydLexer.AGENTX, "agentx", Reserved.RECENT, elsewhere("send trap"));
        row(RelaydLexer.ALL, "all", Reserved.V5_1, Remark.NONE.ofEveryAge());
        row(RelaydLexer.APPEND, "append", Reserved.ALWAYS);
        row(RelaydLexer.BACKLOG, "backlog", Reserved.ALWAYS);
        row(RelaydLexer.BACKUP, "backup", Reserved.ALWAYS);
        row(RelaydLexer.BINARY, "binary", Reserved.CURRENT);
        row(RelaydLexer.BLOCK, "block", Reserved.CURRENT, elsewhere("an action with filter or expect"));
        row(RelaydLexer.BUFFER, "buffer", Reserved.ALWAYS);
        row(RelaydLexer.CA, "ca", Reserved.ALWAYS);
        row(RelaydLexer.CACHE, "cache", Reserved.ALWAYS);
        row(RelaydLexer.CERT, "cert", Reserved.CURRENT, before("a file name").ofEveryAge());
        row(RelaydLexer.CHANGE, "change", Reserved.V5_1, elsewhere("match request header set KEY value VALUE"));
        row(RelaydLexer.CHANGES, "changes", Reserved.CURRENT, elsewhere("log updates"));
        row(RelaydLexer.CHECK, "check", Reserved.ALWAYS);
        row(RelaydLexer.CHECKS, "checks", Reserved.CURRENT, elsewhere("log all"));
        row(RelaydLexer.CIPHERS, "ciphers", Reserved.ALWAYS);
        row(RelaydLexer.CLIENT, "client", Reserved.RECENT);
        row(RelaydLexer.CODE, "code", Reserved.ALWAYS);
        row(RelaydLexer.CONNECTION, "connection", Reserved.CURRENT);
        row(RelaydLexer.CONTEXT, "context", Reserved.RECENT);
        row(RelaydLexer.COOKIE, "cookie", Reserved.ALWAYS);
        row(RelaydLexer.CURVE, "curve", Reserved.FORMER);
        row(RelaydLexer.DEMOTE, "demote", Reserved.ALWAYS);
        row(RelaydLexer.DESTINATION, "destination", Reserved.ALWAYS);
        row(RelaydLexer.DIGEST, "digest", Reserved.ALWAYS);
        row(RelaydLexer.DISABLE, "disable", Reserved.ALWAYS);
        row(RelaydLexer.DNS, "dns", Reserved.EXTENSION);
        row(RelaydLexer.ECDH, "ecdh", Reserved.FORMER);
        row(RelaydLexer.ECDHE, "ecdhe", Reserved.CURRENT);
        row(RelaydLexer.EDH, "edh", Reserved.CURRENT, Remark.NONE.ofEveryAge());
        row(RelaydLexer.ERROR, "error", Reserved.ALWAYS);
        row(RelaydLexer.ERRORS, "errors", Reserved.CURRENT);
        row(RelaydLexer.EXPECT, "expect", Reserved.ALWAYS);
        row(RelaydLexer.EXTENSIONS, "extensions", Reserved.EXTENSION);
        row(RelaydLexer.EXTERNAL, "external", Reserved.ALWAYS);
        row(RelaydLexer.FILE, "file", Reserved.ALWAYS, before("a file name"));
        row(RelaydLexer.FILTER, "filter", Reserved.V5_1, elsewhere("block request quick TYPE KEY value VALUE"));
        row(RelaydLexer.FORMAT, "format", Reserved.EXTENSION);
        row(RelaydLexer.FORWARD, "forward", Reserved.ALWAYS);
        row(RelaydLexer.FROM, "from", Reserved.ALWAYS, before("an address"));
        row(RelaydLexer.HASH, "hash", Reserved.ALWAYS);
        row(RelaydLexer.HEADER, "header", Reserved.ALWAYS);
        row(RelaydLexer.HEADERLEN, "headerlen", Reserved.CURRENT);
        row(RelaydLexer.HOST, "host", Reserved.ALWAYS, before("a host name"));
        row(RelaydLexer.HTTP, "http", Reserved.CURRENT);
        row(RelaydLexer.ICMP, "icmp", Reserved.ALWAYS);
        row(RelaydLexer.INCLUDE, "include", Reserved.ALWAYS, before("a file name"));
        row(RelaydLexer.INET, "inet", Reserved.ALWAYS);
        row(RelaydLexer.INET6, "inet6", Reserved.ALWAYS);
        row(RelaydLexer.INTERFACE, "interface", Reserved.ALWAYS, before("an interface"));
        row(RelaydLexer.INTERVAL, "interval", Reserved.ALWAYS);
        row(RelaydLexer.IP, "ip", Reserved.ALWAYS);
        row(RelaydLexer.KEY, "key", Reserved.CURRENT, before("a file name").ofEveryAge());
        row(RelaydLexer.KEYPAIR, "keypair", Reserved.CURRENT);
        row(RelaydLexer.LABEL, "label", Reserved.ALWAYS);
        row(RelaydLexer.LEAST_STATES, "least-states", Reserved.ALWAYS);
        row(RelaydLexer.LISTEN, "listen", Reserved.ALWAYS);
        row(RelaydLexer.LOADBALANCE, "loadbalance", Reserved.ALWAYS);
        row(RelaydLexer.LOG, "log", Reserved.ALWAYS);
        row(RelaydLexer.LOOKUP, "lookup", Reserved.ALWAYS);
        row(RelaydLexer.MARK, "mark", Reserved.V5_1, elsewhere("match request TYPE KEY value VALUE tag \"NUMBER\""));
        row(RelaydLexer.MARKED, "marked", Reserved.V5_1, elsewhere("tagged \"NUMBER\""));
        row(RelaydLexer.MATCH, "match", Reserved.ALWAYS);
        row(RelaydLexer.METHOD, "method", Reserved.CURRENT);
        row(RelaydLexer.MODE, "mode", Reserved.ALWAYS);
        row(RelaydLexer.NAT, "nat", Reserved.ALWAYS);
        row(RelaydLexer.NO, "no", Reserved.ALWAYS);
        row(RelaydLexer.NODELAY, "nodelay", Reserved.ALWAYS);
        row(RelaydLexer.NOTHING, "nothing", Reserved.ALWAYS);
        row(RelaydLexer.ON, "on", Reserved.ALWAYS, before("an address"));
        row(RelaydLexer.PARAMS, "params", Reserved.CURRENT, Remark.NONE.ofEveryAge());
        row(RelaydLexer.PARENT, "parent", Reserved.ALWAYS);
        row(RelaydLexer.PASS, "pass", Reserved.CURRENT, elsewhere("an action with expect"));
        row(RelaydLexer.PASSWORD, "password", Reserved.CURRENT, Remark.NONE.ofEveryAge());
        row(RelaydLexer.PATH, "path", Reserved.ALWAYS);
        row(RelaydLexer.PATTERN, "pattern", Reserved.RECENT);
        row(RelaydLexer.PFLOG, "pflog", Reserved.RECENT);
        row(RelaydLexer.PFTAG, "pftag", Reserved.CURRENT, elsewhere("tag"));
        row(RelaydLexer.PORT, "port", Reserved.ALWAYS, before("a port number or service name"));
        row(RelaydLexer.PREFORK, "prefork", Reserved.ALWAYS);
        row(RelaydLexer.PRIORITY, "priority", Reserved.ALWAYS);
        row(RelaydLexer.PROTOCOL, "protocol", Reserved.ALWAYS, before("a name"));
        row(RelaydLexer.PROXY_PROTOCOL, "proxy-protocol", Reserved.RECENT);
        row(RelaydLexer.QUERY, "query", Reserved.ALWAYS);
        row(RelaydLexer.QUICK, "quick", Reserved.CURRENT);
        row(RelaydLexer.RANDOM, "random", Reserved.ALWAYS);
        row(RelaydLexer.REAL, "real", Reserved.ALWAYS);
        row(RelaydLexer.REDIRECT, "redirect", Reserved.ALWAYS, before("a name"));
        row(RelaydLexer.RELAY, "relay", Reserved.ALWAYS, before("a name"));
        row(RelaydLexer.REMOVE, "remove", Reserved.ALWAYS);
        row(RelaydLexer.REQUEST, "request", Reserved.ALWAYS);
        row(RelaydLexer.RESPONSE, "response", Reserved.ALWAYS);
        row(RelaydLexer.RETRY, "retry", Reserved.ALWAYS);
        row(RelaydLexer.RETURN, "return", Reserved.ALWAYS);
        row(RelaydLexer.ROUNDROBIN, "roundrobin", Reserved.ALWAYS);
        row(RelaydLexer.ROUTE, "route", Reserved.ALWAYS, before("an address"));
        row(RelaydLexer.ROUTER, "router", Reserved.ALWAYS, before("a name"));
        row(RelaydLexer.RTABLE, "rtable", Reserved.ALWAYS);
        row(RelaydLexer.RTLABEL, "rtlabel", Reserved.ALWAYS);
        row(RelaydLexer.SACK, "sack", Reserved.ALWAYS);
        row(RelaydLexer.SCRIPT, "script", Reserved.ALWAYS, before("a file name"));
        row(RelaydLexer.SEND, "send", Reserved.ALWAYS);
        row(RelaydLexer.SESSION, "session", Reserved.ALWAYS);
        row(RelaydLexer.SET, "set", Reserved.CURRENT, elsewhere("change VALUE to KEY"));
        row(RelaydLexer.SNMP, "snmp", Reserved.CURRENT, Remark.NONE.ofEveryAge());
        row(RelaydLexer.SOCKET, "socket", Reserved.ALWAYS);
        row(RelaydLexer.SOURCE_HASH, "source-hash", Reserved.ALWAYS);
        row(RelaydLexer.SPLICE, "splice", Reserved.ALWAYS);
        row(RelaydLexer.SSL, "ssl", Reserved.ALWAYS);
        row(RelaydLexer.STATE, "state", Reserved.CURRENT, elsewhere("log updates"));
        row(RelaydLexer.STICKY_ADDRESS, "sticky-address", Reserved.ALWAYS);
        row(RelaydLexer.STRIP, "strip", Reserved.RECENT);
        row(RelaydLexer.STYLE, "style", Reserved.ALWAYS);
        row(RelaydLexer.TABLE, "table", Reserved.ALWAYS);
        row(RelaydLexer.TAG, "tag", Reserved.ALWAYS);
        row(RelaydLexer.TAGGED, "tagged", Reserved.CURRENT, elsewhere("marked NUMBER"));
        row(RelaydLexer.TCP, "tcp", Reserved.ALWAYS);
        row(RelaydLexer.TICKETS, "tickets", Reserved.CURRENT, elsewhere("session cache NUMBER"));
        row(RelaydLexer.TIMEOUT, "timeout", Reserved.ALWAYS);
        row(RelaydLexer.TLS, "tls", Reserved.CURRENT, elsewhere("ssl"));
        row(RelaydLexer.TO, "to", Reserved.ALWAYS, before("an address"));
        row(RelaydLexer.TRANSPARENT, "transparent", Reserved.ALWAYS);
        row(RelaydLexer.TRAP, "trap", Reserved.ALWAYS);
        row(RelaydLexer.TTL, "ttl", Reserved.ALWAYS);
        row(RelaydLexer.UPDATES, "updates", Reserved.V5_1, Remark.NONE.ofEveryAge());
        row(RelaydLexer.URL, "url", Reserved.ALWAYS);
        row(RelaydLexer.VALUE, "value", Reserved.CURRENT);
        row(RelaydLexer.VIRTUAL, "virtual", Reserved.V5_1);
        row(RelaydLexer.WEBSOCKETS, "websockets", Reserved.CURRENT);
        row(RelaydLexer.WITH, "with", Reserved.ALWAYS);
    }

    private final int type;
    private final String spelling;
    private final Reserved reserved;
    private final Remark remark;

    private Keyword(int type, String spelling, Reserved reserved, Remark remark) {
        this.type = type;
        this.spelling = spelling;
        this.reserved = reserved;
        this.remark = remark;
    }

    private static void row(int type, String spelling, Reserved reserved) {
        row(type, spelling, reserved, Remark.NONE);
    }

    private static void row(int type, String spelling, Reserved reserved, Remark remark) {
        Optional<Keyword> keyword = Optional.of(new Keyword(type, spelling, reserved, remark));
        BY_SPELLING.put(spelling, keyword);
        BY_TYPE.set(type, keyword);
    }

    /** Returns all keywords, in alphabetical order. */
    public static List<Keyword> all() {
        return BY_TYPE.stream().flatMap(Optional::stream).toList();
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
        return remark.ofAllAges() ? Optional.empty() : reserved.alone();
    }

    /** Returns what to write in the other dialect; empty if that has nothing like it, or the same word. */
    public Optional<String> instead() {
        return remark.instead();
    }

    /** Returns what a string that follows it is, with its article; empty if there is no better name than string. */
    public Optional<String> followedBy() {
        return remark.followedBy();
    }
}
