"""The same service twice: as relayd.conf(5) and as a configuration of haproxy (python3 standard library).

Both grow with one number, the groups. A group is one protocol with ten rules, four relays that use it and four tables of five hosts;
a hundred lines of relayd.conf, so 500 groups are 50,000 lines with 10,000 hosts, 2,000 relays and 5,000 rules.
"""

RELAYS = 4  # of a group, each with a table of its own
HOSTS = 5  # of a table
RULES = 10  # of a protocol
LINES = 100  # of a group in relayd.conf


def address(network, number):
    return f"{network}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def sizes(groups):
    """what a configuration of so many groups holds"""
    return {"lines": groups * LINES, "hosts": groups * RELAYS * HOSTS, "relays": groups * RELAYS, "rules": groups * RULES}


def relayd(groups):
    """relayd.conf: sizes(groups)["lines"] lines"""
    return "".join(relayd_group(group) for group in range(groups))


def relayd_group(group):
    """a hundred lines"""
    rules = relayd_rules(group)
    lines = [f"# group {group}", f'http protocol "web{group}" {{',
             "\t# connections", "\ttcp nodelay", "\ttcp sack", "\ttcp socket buffer 65536", "\ttcp backlog 128",
             "\t# refused requests", "\treturn error",
             "\t# what the machines are told", *(f"\t{rule}" for rule in rules[:4]),
             "\t# what nobody may ask for", *(f"\t{rule}" for rule in rules[4:6]),
             "\t# what visitors are told", *(f"\t{rule}" for rule in rules[6:]), "}"]
    for relay in range(group * RELAYS, group * RELAYS + RELAYS):
        lines += ["", *comment(relay), f"table <web{relay}> {{",
                  *(f"\t{address(10, relay * HOSTS + host)} retry 2" for host in range(HOSTS)), "}", "",
                  f'relay "www{relay}" {{', f"\tlisten on {address(127, 65536 + relay)} port 8080", f'\tprotocol "web{group}"',
                  "\tsession timeout 120",
                  f'\tforward to <web{relay}> port 80 mode roundrobin \\\n\t\tcheck http "/health" host "www{relay}.example.com" code 200',
                  "}"]
    return "\n".join(lines) + "\n\n"


def comment(relay):
    return [f"# service {relay}: the machines of its rack,", f"# reached as www{relay}.example.com,", f"# looked after by team {relay % 7}"]


def relayd_rules(group):
    return ['match request header append "X-Forwarded-For" value "$REMOTE_ADDR"',
            'match request header set "X-Forwarded-Port" value "$SERVER_PORT"',
            f'match request header set "X-Group" value "group{group}" tag "dynamic"',
            'match request header remove "X-Internal"',
            f'block request quick path "/private{group}/*"',
            'block request quick header "User-Agent" value "BadBot*"',
            f'match request header "Host" value "static{group}.example.com" tag "static"',
            'match response tagged "static" header set "Cache-Control" value "max-age=3600"',
            'match response header set "X-Frame-Options" value "deny"',
            'match response tagged "dynamic" header remove "X-Powered-By"']


def haproxy(groups):
    """the same for haproxy, where a rule belongs to one frontend: those of a group share its rules among them"""
    head = "global\n\tno strict-limits\n\tmaxconn 1000\ndefaults\n\tmode http\n\ttimeout connect 5s\n\ttimeout client 120s\n\ttimeout server 120s\n"
    return head + "".join(haproxy_group(group) for group in range(groups))


def haproxy_group(group):
    lines = [f"# group {group}"]
    for number, relay in enumerate(range(group * RELAYS, group * RELAYS + RELAYS)):
        lines += ["", *comment(relay), f"frontend www{relay}",
                  f"\tbind {address(127, 65536 + relay)}:8080", *(f"\t{rule}" for rule in haproxy_rules(group)[number::RELAYS]),
                  f"\tdefault_backend web{relay}", f"backend web{relay}", "\tbalance roundrobin", "\toption httpchk",
                  f"\thttp-check send meth HEAD uri /health ver HTTP/1.1 hdr Host www{relay}.example.com",
                  "\thttp-check expect status 200",
                  *(f"\tserver s{host} {address(10, relay * HOSTS + host)}:80 check inter 10s rise 2" for host in range(HOSTS))]
    return "\n".join(lines) + "\n"


def haproxy_rules(group):
    return ["http-request add-header X-Forwarded-For %[src]",
            "http-request set-header X-Forwarded-Port %[dst_port]",
            f"http-request set-header X-Group group{group}",
            "http-request del-header X-Internal",
            f"http-request deny if {{ path_beg /private{group}/ }}",
            "http-request deny if { req.hdr(User-Agent) -m beg BadBot }",
            f"http-request set-var(txn.static) bool(true) if {{ req.hdr(Host) -i static{group}.example.com }}",
            "http-response set-header Cache-Control max-age=3600 if { var(txn.static) -m bool }",
            "http-response set-header X-Frame-Options deny",
            "http-response del-header X-Powered-By"]
