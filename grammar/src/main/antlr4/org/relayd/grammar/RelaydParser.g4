/*
 * Statements of relayd.conf(5). One grammar for the dialects 5.1 and current: the first word decides between them nearly
 * everywhere, the builders note which dialect a statement belongs to.
 *
 * The compiler parses one 'statement' after the other: an include or a macro changes the text that follows, so nothing may be
 * read ahead. For the same reason every rule decides on as few words as possible, and 'include' and 'macroDefinition' end
 * without looking at the next word.
 *
 * The grammar is wider than OpenBSD's in layout only: newlines and one trailing comma are free inside braces, an opening brace may
 * stand on the next line. The builders tell the user where OpenBSD would refuse that.
 */
parser grammar RelaydParser;

options { tokenVocab = RelaydLexer; }

import Common, Globals, Tables, Redirects, Relays, Protocols, Rules, Actions51, Routers, Extensions;

// What the statements make together; tells the generated parser that a newline follows each.
configuration
    : ( NL | statement NL )* EOF
    ;

statement
    : include
    | macroDefinition
    | globalSetting
    | table
    | redirect
    | relay
    | protocol
    | router
    ;

include
    : INCLUDE name
    ;

macroDefinition
    : name EQUALS name
    ;
