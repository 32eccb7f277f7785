/* relayd.conf(5): FILTER RULES, dialect current. The parts in front of the options stand in this order only. */
parser grammar Rules;

filterRule
    : ( PASS | BLOCK | MATCH ) ( REQUEST | RESPONSE )? QUICK? ( INET | INET6 )?
      ( FROM source = rulePrefix )? ( TO target = rulePrefix )? ruleOption*
    ;

rulePrefix
    : currentName ( SLASH NUMBER )?
    ;

ruleOption
    : METHOD currentName                                                        # ruleMethod
    | ( HEADER | COOKIE | QUERY | PATH ) entityOption? ( matchText matchValue? )?   # ruleEntity
    | PATH STRIP NUMBER                                                         # rulePathStrip
    | URL entityOption? ( matchText matchValue? )?                              # ruleUrl
    | URL entityOption? PATTERN? DIGEST currentName matchValue?                 # ruleUrlDigest
    | FILE path = currentName ( VALUE value = currentName )?                    # ruleKeyFile
    | FORWARD TO tableName                                                      # ruleForward
    | TAG currentName                                                           # ruleTag
    | NO TAG                                                                    # ruleNoTag
    | TAGGED currentName                                                        # ruleTagged
    | LABEL currentName                                                         # ruleLabel
    | NO LABEL                                                                  # ruleNoLabel
    ;

entityOption
    : APPEND | SET | REMOVE | HASH | LOG
    ;

matchText
    : PATTERN? currentName
    ;

matchValue
    : VALUE matchText
    ;
