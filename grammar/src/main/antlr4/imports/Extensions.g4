/*
 * relayd.conf(5): EXTENSIONS. Words that OpenBSD has in no release, all of them here. They are accepted in a file that says
 * "extensions on", and stay names wherever a name can stand.
 */
parser grammar Extensions;

// Any other word than "on" is refused by name.
extensions
    : EXTENSIONS ( ON | WORD )
    ;

// In an http protocol, at the beginning of a line.
accessLog
    : LOG ACCESS TO path = name ( FORMAT format = name )?
    ;

// After "check" in a forward line.
dnsCheck
    : DNS question = name EXPECT address = name
    ;
