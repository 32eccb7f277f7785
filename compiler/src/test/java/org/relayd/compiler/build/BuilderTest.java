package org.relayd.compiler.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.ir.parsed.Declaration;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.parsed.RedirectDeclaration;
import org.relayd.ir.parsed.RelayDeclaration;
import org.relayd.ir.parsed.RouterDeclaration;
import org.relayd.ir.parsed.TableDeclaration;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/** What the statements become. Spans are left out, numbers and strings are written bare, - is an empty Optional. */
class BuilderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            interval 10                             | Interval[seconds=10]
            timeout -1                              | Timeout[milliseconds=-1]
            prefork 3                               | Prefork[processes=3]
            log updates                             | LogUpdates[all=false]
            log all                                 | LogUpdates[all=true]
            log state changes                       | LogStateChanges[]
            log host checks                         | LogHostChecks[]
            log connection errors                   | LogConnection[errorsOnly=true]
            send trap                               | SendTrap[]
            snmp trap "x"                           | Snmp[trapsOnly=true, path=x]
            agentx                                  | Agentx[context=-, path=-]
            agentx path "p"                         | Agentx[context=-, path=p]
            agentx context c path "p"               | Agentx[context=c, path=p]
            socket "s"                              | ControlSocket[path=s]
            """)
    void globals(String text, String expected) {
        assertEquals(expected, shape(only(text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    table <t> { a }                 | name=t, disabled=false, hosts=[HostEntry[address=a, options=[]]]]
                    table <t> disable { a } { "b" } | name=t, disabled=true, hosts=[HostEntry[address=a, options=[]], HostEntry[address=b, options=[]]]]
                    table <t> disable               | name=t, disabled=true, hosts=[]]
                    table <t> { a retry 1 parent 2 priority 3 ip ttl 4 }  | name=t, disabled=false, hosts=[HostEntry[address=a, options=[Retry[value=1], Parent[value=2], Priority[value=3], Ttl[value=4]]]]]
                    """)
    void tables(String text, String expected) {
        assertEquals("TableDeclaration[" + expected, shape(only(text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    listen on a port 80                     | Listen[address=a, protocol=-, port=80, interfaceName=-, pflog=false]
                    listen on a udp port "80:90" interface i pflog | Listen[address=a, protocol=udp, port='80:90', interfaceName=i, pflog=true]
                    forward to <t> port http                | Forward[mode=FORWARD, table=t[TargetPort[port='http']]], interfaceName=-]
                    route to <t> check icmp interface i     | Forward[mode=ROUTE, table=t[Check[check=Icmp[]]]], interfaceName=i]
                    transparent forward to <t> check tls    | Forward[mode=TRANSPARENT, table=t[Check[check=Tls[]]]], interfaceName=-]
                    forward to <t> check http "/" host h code 200 | Forward[mode=FORWARD, table=t[Check[check=HttpCode[scheme=http, path=/, host=h, code=200]]]], interfaceName=-]
                    forward to <t> check https "/" digest d | Forward[mode=FORWARD, table=t[Check[check=HttpDigest[scheme=https, path=/, host=-, digest=d]]]], interfaceName=-]
                    forward to <t> check send nothing expect x tls | Forward[mode=FORWARD, table=t[Check[check=SendExpect[send=-, expect=x, tls=true]]]], interfaceName=-]
                    forward to <t> check binary send "00" expect "ff" | Forward[mode=FORWARD, table=t[Check[check=BinarySendExpect[send=00, expect=ff, tls=false]]]], interfaceName=-]
                    forward to <t> check dns n expect 10.0.0.1 | Forward[mode=FORWARD, table=t[Check[check=Dns[name=n, address=10.0.0.1]]]], interfaceName=-]
                    forward to <t> check script s timeout 1 interval 2 demote g | Forward[mode=FORWARD, table=t[Check[check=Script[path=s]], Timeout[milliseconds=1], Interval[seconds=2], Demote[group=g]]], interfaceName=-]
                    forward to <t> mode                     | Forward[mode=FORWARD, table=t[Mode[mode=-, key=-]]], interfaceName=-]
                    forward to <t> mode hash "k"            | Forward[mode=FORWARD, table=t[Mode[mode=HASH, key=k]]], interfaceName=-]
                    forward to <t> mode k                   | Forward[mode=FORWARD, table=t[Mode[mode=-, key=k]]], interfaceName=-]
                    disable                                 | Disable[]
                    sticky-address                          | StickyAddress[]
                    match tag T                             | PfTag[match=true, name=T]
                    pftag T                                 | PfTag[match=false, name=T]
                    session timeout 5                       | SessionTimeout[seconds=5]
                    """)
    void redirects(String line, String expected) {
        assertEquals(expected,
                shape(((RedirectDeclaration) only("redirect r {\n" + line + "\n}")).options().getFirst()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    listen on a port 80                     | Listen[address=a, port=80, tls=false]
                    listen on a port 80 tls                 | Listen[address=a, port=80, tls=true]
                    forward to a port 80 retry 2            | Forward[mode=FORWARD, withTls=false, target=ToAddress[address=a, port=80, retry=2], interfaceName=-, mapping=-, proxyProtocol=-]
                    transparent forward with tls to nat lookup interface i inet | Forward[mode=TRANSPARENT, withTls=true, target=ToNatLookup[retry=-], interfaceName=i, mapping=ToInet[], proxyProtocol=-]
                    forward to destination inet6 p proxy-protocol v2 | Forward[mode=FORWARD, withTls=false, target=ToDestination[retry=-], interfaceName=-, mapping=ToInet6[prefix=p], proxyProtocol=V2]
                    forward to <t> port 80 proxy-protocol v1 inet | Forward[mode=FORWARD, withTls=false, target=ToTable[use=t[TargetPort[port=80]]]], interfaceName=-, mapping=ToInet[], proxyProtocol=V1]
                    protocol p                              | UseProtocol[name=p]
                    session timeout 5                       | SessionTimeout[seconds=5]
                    disable                                 | Disable[]
                    """)
    void relays(String line, String expected) {
        assertEquals(expected, shape(((RelayDeclaration) only("relay r {\n" + line + "\n}")).options().getFirst()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tls session tickets                     | SessionTickets[enabled=true]
            tls { no session tickets }              | SessionTickets[enabled=false]
            tls session cache 9                     | SessionCache[size=9]
            tls session cache disable               | NoSessionCache[]
            tls ciphers "c"                         | Ciphers[list=c]
            tls ca file "f"                         | CaFile[path=f]
            tls ca cert "f"                         | CaCert[path=f]
            tls ca key "f" password "p"             | CaKey[path=f, password=p]
            tls client ca "f"                       | ClientCa[path=f]
            tls keypair k                           | Keypair[name=k]
            tls no edh                              | NoEdh[]
            tls edh                                 | Edh[params=-]
            tls edh params auto                     | Edh[params=auto]
            tls edh params 2048                     | EdhBits[bits=2048]
            tls ecdhe "c"                           | Ecdhe[curves=c]
            tls ecdh curve "c"                      | EcdhCurve[curve=c]
            tls no ecdh                             | Ecdh[]
            tls ecdh                                | Ecdh[]
            tls no tlsv1.0                          | Flag[enabled=false, name=tlsv1.0]
            tcp no sack                             | Sack[enabled=false]
            tcp nodelay                             | Nodelay[enabled=true]
            tcp no splice                           | Splice[enabled=false]
            tcp backlog 5                           | Backlog[connections=5]
            tcp socket buffer 5                     | SocketBuffer[bytes=5]
            tcp ip ttl 5                            | IpOption[name=ttl, hops=5]
            tcp ip minttl 5                         | IpOption[name=minttl, hops=5]
            http headerlen 5                        | HeaderLength[bytes=5]
            http no websockets                      | Websockets[enabled=false]
            return error                            | ReturnError[styles=[]]
            return error { style a, style b }       | ReturnError[styles=[a, b]]
            label l                                 | LabelLine[label=l]
            no label                                | LabelLine[label=-]
            """)
    void settings(String line, String expected) {
        assertEquals(expected, option(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            header append v to k                    | REQUEST, HEADER, APPEND, Key k, v, mark -, marked -, log false
            response cookie change k to v marked 5 log | RESPONSE, COOKIE, CHANGE, Key k, v, mark -, marked 5, log true
            query remove k                          | REQUEST, QUERY, REMOVE, Key k, -, mark -, marked -, log false
            query remove file f                     | REQUEST, QUERY, REMOVE, KeyFile f, -, mark -, marked -, log false
            path expect v from k                    | REQUEST, PATH, EXPECT, Key k, v, mark -, marked -, log false
            path filter k log                       | REQUEST, PATH, FILTER, Key k, -, mark -, marked -, log true
            url filter digest d                     | REQUEST, URL, FILTER, Digest d, -, mark -, marked -, log false
            header hash k                           | REQUEST, HEADER, HASH, Key k, -, mark -, marked -, log false
            header log k                            | REQUEST, HEADER, LOG, Key k, -, mark -, marked -, log false
            header log file f marked 1 log          | REQUEST, HEADER, LOG, KeyFile f, -, mark -, marked 1, log true
            header mark v from k with 5 log         | REQUEST, HEADER, MARK, Key k, v, mark 5, marked -, log true
            header mark k with 5                    | REQUEST, HEADER, MARK, Key k, -, mark 5, marked -, log false
            """)
    void actions(String line, String expected) {
        assertEquals(expected,
                option(line).replaceAll("ActionDeclaration\\[direction=|type=|kind=|subject=|value=|text=|\\]$", "")
                        .replace("=", " ").replace("[", " ").replace("]", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    pass                                    | PASS, direction=-, quick=false, family=-, from=-, to=-, options=[]
                    block response quick inet6 from a/8 to b | BLOCK, direction=RESPONSE, quick=true, family=INET6, from=AddressSpec[address=a, prefixLength=8], to=AddressSpec[address=b, prefixLength=-], options=[]
                    match request inet method GET           | MATCH, direction=REQUEST, quick=false, family=INET, from=-, to=-, options=[Method[name=GET]]
                    """)
    void rules(String line, String expected) {
        assertEquals("RuleDeclaration[verdict=" + expected + "]", option(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            header                                  | Entity[type=HEADER, option=-, digest=false, key=-, value=-]
            header log                              | Entity[type=HEADER, option=LOG, digest=false, key=-, value=-]
            cookie set k value v                    | Entity[type=COOKIE, option=SET, digest=false, key=k, value=v]
            path pattern k value pattern v          | Entity[type=PATH, option=-, digest=false, key=~k, value=~v]
            header pattern                          | Entity[type=HEADER, option=-, digest=false, key=pattern, value=-]
            url append k                            | Entity[type=URL, option=APPEND, digest=false, key=k, value=-]
            url pattern digest d value v            | Entity[type=URL, option=-, digest=true, key=~d, value=v]
            path strip 2                            | PathStrip[components=2]
            file f value v                          | KeyFile[path=f, value=v]
            forward to <t>                          | ForwardTo[table=t]
            tag a                                   | Tag[name=a]
            no tag                                  | NoTag[]
            tagged a                                | Tagged[name=a]
            label a                                 | Label[text=a]
            no label                                | NoLabel[]
            """)
    void ruleOptions(String option, String expected) {
        String rule = option("match " + option);
        assertEquals(expected, rule.substring(rule.indexOf("options=[") + 9, rule.length() - 2)
                .replaceAll("MatchText\\[text=([^,]*), pattern=true\\]", "~$1")
                .replaceAll("MatchText\\[text=([^,]*), pattern=false\\]", "$1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            route a/8                               | RouteLine[address=a, prefixLength=8]
            route a                                 | RouteLine[address=a, prefixLength=-]
            forward to <t> port 1                   | Forward[mode=FORWARD, table=t[TargetPort[port=1]]]]
            rtable 1                                | Rtable[id=1]
            rtlabel l                               | Rtlabel[label=l]
            disable                                 | Disable[]
            """)
    void routers(String line, String expected) {
        assertEquals(expected, shape(((RouterDeclaration) only("router r {\n" + line + "\n}")).options().getFirst()));
    }

    @Test
    void headersAndClosingBracesHavePlaces() {
        ProtocolDeclaration protocol = (ProtocolDeclaration) only("http protocol \"p\" { pass }");
        assertEquals("http protocol \"p\"", protocol.header().text());
        assertEquals("}", protocol.closing().text());
        ProtocolDeclaration bare = (ProtocolDeclaration) only("protocol p");
        assertEquals("protocol p", bare.closing().text());
        assertEquals("pass", protocol.options().getFirst().span().text());
    }

    @Test
    void includedStatementsStandWhereTheyAreIncluded() {
        Map<String, String> files = Map.of("hosts", "b retry 2\nc", "opt", "disable\n");
        ParsedSource parsed = Reading.read(
                "table <t> { a\n include \"hosts\"\n d }\nrelay r {\n include \"opt\"\n disable\n}\n",
                files, Optional.empty());
        TableDeclaration table = (TableDeclaration) parsed.config().declarations().getFirst();
        assertEquals(List.of("a", "b", "c", "d"), table.hosts().stream().map(host -> host.address().value()).toList());
        Span included = table.hosts().get(1).span();
        assertEquals("hosts", included.source().name());
        assertEquals("include \"hosts\"", ((Origin.Included) included.source().origin()).statement().text());
        assertEquals(2, ((RelayDeclaration) parsed.config().declarations().get(1)).options().size());
    }

    @Test
    void macrosAreListedWithTheirUses() {
        ParsedSource parsed = Reading.read("a=x\nb=$a\na=y\ntable <t> { $a $a }\n");
        assertEquals(List.of("a x 1", "b x 0", "a y 2"), parsed.config().macros().stream()
                .map(macro -> macro.name() + " " + macro.value() + " " + macro.uses()).toList());
    }

    @Test
    void marksTellTheDialect() {
        assertEquals(Dialect.V5_1, Reading.read("send trap\n").config().dialect(Optional.empty()));
        assertEquals(Dialect.CURRENT,
                Reading.read("send trap\nlog state changes\n").config().dialect(Optional.empty()));
        assertEquals(Dialect.CURRENT, Reading.read("interval 5\n").config().dialect(Optional.empty()));
        assertEquals(Dialect.V5_1, Reading.read("http=x\n").config().dialect(Optional.empty()));
        assertEquals(Dialect.CURRENT, Reading.read("filter=x\n").config().dialect(Optional.empty()));
    }

    @Test
    void oldWordForTlsIsAWarningInTheCurrentDialectOnly() {
        String text = "relay r {\n listen on a port 1 ssl\n}\n";
        assertEquals(List.of(), Reading.messages(Reading.read(text, Dialect.V5_1)));
        assertEquals(List.of(), Reading.messages(Reading.read("send trap\n" + text)));
        assertEquals(Dialect.CURRENT, Reading.read(text).config().dialect(Optional.empty()));
        assertEquals(List.of("2: please use the \"tls\" keyword instead of \"ssl\""),
                Reading.messages(Reading.read(text, Dialect.CURRENT)));
    }

    private static Declaration only(String text) {
        ParsedSource parsed = Reading.read(text + "\n");
        assertEquals(List.of(), Reading.messages(parsed));
        assertEquals(1, parsed.config().declarations().size());
        return parsed.config().declarations().getFirst();
    }

    private static String option(String line) {
        return shape(((ProtocolDeclaration) only("http protocol p {\n" + line + "\n}")).options().getFirst());
    }

    private static String shape(Object part) {
        return part.toString().replaceAll("(, )?span=Span\\[[^]]*\\]", "").replace("[, ", "[")
                .replaceAll("Named\\[text=Text\\[value=([^]]*)\\]\\]", "'$1'")
                .replaceAll("Text\\[value=([^]]*)\\]", "$1")
                .replaceAll("Numeric\\[value=Count\\[value=([^]]*)\\]\\]", "$1")
                .replaceAll("Count\\[value=([^]]*)\\]", "$1")
                .replace("Optional.empty", "-").replaceAll("TableUse\\[table=([^,]*), options=\\[", "$1[")
                .replaceAll("Optional\\[([^\\[\\]]*)\\]", "$1")
                .replaceAll("Optional\\[((?:[^\\[\\]]|\\[[^\\[\\]]*\\])*)\\]", "$1");
    }
}
