/* relayd.conf(5): REDIRECTIONS. */
parser grammar Redirects;

redirect
    : REDIRECT name openingBrace NL* ( redirectOption NL* )+ RBRACE
    ;

redirectOption
    : LISTEN ON address = name ( TCP | ipProtocol = name )? port ( INTERFACE interfaceName = name )? PFLOG?  # redirectListen
    | forwardMode TO tableUse ( INTERFACE name )?                                                            # redirectForward
    | DISABLE                                                                                                # redirectDisable
    | STICKY_ADDRESS                                                                                         # redirectSticky
    | MATCH? ( TAG | PFTAG ) name                                                                            # redirectTag
    | SESSION TIMEOUT NUMBER                                                                                 # redirectSessionTimeout
    | include                                                                                                # redirectInclude
    ;
