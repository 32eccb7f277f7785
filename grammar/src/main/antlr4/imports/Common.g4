/* Words shared by the sections: names, numbers, ports, lists, braces. */
parser grammar Common;

// A string: wherever relayd.conf(5) wants one, a word that only one dialect reserves will do too.
name
    : WORD
    | QUOTED
    | newWord
    | oldWord
    | recentWord
    | formerWord
    | extensionWord
    ;

// Strings in statements of the current dialect only.
currentName
    : WORD
    | QUOTED
    | oldWord
    | recentWord
    | formerWord
    | extensionWord
    ;

// Strings in statements of dialect 5.1 only.
oldName
    : WORD
    | QUOTED
    | newWord
    | recentWord
    | formerWord
    | extensionWord
    ;

// Reserved in dialect 5.1 only.
oldWord
    : ALL | CHANGE | FILTER | MARK | MARKED | UPDATES | VIRTUAL
    ;

// Reserved in the current dialect only.
newWord
    : BINARY | BLOCK | CERT | CHANGES | CHECKS | CONNECTION | ECDHE | EDH | ERRORS | HEADERLEN | HTTP | KEY | KEYPAIR | METHOD
    | PARAMS | PASS | PASSWORD | PFTAG | QUICK | SET | SNMP | STATE | TAGGED | TICKETS | TLS | VALUE | WEBSOCKETS
    ;

// Words of recent releases of the current dialect; earlier ones take them as names.
recentWord
    : AGENTX | CLIENT | CONTEXT | PATTERN | PFLOG | PROXY_PROTOCOL | STRIP
    ;

// Reserved in releases between the two dialects; a name in both.
formerWord
    : CURVE | ECDH
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
