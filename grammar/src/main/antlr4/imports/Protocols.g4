/* relayd.conf(5): PROTOCOLS. */
parser grammar Protocols;

protocol
    : protocolType? PROTOCOL name protocolBody?
    ;

// tcp, http or dns; any other word is refused by name.
protocolType
    : TCP
    | name
    ;

// Statements of 5.1 and extensions stand at the beginning of a line, or second in the first line: after a filter rule
// their words would be its options.
protocolBody
    : openingBrace ( accessLog | oldOption oldOption? )?
      ( NL ( accessLog | oldOption oldOption? )? | protocolOption oldOption? | filterRule )* RBRACE
    ;

protocolOption
    : ( TLS | SSL ) ( tlsFlag | LBRACE NL* ( tlsFlag listSeparator )+ RBRACE )              # protocolTls
    | TCP ( tcpFlag | LBRACE NL* ( tcpFlag listSeparator )+ RBRACE )                        # protocolTcp
    | HTTP ( httpFlag | LBRACE NL* ( httpFlag listSeparator )+ RBRACE )                     # protocolHttp
    | RETURN ERROR ( errorStyle | LBRACE NL* ( errorStyle listSeparator )+ RBRACE )?        # protocolReturnError
    | include                                                                               # protocolInclude
    ;

// Dialect 5.1.
oldOption
    : action        # oldAction
    | LABEL name    # oldLabel
    | NO LABEL      # oldNoLabel
    ;

tlsFlag
    : NO? SESSION TICKETS                       # tlsTickets
    | SESSION CACHE ( NUMBER | DISABLE )        # tlsSessionCache
    | CIPHERS name                              # tlsCiphers
    | CA FILE name                              # tlsCaFile
    | CA CERT name                              # tlsCaCert
    | CA KEY path = name PASSWORD secret = name # tlsCaKey
    | CLIENT CA name                            # tlsClientCa
    | KEYPAIR name                              # tlsKeypair
    | NO EDH                                    # tlsNoEdh
    | EDH ( PARAMS ( name | NUMBER ) )?         # tlsEdh
    | ECDH CURVE name                           # tlsEcdhCurve
    | NO? ECDH                                  # tlsEcdh
    | ECDHE name                                # tlsEcdhe
    | NO? ( WORD | QUOTED | ACCESS | DNS | EXTENSIONS | FORMAT ) # tlsWord
    ;

tcpFlag
    : NO? SACK                      # tcpSack
    | NO? NODELAY                   # tcpNodelay
    | NO? SPLICE                    # tcpSplice
    | BACKLOG NUMBER                # tcpBacklog
    | SOCKET BUFFER NUMBER          # tcpSocketBuffer
    | IP ( TTL | name ) NUMBER      # tcpIp
    ;

httpFlag
    : HEADERLEN NUMBER              # httpHeaderLength
    | NO? WEBSOCKETS                # httpWebsockets
    ;

errorStyle
    : STYLE name
    ;
