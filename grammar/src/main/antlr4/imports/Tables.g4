/* relayd.conf(5): TABLES, and the table options of forward lines. */
parser grammar Tables;

table
    : TABLE tableName tablePart+
    ;

tablePart
    : DISABLE       # tableDisable
    | tableHosts    # tableHostList
    ;

tableHosts
    : LBRACE NL* ( tableItem listSeparator )+ RBRACE
    ;

tableItem
    : include
    | tableHost
    ;

tableHost
    : name tableHostOption*
    ;

tableHostOption
    : RETRY NUMBER          # hostRetry
    | PARENT NUMBER         # hostParent
    | PRIORITY NUMBER       # hostPriority
    | IP TTL NUMBER         # hostTtl
    ;

// A table in a forward line: OpenBSD wants one option at least.
tableUse
    : tableName tableOption+
    ;

tableOption
    : CHECK check                               # tableCheck
    | port                                      # tablePort
    | TIMEOUT NUMBER                            # tableTimeout
    | INTERVAL NUMBER                           # tableInterval
    | DEMOTE name                               # tableDemote
    | MODE tableMode? tableHashKey?             # tableScheduling
    ;

tableMode
    : ROUNDROBIN | LOADBALANCE | HASH | LEAST_STATES | SOURCE_HASH | RANDOM
    ;

// Words that may begin what follows a forward line's table are no keys unless quoted.
tableHashKey
    : WORD
    | QUOTED
    | ALL | CHANGE | FILTER | MARK | MARKED | UPDATES | VIRTUAL
    | CURVE | ECDH
    | ACCESS | DNS | EXTENSIONS | FORMAT
    ;

check
    : ICMP                                                                  # checkIcmp
    | TCP                                                                   # checkTcp
    | ( TLS | SSL )                                                         # checkTls
    | checkScheme path = name ( HOST host = name )? checkAnswer             # checkHttp
    | SEND checkData EXPECT name ( TLS | SSL )?                             # checkSend
    | BINARY SEND checkData EXPECT name ( TLS | SSL )?                      # checkBinary
    | SCRIPT name                                                           # checkScript
    | dnsCheck                                                              # checkDns
    ;

// http or https; any other word that begins no check is refused by name as soon as it is read.
checkScheme
    : HTTP
    | WORD
    | QUOTED
    | ACCESS | CURVE | ECDH | EXTENSIONS | FORMAT
    ;

checkAnswer
    : CODE NUMBER       # answerCode
    | DIGEST name       # answerDigest
    ;

checkData
    : NOTHING
    | name
    ;
