"""openssl s_client: one connection, and what it says about it."""
import os
import re
import subprocess

OPTION = {"1.0": "-tls1", "1.1": "-tls1_1", "1.2": "-tls1_2", "1.3": "-tls1_3"}
ALERT = re.compile(r"SSL alert number (\d+)")


class Seen:
    def __init__(self, text, status):
        self.text, self.status = text, status
        hello = re.search(r"^(New|Reused), (TLSv[\d.]+), Cipher is (\S+)", text, re.MULTILINE)
        self.reuse, self.version, self.cipher = hello.groups() if hello else (None, None, None)
        # Cipher suites of TLS 1.0 are what the first line calls TLSv1.0 for 1.1 too.
        self.protocol = self._first(re.compile(r"^ *Protocol *: (\S+)", re.MULTILINE))
        self.alert = self._first(ALERT)
        self.subject = self._first(re.compile(r"^subject=CN = (\S+)", re.MULTILINE))
        self.key = {"ECDSA": "EC", "RSA-PSS": "RSA", "RSA": "RSA"}.get(self._first(re.compile(r"^Peer signature type: (\S+)", re.MULTILINE)))
        self.staple = "OCSP Response Status: successful" in text
        self.alpn = self._first(re.compile(r"^ALPN protocol: (\S+)", re.MULTILINE))
        self.verified = "Verify return code: 0 (ok)" in text
        self.answer = self._first(re.compile(r"HTTP/1\.1 (\d{3}) "))

    def _first(self, expression):
        found = expression.search(self.text)
        return found.group(1) if found else None


def s_client(port, version, *more, name=None, request=None, seconds=15):
    """connects; request: bytes to send, and then reads until the other end closes, else closes at once"""
    words = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", *([OPTION[version]] if version else []),
             *(["-servername", name] if name else ["-noservername"]), *map(str, more)]
    if request:
        words.append("-ign_eof")
    try:
        ran = subprocess.run(words, input=request or b"Q\n", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds,
                             env=dict(os.environ, OPENSSL_CONF="/dev/null"))
        return Seen(ran.stdout.decode("latin-1"), ran.returncode)
    except subprocess.TimeoutExpired as stuck:
        return Seen((stuck.stdout or b"").decode("latin-1") + "\nstuck", -1)


def get(host):
    return f"GET /1 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
