/* Protocol actions of dialect 5.1. The entity type may not be left out, whatever the manual of 5.1 says. */
parser grammar Actions51;

action
    : ( REQUEST | RESPONSE )? actionEntity actionVerb
    ;

actionEntity
    : HEADER | QUERY | COOKIE | PATH | URL
    ;

actionVerb
    : APPEND value = oldName TO key = oldName actionMarked? LOG?                        # actionAppend
    | CHANGE key = oldName TO value = oldName actionMarked? LOG?                        # actionChange
    | REMOVE actionKeys actionMarked? LOG?                                              # actionRemove
    | ( EXPECT | FILTER ) actionMatch actionMarked? LOG?                                # actionExpect
    | HASH oldName actionMarked? LOG?                                                   # actionHash
    | LOG actionKeys actionMarked? LOG?                                                 # actionLog
    | MARK subject = oldName ( FROM key = oldName )? WITH NUMBER actionMarked? LOG?     # actionMark
    ;

actionKeys
    : oldName           # keysName
    | FILE oldName      # keysFile
    ;

actionMatch
    : oldName ( FROM oldName )?     # matchName
    | DIGEST oldName                # matchDigest
    | FILE oldName                  # matchFile
    ;

actionMarked
    : MARKED NUMBER
    ;
