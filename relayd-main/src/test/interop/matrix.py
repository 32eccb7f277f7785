"""openssl s_client: versions x ciphers x SNI x client certificate x staple x tickets (before and after a reload) x ALPN."""
import concurrent.futures
import itertools
import os

from sclient import get, s_client
from world import DEFAULT, EXACT, UNKNOWN, WILD

# as asked for: which key it needs; "refused" is a suite that no server of ours has
CIPHERS = {"1.2": {"any": None, "ECDHE-ECDSA-CHACHA20-POLY1305": "EC", "ECDHE-RSA-AES128-GCM-SHA256": "RSA", "AES128-SHA": "refused"},
           "1.3": {"any": None, "TLS_CHACHA20_POLY1305_SHA256": None, "TLS_AES_128_GCM_SHA256": None,
                   "TLS_AES_128_CCM_SHA256": "refused"}}
# name that the client asks for: name and keys of the certificate that it gets
NAMES = {EXACT: (EXACT, ("EC", "RSA")), WILD: ("wild.test", ("EC",)), UNKNOWN: (DEFAULT, ("EC",)), None: (DEFAULT, ("EC",))}
# certificate that the client shows, where one is asked for: the alert; None is the listener that asks for none
CLIENTS = {None: {}, "good": {}, "stranger": {"1.2": "48", "1.3": "48"}, "expired": {"1.2": "45", "1.3": "45"},
           "none": {"1.2": "40", "1.3": "116"}}
# protocols that the client offers: the one that is agreed on
ALPN = {None: None, "http/1.1": "http/1.1", "h2": None, "h2,http/1.1": "http/1.1"}
# The library on both ends of a handshake decides what an alert is called; these mean the same.
HANDSHAKE_FAILURE, PROTOCOL_VERSION = "40", "70"


class Cell:
    def __init__(self, number, version, cipher, name, client, staple, tickets, alpn):
        self.number, self.version, self.cipher, self.name, self.client = number, version, cipher, name, client
        self.staple, self.tickets, self.alpn, self.session = staple, tickets, alpn, None
        self.listener = {(False, False): "defaults", (False, True): "tickets", (True, False): "mutual",
                         (True, True): "both"}[client is not None, tickets]

    def label(self):
        return (f"TLS {self.version}, cipher {self.cipher}, SNI {self.name or 'none'}, client certificate {self.client or 'not asked'}, "
                f"staple {'asked' if self.staple else 'not asked'}, tickets {'on' if self.tickets else 'off'}, ALPN {self.alpn or 'none'}")

    def expected(self):
        subject, keys = NAMES[self.name]
        needed = CIPHERS[self.version][self.cipher]
        if needed == "refused" or needed and needed not in keys:
            return {"alert": HANDSHAKE_FAILURE}
        alert = CLIENTS[self.client].get(self.version)
        if alert:
            return {"alert": alert}
        key = needed or "EC"
        reuse = "Reused" if self.tickets else "New"
        return {"version": "TLSv" + self.version, "cipher": self.cipher, "subject": subject, "key": key, "verified": True,
                "staple": self.staple and subject == EXACT and key == "EC", "alpn": ALPN[self.alpn], "answer": "200",
                "first": "New", "again": reuse, "after reload": reuse}

    def connect(self, world, offer=None, keep=None):
        words = ["-CAfile", world.trusted]
        if self.cipher != "any":
            words += ["-cipher" if self.version == "1.2" else "-ciphersuites", self.cipher]
        if self.client not in (None, "none"):
            leaf = world.client[self.client]
            words += ["-cert", leaf.certificate, "-key", leaf.key]
        words += ["-status"] if self.staple else []
        words += ["-alpn", self.alpn] if self.alpn else []
        words += ["-sess_in", offer] if offer and os.path.exists(offer) else []
        words += ["-sess_out", keep] if keep else []
        return s_client(world.port[self.listener], self.version, *words, name=self.name, request=get(self.name or DEFAULT))

    def first_two(self, world):
        self.session = os.path.join(world.folder, f"session{self.number}")
        seen = self.connect(world, keep=self.session)
        if seen.alert or not seen.version:
            self.seen = {"alert": seen.alert or "no answer, status " + str(seen.status)}
            return self
        self.seen = {"version": seen.version, "cipher": "any" if self.cipher == "any" else seen.cipher, "subject": seen.subject,
                     "key": seen.key, "verified": seen.verified, "staple": seen.staple, "alpn": seen.alpn, "answer": seen.answer,
                     "first": seen.reuse}
        self.seen["again"] = self.connect(world, offer=self.session, keep=self.session).reuse
        return self

    def third(self, world):
        if "alert" not in self.seen:
            self.seen["after reload"] = self.connect(world, offer=self.session).reuse
        return self


def cells():
    number = 0
    for version, name, client, staple, tickets, alpn in itertools.product(("1.2", "1.3"), NAMES, CLIENTS, (False, True),
                                                                          (False, True), ALPN):
        for cipher in CIPHERS[version]:
            yield Cell(number, version, cipher, name, client, staple, tickets, alpn)
            number += 1


def run(world, server, report, part=1):
    """part: only every such cell, so that all values occur in some"""
    chosen = [cell for cell in cells() if cell.number % part == 0]
    report.section(f"openssl s_client: {len(chosen)} cells")
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda cell: cell.first_two(world), chosen))
        report.row("reload", (0, ""), server.reload() if server.name != "relayd" else (server.reload()[0], ""))
        for cell in pool.map(lambda cell: cell.third(world), chosen):
            report.row(cell.label(), cell.expected(), cell.seen)
    versions(world, report)
    rest(world, report)


def versions(world, report):
    report.section("versions")
    offered = {"defaults": ("1.2", "1.3"), "twelve": ("1.2",), "thirteen": ("1.3",), "old": ("1.0", "1.1", "1.2", "1.3")}
    for listener, spoken in offered.items():
        for version in ("1.0", "1.1", "1.2", "1.3"):
            seen = s_client(world.port[listener], version, "-cipher", "ALL:@SECLEVEL=0", name=DEFAULT, request=get(DEFAULT))
            # openssl says TLSv1 for 1.0
            expected = "TLSv" + version.removesuffix(".0") if version in spoken else "alert " + PROTOCOL_VERSION
            report.row(f"listener {listener}, client with TLS {version}", expected,
                       seen.protocol or seen.version if seen.answer else f"alert {seen.alert}")


def rest(world, report):
    report.section("names, keys and sessions that differ")
    port = world.port["defaults"]
    for version in ("1.2", "1.3"):
        seen = s_client(port, version, name=EXACT.upper(), request=get(EXACT))
        report.row(f"TLS {version}, SNI in capitals", EXACT, seen.subject)
        seen = s_client(port, version, name="a.b.wild.test", request=get("a.b.wild.test"))
        report.row(f"TLS {version}, two labels where the wildcard is one", DEFAULT, seen.subject)
        seen = s_client(port, version, "-sigalgs", "rsa_pss_rsae_sha256", name=EXACT, request=get(EXACT))
        report.row(f"TLS {version}, client that knows RSA only", (EXACT, "RSA"), (seen.subject, seen.key))
        seen = s_client(port, version, "-sigalgs", "rsa_pss_rsae_sha256", name=WILD, request=get(WILD))
        report.row(f"TLS {version}, client that knows RSA only, name without RSA", HANDSHAKE_FAILURE, seen.alert)
        good, session = world.client["good"], os.path.join(world.folder, "other" + version)
        shown = ("-cert", good.certificate, "-key", good.key)
        s_client(world.port["tickets"], version, "-sess_out", session, name=EXACT, request=get(EXACT))
        seen = s_client(world.port["both"], version, "-sess_in", session, *shown, name=EXACT, request=get(EXACT))
        report.row(f"TLS {version}, session of another listener", ("New", "200"), (seen.reuse, seen.answer))
        seen = s_client(world.port["both"], version, "-sess_in", session, name=EXACT, request=get(EXACT))
        report.row(f"TLS {version}, session of another listener in place of a client certificate", (None, CLIENTS["none"][version]),
                   (seen.answer, seen.alert))
    for group in ("X25519", "P-256", "P-384"):
        seen = s_client(port, "1.3", "-groups", group, name=DEFAULT, request=get(DEFAULT))
        report.row(f"group {group}", "200", seen.answer)
    seen = s_client(port, "1.3", "-groups", "ffdhe2048", name=DEFAULT)
    report.row("a group that it does not have", HANDSHAKE_FAILURE, seen.alert)
