/* relayd.conf(5): GLOBAL CONFIGURATION. */
parser grammar Globals;

globalSetting
    : INTERVAL NUMBER                                   # globalInterval
    | TIMEOUT NUMBER                                    # globalTimeout
    | PREFORK NUMBER                                    # globalPrefork
    | LOG globalLog                                     # globalLogging
    | SEND TRAP                                         # globalSendTrap
    | SNMP TRAP? name?                                  # globalSnmp
    | AGENTX ( CONTEXT name )? ( PATH name )?           # globalAgentx
    | SOCKET name                                       # globalSocket
    | extensions                                        # globalExtensions
    ;

globalLog
    : UPDATES               # logUpdates
    | ALL                   # logAll
    | STATE CHANGES         # logStateChanges
    | HOST CHECKS           # logHostChecks
    | CONNECTION ERRORS?    # logConnection
    ;
