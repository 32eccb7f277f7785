/* Words shared by the sections: names, numbers, ports, lists, braces. */
parser grammar Common;

// A string. Wherever relayd.conf(5) wants one, a word that only one dialect reserves will do too, and so will words that
// neither reserves: by lines, those of 5.1, of the current dialect, of its recent releases, of the releases between
// the two, and of extensions. One set and no rules of their own: the parser looks through all that a word can begin,
// anew in each process, and five rules in each name took "relayd -n" 4 ms.
name
    : WORD | QUOTED
    | ALL | CHANGE | FILTER | MARK | MARKED | UPDATES | VIRTUAL
    | BINARY | BLOCK | CERT | CHANGES | CHECKS | CONNECTION | ECDHE | EDH | ERRORS | HEADERLEN | HTTP | KEY | KEYPAIR | METHOD
    | PARAMS | PASS | PASSWORD | PFTAG | QUICK | SET | SNMP | STATE | TAGGED | TICKETS | TLS | VALUE | WEBSOCKETS
    | AGENTX | CLIENT | CONTEXT | PATTERN | PFLOG | PROXY_PROTOCOL | STRIP
    | CURVE | ECDH
    | ACCESS | DNS | EXTENSIONS | FORMAT
    ;

// Strings in statements of the current dialect only.
currentName
    : WORD | QUOTED
    | ALL | CHANGE | FILTER | MARK | MARKED | UPDATES | VIRTUAL
    | AGENTX | CLIENT | CONTEXT | PATTERN | PFLOG | PROXY_PROTOCOL | STRIP
    | CURVE | ECDH
    | ACCESS | DNS | EXTENSIONS | FORMAT
    ;

// Strings in statements of dialect 5.1 only.
oldName
    : WORD | QUOTED
    | BINARY | BLOCK | CERT | CHANGES | CHECKS | CONNECTION | ECDHE | EDH | ERRORS | HEADERLEN | HTTP | KEY | KEYPAIR | METHOD
    | PARAMS | PASS | PASSWORD | PFTAG | QUICK | SET | SNMP | STATE | TAGGED | TICKETS | TLS | VALUE | WEBSOCKETS
    | AGENTX | CLIENT | CONTEXT | PATTERN | PFLOG | PROXY_PROTOCOL | STRIP
    | CURVE | ECDH
    | ACCESS | DNS | EXTENSIONS | FORMAT
    ;

port
    : PORT portValue
    ;

portValue
    : NUMBER
    | name
    ;

// The newlines in front of the brace are an extension.
openingBrace
    : NL* LBRACE
    ;

// Between the elements of a list in braces, and after the last one. OpenBSD takes one comma, or newlines, or nothing.
listSeparator
    : NL* ( COMMA NL* )?
    ;

tableName
    : LESS name GREATER
    ;

forwardMode
    : FORWARD               # forwardPlain
    | ROUTE                 # forwardRoute
    | TRANSPARENT FORWARD   # forwardTransparent
    ;

// An address or host name with an optional prefix length.
prefix
    : name ( SLASH NUMBER )?
    ;
