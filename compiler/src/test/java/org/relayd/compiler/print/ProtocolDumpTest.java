package org.relayd.compiler.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.ir.config.CheckedConfig;

class ProtocolDumpTest {

    private static String dump(String text) {
        CheckedConfig config = compiled(text).config().orElseThrow();
        return config.relays().stream().flatMap(relay -> ProtocolDump.of(relay, config.dialect()).stream())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Compilation compiled(String text) {
        FileEnvironment.Description nothing = new FileEnvironment.Description(Map.of(), new LinkedHashMap<>(), Map.of(),
                Optional.empty());
        return RelaydCompiler.compile("f", CompilerOptions.defaults(),
                new FileEnvironment(nothing, _ -> text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void rulesStandOnLinesOfTheirOwnWithABlankAfterEachWord() {
        assertEquals("""
                protocol 1: name p
                	flags: used, return, relay flags: tls, tls client, hashkey
                	tcp flags: nodelay, no sack, socket buffer size, ip ttl, no splice
                	tls flags: tlsv1.2, tlsv1.3, cipher server preference
                	tls session tickets: disabled
                	type: http
                		match request header set "X" value "$REMOTE_ADDR"\s
                		block response quick inet from 10.0.0.0/8 to 10.1.0.0/16 header "Y" value "z" tag "t"\s
                		pass request forward to <a> no tag label "l"\s
                		block request url digest "0123456789012345678901234567890123456789" tagged "t"\s
                		match request path strip 2\s
                		match request header log "*"\s
                """, dump("""
                table <a> { 127.0.0.1 }
                http protocol "p" {
                	return error
                	tcp { nodelay, no sack, socket buffer 1024, ip ttl 9, no splice }
                	match header set "X" value "$REMOTE_ADDR"
                	block response quick inet from 10.0.0.0/8 to 10.1.0.0/16 header "Y" value "z" tag "t"
                	pass forward to <a> no tag label "l"
                	block url digest "0123456789012345678901234567890123456789" tagged "t"
                	match path strip 2
                	match header log
                }
                relay "r" {
                	listen on 127.0.0.1 port 8443 tls
                	protocol "p"
                	forward with tls to <a> port 80 mode source-hash "k"
                }
                """));
    }

    @Test
    void theProtocolThatIsBuiltInHasNoNumber() {
        assertEquals("""
                protocol -1: name default
                	flags: used, relay flags: disable, nat lookup
                	tls session tickets: disabled
                	type: tcp
                """, dump("""
                relay "r" {
                	disable
                	listen on 127.0.0.1 port 8080
                	forward to nat lookup
                }
                """));
    }

    @Test
    void actionsAreCutAfterAHundred() {
        String shown = dump("""
                http protocol "p" {
                	request header append "a" to "K"
                	response header change "K" to "v"
                	request path filter "v" from "/a"
                	request url expect digest "0123456789012345678901234567890123456789"
                	request cookie mark "v" from "c" with 3
                	request query log "q"
                	header hash "H"
                """ + "\theader remove \"R\"\n".repeat(100) + """
                }
                relay "r" {
                	listen on 127.0.0.1 port 8080
                	protocol "p"
                	forward to 127.0.0.1 port 80
                }
                """);
        assertEquals("""
                protocol 1: name p
                	flags: used, relay flags:\s
                	type: http
                		request append "a" to "K"
                		response change "K" to "v"
                		request path filter "v" from "/a"
                		request url expect digest "0123456789012345678901234567890123456789"
                		request cookie mark "v" from "c"
                		request query log "q"
                		request hash "H"
                """ + "\t\trequest remove \"R\"\n".repeat(93) + "\t\t...\n", shown);
    }
}
