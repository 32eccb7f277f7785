/* relayd.conf(5): RELAYS. */
parser grammar Relays;

relay
    : RELAY name openingBrace NL* ( relayOption NL* )+ RBRACE
    ;

relayOption
    : LISTEN ON name port ( TLS | SSL )?                        # relayListen
    | forwardMode ( WITH ( TLS | SSL ) )? TO relayTarget
      relayProxyProtocol? ( INTERFACE name )? relayMapping? relayProxyProtocol? # relayForward
    | PROTOCOL name                                             # relayProtocol
    | SESSION TIMEOUT NUMBER                                    # relaySessionTimeout
    | DISABLE                                                   # relayDisable
    | include                                                   # relayInclude
    ;

relayTarget
    : name port relayRetry?         # targetAddress
    | NAT LOOKUP relayRetry?        # targetNatLookup
    | DESTINATION relayRetry?       # targetDestination
    | tableUse                      # targetTable
    ;

relayRetry
    : RETRY NUMBER
    ;

relayMapping
    : INET              # mappingInet
    | INET6 name        # mappingInet6
    ;

relayProxyProtocol
    : PROXY_PROTOCOL name
    ;
