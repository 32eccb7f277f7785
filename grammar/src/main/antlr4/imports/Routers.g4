/* relayd.conf(5): ROUTERS. */
parser grammar Routers;

router
    : ROUTER name openingBrace NL* ( routerOption NL* )+ RBRACE
    ;

routerOption
    : ROUTE prefix                      # routerRoute
    | FORWARD TO tableUse               # routerForward
    | RTABLE NUMBER                     # routerRtable
    | RTLABEL name                      # routerRtlabel
    | DISABLE                           # routerDisable
    | include                           # routerInclude
    ;
