/*
 * Words of relayd.conf(5), both dialects in one table.
 *
 * The lexer can never fail: what fits nothing is UNKNOWN. It gives the raw words; what lies between characters and words in
 * relayd.conf(5) and cannot be said in a grammar is done by the token source around it:
 * macros are replaced, words with a backslash in them are looked up again without it, a NUMBER followed by a character that
 * cannot end a number becomes a WORD, and keywords that the chosen dialect does not have become WORDs.
 */
lexer grammar RelaydLexer;

// What the token source has already told the user about: fits no rule, needs no further explanation.
tokens { REFUSED }

// Punctuation.
LBRACE          : '{' ;
RBRACE          : '}' ;
LESS            : '<' ;
GREATER         : '>' ;
COMMA           : ',' ;
SLASH           : '/' ;
EQUALS          : '=' ;
NL              : '\n' ;

// Variable text. A backslash at the end of a line joins lines, even inside words and comments; before any other
// character it disappears outside quotes.
NUMBER          : ( '\\'? '-' )? DIGIT+ ;
WORD            : '\\'? [A-Za-z0-9:_] WORD_CHARACTER* ;
QUOTED          : '\\'? ( '"' DOUBLE_QUOTED* '"' | '\'' SINGLE_QUOTED* '\'' ) ;
// Longest match: only where the end of the text comes before the closing quote.
UNTERMINATED    : '\\'? ( '"' DOUBLE_QUOTED* '\\'* | '\'' SINGLE_QUOTED* '\\'* ) ;
MACRO           : '\\'? '$' ( '\\'? [A-Za-z0-9_] | JOIN )* ;
BLANK           : ( '\\'? [ \t] | JOIN )+ -> skip ;
COMMENT         : '\\'? '#' ( ~[\\\n] | '\\' . )* '\\'? -> skip ;
// Punctuation with a needless backslash; it stands for the character after it.
ESCAPED         : '\\' [{}<>,/=] ;
UNKNOWN         : . ;

fragment DIGIT          : [0-9] ;
fragment JOIN           : '\\\n' ;
// Letters, digits and all ASCII punctuation but ( ) { } < > ! = # , / and the backslash, which needs a partner.
fragment PLAIN          : [A-Za-z0-9"'$%&*+\-.:;?@[\]^_~|`] ;
fragment WORD_CHARACTER : PLAIN | '\\' PLAIN | '\\\\' | JOIN ;
// A quote after any number of backslashes belongs to the string.
fragment DOUBLE_QUOTED  : ~["\\] | '\\'+ ( '"' | ~["\\] ) ;
fragment SINGLE_QUOTED  : ~['\\] | '\\'+ ( '\'' | ~['\\] ) ;

// Keywords, alphabetical, in a mode that is never entered: they are found as WORDs and looked up in a table. As rules
// of the mode that reads, a hundred alternatives would be open at each first letter, and building the lexer's automaton
// anew in each process would take most of the time of "relayd -n".
mode KEYWORD;

// Each has a row in org.relayd.compiler.words.Keyword, which tells the dialect that reserves it.
ACCESS          : 'access' ;
AGENTX          : 'agentx' ;
ALL             : 'all' ;
APPEND          : 'append' ;
BACKLOG         : 'backlog' ;
BACKUP          : 'backup' ;
BINARY          : 'binary' ;
BLOCK           : 'block' ;
BUFFER          : 'buffer' ;
CA              : 'ca' ;
CACHE           : 'cache' ;
CERT            : 'cert' ;
CHANGE          : 'change' ;
CHANGES         : 'changes' ;
CHECK           : 'check' ;
CHECKS          : 'checks' ;
CIPHERS         : 'ciphers' ;
CLIENT          : 'client' ;
CODE            : 'code' ;
CONNECTION      : 'connection' ;
CONTEXT         : 'context' ;
COOKIE          : 'cookie' ;
CURVE           : 'curve' ;
DEMOTE          : 'demote' ;
DESTINATION     : 'destination' ;
DIGEST          : 'digest' ;
DISABLE         : 'disable' ;
DNS             : 'dns' ;
ECDH            : 'ecdh' ;
ECDHE           : 'ecdhe' ;
EDH             : 'edh' ;
ERROR           : 'error' ;
ERRORS          : 'errors' ;
EXPECT          : 'expect' ;
EXTENSIONS      : 'extensions' ;
EXTERNAL        : 'external' ;
FILE            : 'file' ;
FILTER          : 'filter' ;
FORMAT          : 'format' ;
FORWARD         : 'forward' ;
FROM            : 'from' ;
HASH            : 'hash' ;
HEADER          : 'header' ;
HEADERLEN       : 'headerlen' ;
HOST            : 'host' ;
HTTP            : 'http' ;
ICMP            : 'icmp' ;
INCLUDE         : 'include' ;
INET            : 'inet' ;
INET6           : 'inet6' ;
INTERFACE       : 'interface' ;
INTERVAL        : 'interval' ;
IP              : 'ip' ;
KEY             : 'key' ;
KEYPAIR         : 'keypair' ;
LABEL           : 'label' ;
LEAST_STATES    : 'least-states' ;
LISTEN          : 'listen' ;
LOADBALANCE     : 'loadbalance' ;
LOG             : 'log' ;
LOOKUP          : 'lookup' ;
MARK            : 'mark' ;
MARKED          : 'marked' ;
MATCH           : 'match' ;
METHOD          : 'method' ;
MODE            : 'mode' ;
NAT             : 'nat' ;
NO              : 'no' ;
NODELAY         : 'nodelay' ;
NOTHING         : 'nothing' ;
ON              : 'on' ;
PARAMS          : 'params' ;
PARENT          : 'parent' ;
PASS            : 'pass' ;
PASSWORD        : 'password' ;
PATH            : 'path' ;
PATTERN         : 'pattern' ;
PFLOG           : 'pflog' ;
PFTAG           : 'pftag' ;
PORT            : 'port' ;
PREFORK         : 'prefork' ;
PRIORITY        : 'priority' ;
PROTOCOL        : 'protocol' ;
PROXY_PROTOCOL  : 'proxy-protocol' ;
QUERY           : 'query' ;
QUICK           : 'quick' ;
RANDOM          : 'random' ;
REAL            : 'real' ;
REDIRECT        : 'redirect' ;
RELAY           : 'relay' ;
REMOVE          : 'remove' ;
REQUEST         : 'request' ;
RESPONSE        : 'response' ;
RETRY           : 'retry' ;
RETURN          : 'return' ;
ROUNDROBIN      : 'roundrobin' ;
ROUTE           : 'route' ;
ROUTER          : 'router' ;
RTABLE          : 'rtable' ;
RTLABEL         : 'rtlabel' ;
SACK            : 'sack' ;
SCRIPT          : 'script' ;
SEND            : 'send' ;
SESSION         : 'session' ;
SET             : 'set' ;
SNMP            : 'snmp' ;
SOCKET          : 'socket' ;
SOURCE_HASH     : 'source-hash' ;
SPLICE          : 'splice' ;
SSL             : 'ssl' ;
STATE           : 'state' ;
STICKY_ADDRESS  : 'sticky-address' ;
STRIP           : 'strip' ;
STYLE           : 'style' ;
TABLE           : 'table' ;
TAG             : 'tag' ;
TAGGED          : 'tagged' ;
TCP             : 'tcp' ;
TICKETS         : 'tickets' ;
TIMEOUT         : 'timeout' ;
TLS             : 'tls' ;
TO              : 'to' ;
TRANSPARENT     : 'transparent' ;
TRAP            : 'trap' ;
TTL             : 'ttl' ;
UPDATES         : 'updates' ;
URL             : 'url' ;
VALUE           : 'value' ;
VIRTUAL         : 'virtual' ;
WEBSOCKETS      : 'websockets' ;
WITH            : 'with' ;
