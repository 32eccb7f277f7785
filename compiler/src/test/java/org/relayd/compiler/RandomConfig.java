package org.relayd.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.relayd.ir.term.Dialect;

/** Writes configurations by chance: nearly all of what the language has, mostly accepted. */
final class RandomConfig {
    /** Strings that can be written as the name of a field: globs cannot. */
    private static final String[] NAMES = {"\"a b\"", "'it \"s'", "\"it's\"", "\"#\"", "word", "w-2", "\"\u00e4\"",
            "\"a,b=c/d\""};
    private static final String[] STRINGS = {"\"a b\"", "'it \"s'", "\"it's\"", "\"say \\\"x\\\"\"", "\"back\\slash\"",
            "\"two\\\\ blanks\"", "\"#\"", "\"{ $x }\"", "word", "w-2", "\"\u00e4\"", "\"a,b=c/d\"", "\"*\""};
    private static final String[] ADDRESSES = {"127.0.0.1", "10.0.0.7", "192.0.2.254", "::1", "2001:db8::80",
            "www.example.com"};
    private static final String[] MODES = {"roundrobin", "loadbalance", "hash"};

    private final Random random;
    private final Dialect dialect;
    private final StringBuilder text = new StringBuilder();
    private boolean extensions;
    private final List<String> tables = new ArrayList<>();

    private RandomConfig(Random random, Dialect dialect) {
        this.random = random;
        this.dialect = dialect;
    }

    static String of(Random random, Dialect dialect) {
        RandomConfig config = new RandomConfig(random, dialect);
        config.file();
        return config.text.toString();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String any(String... words) {
        return words[random.nextInt(words.length)];
    }

    private int number(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private String maybe(int percent, String words) {
        return chance(percent) ? " " + words : "";
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    private boolean current() {
        return dialect == Dialect.CURRENT;
    }

    private void file() {
        extensions = chance(30);
        line(extensions ? "extensions on" : "");
        if (chance(50)) {
            line("interval " + number(2, 30));
            line("timeout " + number(1, 1900));
            line("prefork " + number(1, 32));
            line(current() ? "log " + any("state changes", "host checks", "connection", "connection errors")
                    : "log " + any("updates", "all"));
        }
        IntStream.range(0, number(2, 4)).forEach(this::table);
        IntStream.range(0, number(1, 3)).forEach(this::protocol);
        for (int section = 0; section < number(1, 4); section++) {
            switch (random.nextInt(4)) {
                case 0 -> redirect(section);
                case 1 -> router(section);
                default -> relay(section);
            }
        }
        relay(9);
    }

    private void table(int number) {
        tables.add("t" + number);
        line("table <t" + number + ">" + maybe(10, "disable") + " {");
        for (int host = number(1, 3); host > 0; host--) {
            line("\t" + any(ADDRESSES) + maybe(30, "retry " + number(1, 5)) + maybe(20, "ip ttl " + number(1, 200))
                    + maybe(10, "priority " + number(1, 60)));
        }
        line("}");
    }

    private void protocol(int number) {
        String type = any("http", "http", "tcp", "dns");
        line(type + " protocol \"p" + number + "\" {");
        if (!type.equals("dns")) {
            line("\ttcp { " + any("nodelay", "no nodelay", "sack", "no splice", "backlog 100", "socket buffer 8192",
                    "ip ttl 3", "ip minttl 4") + " }");
        }
        if (type.equals("http") && chance(30)) {
            line("\treturn error" + maybe(50, "style " + any(STRINGS)));
        }
        for (int lines = number(0, 5); lines > 0 && type.equals("http"); lines--) {
            line("\t" + (current() ? rule() : action()));
        }
        line("}");
    }

    private String rule() {
        String direction = any("", " request", " response");
        StringBuilder words = new StringBuilder(any("match", "pass", "block")).append(direction)
                .append(maybe(20, "quick")).append(maybe(10, "inet"));
        words.append(maybe(10, "from 10.0.0.0/8")).append(maybe(10, "to 127.0.0.1"));
        boolean request = !direction.equals(" response");
        words.append(request ? maybe(20, "method " + any("GET", "POST")) : "");
        words.append(switch (random.nextInt(request ? 6 : 2)) {
            case 0 -> " header " + any("append ", "set ") + any(NAMES) + " value " + any(STRINGS);
            case 1 -> any(" header ", " cookie ") + any("remove ", "hash ", "log ", "") + any(STRINGS);
            case 2 -> any(" path ", " query ", " url ") + any("log ", "hash ", "") + any(STRINGS)
                    + maybe(30, "value " + any(STRINGS));
            case 3 -> " cookie log";
            case 4 -> " path strip " + number(0, 4);
            default -> "";
        });
        words.append(maybe(15, "forward to <" + any(tables.toArray(String[]::new)) + ">"));
        words.append(maybe(15, "tag " + any(STRINGS))).append(maybe(15, "tagged " + any(STRINGS)));
        return words.append(maybe(15, "label " + any(STRINGS))).toString();
    }

    private String action() {
        String entity = any("", "request ", "response ") + any("header ", "cookie ", "header ");
        return switch (random.nextInt(6)) {
            case 0 -> entity + "append " + any(STRINGS) + " to " + any(STRINGS);
            case 1 -> entity + "change " + any(STRINGS) + " to " + any(STRINGS) + maybe(20, "log");
            case 2 -> entity + any("remove ", "log ", "hash ") + any(STRINGS);
            case 3 -> "request header filter " + any(STRINGS) + " from " + any(STRINGS);
            case 4 -> "request " + any("path", "url") + " filter " + any(STRINGS);
            default -> "label " + any(STRINGS);
        };
    }

    private void relay(int number) {
        line("relay r" + number + " {");
        for (int listen = number(1, 2); listen > 0; listen--) {
            line("\tlisten on 127.0.0." + number(1, 250) + " port " + number(1, 65535) + maybe(20, "ssl"));
        }
        line("\tprotocol p0");
        String mode = any("forward", "forward", current() ? "transparent forward" : "forward") + maybe(20, "with ssl");
        for (int forward = number(1, current() ? 2 : 1); forward > 0; forward--) {
            line("\t" + mode + " to " + use(true));
        }
        if (chance(20)) {
            line("\t" + mode + " to " + any("nat lookup", "10.9.9.9 port 99 retry 3"));
        }
        line(chance(30) ? "\tsession timeout " + number(1, 9000) : "");
        line(chance(10) ? "\tdisable" : "");
        line("}");
    }

    private String use(boolean relay) {
        String table = any(tables.toArray(String[]::new));
        String check = any("icmp", "tcp", "http \"/\" code 200", "https \"/x\" host \"h i\" code 302",
                "http \"/\" digest da39a3ee5e6b4b0d3255bfef95601890afd80709", "send nothing expect \"2*\\\\r\\\\n\"",
                "send \"a\\\\nb\" expect \"\\\\\\\\x\" ssl", "ssl", "script \"/bin/true\"",
                current() ? "binary send \"00\" expect \"ff0a\"" : "tcp",
                extensions ? any("dns www.example.com expect 10.0.0.7", "dns \"w.\" expect 2001:db8::80") : "tcp");
        return "<" + table + ">" + (relay ? maybe(70, "port " + number(1, 65535)) : " port 80")
                + maybe(20, "timeout " + number(1, 1500)) + maybe(relay ? 60 : 100, "check " + check) + " mode "
                + (relay ? any(MODES) : MODES[0]);
    }

    private void redirect(int number) {
        line("redirect d" + number + " {");
        for (int listen = number(1, 2); listen > 0; listen--) {
            line("\tlisten on 127.0.0." + number(1, 250) + any("", " tcp", " udp") + " port "
                    + any("" + number(1, 65535), "1000:2000") + maybe(20, "interface lo0"));
        }
        line("\tforward to " + use(false));
        line(chance(30) ? "\tforward to " + use(false) : "");
        line(chance(30) ? "\t" + any("", "match ") + (current() ? "pftag" : "tag") + " TAG" : "");
        line(chance(30) ? "\tsticky-address" : "");
        line(chance(30) ? "\tsession timeout " + number(1, 9000) : "");
        line("}");
    }

    private void router(int number) {
        line("router o" + number + " {");
        line("\troute 10." + number(0, 255) + ".0.0/16");
        line("\tforward to <" + any(tables.toArray(String[]::new)) + "> check icmp");
        line(chance(50) ? "\trtable " + number(1, 9) : "");
        line(chance(50) ? "\trtlabel LABEL" : "");
        line("}");
    }
}
