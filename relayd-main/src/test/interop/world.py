"""Certificates, what stands after the relays, and which listener has which of them: the same for every server under test."""
import base64
import os
import secrets
import socket
import subprocess
import time

from authority import RSA, Authority
from origin import Echo, Http, Origin

DEFAULT, EXACT, WILD, UNKNOWN = "default.test", "www.example.test", "any.wild.test", "unknown.test"
FIRST_PORT = int(os.environ.get("INTEROP_PORT", "24100"))

# ports of what stands after the server under test, and of what stands in front of it
NEIGHBOURS = {"nginx": FIRST_PORT + 30, "haproxy": FIRST_PORT + 31}
FRONTS = {"nginx": FIRST_PORT + 32, "haproxy": FIRST_PORT + 33}


class Listener:
    """What one relay is like; kind: http or echo; target: plain, tls, wrong (a name that its
    certificate does not have), nginx, haproxy (over TLS, and on to the plain one)."""

    def __init__(self, name, kind="http", tls=True, tickets=False, client_ca=False, versions=("1.2", "1.3"), target="plain"):
        self.name, self.kind, self.tls, self.tickets, self.client_ca = name, kind, tls, tickets, client_ca
        self.versions, self.target, self.port = versions, target, 0


LISTENERS = (
    Listener("defaults"), Listener("tickets", tickets=True), Listener("mutual", client_ca=True),
    Listener("both", client_ca=True, tickets=True), Listener("old", versions=("1.0", "1.1", "1.2", "1.3")),
    Listener("twelve", versions=("1.2",)), Listener("thirteen", versions=("1.3",)), Listener("echo", kind="echo"),
    Listener("again", target="tls"), Listener("wrong", tls=False, target="wrong"), Listener("outward", tls=False, target="tls"),
    Listener("tonginx", target="nginx"), Listener("tohaproxy", target="haproxy"), Listener("echoagain", kind="echo", target="tls"), Listener("plainecho", kind="echo", tls=False),
)


class World:
    def __init__(self, folder):
        self.folder = folder
        self.ours, self.clients, stranger = (Authority(folder, name) for name in ("ours", "clients", "stranger"))
        # A client without ECDSA does not take what an authority with such a key has signed either.
        ours_rsa = Authority(folder, "ours-rsa", RSA)
        self.trusted = os.path.join(folder, "trusted.pem")
        with open(self.trusted, "w") as out:
            for authority in (self.ours, ours_rsa):
                with open(authority.certificate) as file:
                    out.write(file.read())
        # In this order: the first is the default; two of one name, with keys of different kinds.
        self.leaves = [self.ours.sign(DEFAULT, ["DNS:" + DEFAULT, "IP:127.0.0.1"]), self.ours.sign(EXACT, ["DNS:" + EXACT]),
                       ours_rsa.sign(EXACT, ["DNS:" + EXACT], RSA, EXACT + ".rsa"),
                       self.ours.sign("wild.test", ["DNS:*.wild.test"])]
        self.staples = {self.leaves[1]: self.ours.staple(self.leaves[1])}
        self.client = {"good": self.clients.sign("good"), "stranger": stranger.sign("stranger"),
                       "expired": self.clients.sign("expired", dates=("20200101000000Z", "20210101000000Z"))}
        self.origin_leaf = origin = self.ours.sign("origin.test", ["DNS:origin.test"])
        self.origins = [Origin(0, Http), Origin(0, Echo), Origin(0, Http, origin), Origin(0, Echo, origin)]
        self.ticket_keys = [base64.b64encode(secrets.token_bytes(48)).decode() for _ in range(3)]
        for number, listener in enumerate(LISTENERS):
            listener.port = FIRST_PORT + number
        self.port = {listener.name: listener.port for listener in LISTENERS}

    def origin(self, listener):
        """the port that a listener forwards to"""
        if listener.target in NEIGHBOURS:
            return NEIGHBOURS[listener.target]
        plain, plain_echo, over_tls, echo_over_tls = (one.port for one in self.origins)
        if listener.kind == "http":
            return plain if listener.target == "plain" else over_tls
        return plain_echo if listener.target == "plain" else echo_over_tls

    def renew(self, leaf):
        """signs a certificate and key anew in place of a leaf's; returns the serial number of the new one"""
        names = {DEFAULT: ["DNS:" + DEFAULT, "IP:127.0.0.1"]}.get(leaf.name, ["DNS:" + leaf.name])
        file = os.path.basename(leaf.path)
        self.ours.sign(leaf.name, names, file=file)
        return serial_of(leaf.certificate)

    def close(self):
        for origin in self.origins:
            origin.close()


def serial_of(certificate):
    ran = subprocess.run(["openssl", "x509", "-noout", "-serial", "-in", certificate], capture_output=True, text=True, timeout=10)
    return ran.stdout.strip().removeprefix("serial=")


def wait_for_port(port, process, log, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    with open(log, errors="replace") as file:
        raise SystemExit(f"the server under test did not start: {file.read()[-3000:]}")
