"""What is no TLS, or TLS with bad manners; after each the listener serves as before, and the log holds a bounded number of lines."""
import os
import socket
import ssl
import struct
import subprocess
import time

from clients import trusting
from sclient import get, s_client
from world import DEFAULT, LISTENERS

# announced lengths of a ClientHello that never comes
HUGE = 0xFFFFFF
PATIENCE = 5


def run(world, server, report):
    port, before = world.port["defaults"], len(server.log_lines())
    report.section("hostile bytes")
    hello = client_hello()
    cases = (
        ("plain HTTP", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        ("plain HTTP that asks a proxy", b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n"),
        ("zeros", bytes(4096)),
        ("random bytes", os.urandom(4096)),
        ("SSL 2 hello", b"\x80\x2e\x01\x00\x02\x00\x15\x00\x00\x00\x10" + bytes(40)),
        ("PROXY line", b"PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\n" + hello),
        ("ClientHello that announces 16 MiB", b"\x16\x03\x01\x40\x00\x01" + struct.pack(">I", HUGE)[1:] + b"\x03\x03" + bytes(16378)),
        ("record of more than 16 KiB", b"\x16\x03\x01\x48\x01" + bytes(0x4801)),
        ("empty records", b"\x16\x03\x01\x00\x00" * 200),
        ("alert as first record", b"\x15\x03\x01\x00\x02\x02\x28"),
        ("data as first record", b"\x17\x03\x03\x00\x05hello"),
        ("ChangeCipherSpec a thousand times", b"\x14\x03\x03\x00\x01\x01" * 1000),
        ("ClientHello, then garbage", hello + os.urandom(4096)),
        ("ClientHello twice", hello + hello),
        ("half a ClientHello, then the end", hello[:100]),
        ("nothing, then the end", b""),
    )
    for name, octets in cases:
        seen = send(port, octets, close="end" in name)
        if "HTTP" in name:
            report.row(name, True, seen.startswith(b"HTTP/1.") and b" 400 " in seen[:20])
        else:
            report.row(name + ": refused or closed, and nothing else", True, is_alert_or_end(seen, hello in octets))
        report.row(name + ": serves afterwards", "200", s_client(port, "1.3", name=DEFAULT, request=get(DEFAULT)).answer)
    report.row("trickled ClientHello, an octet at a time", "200", trickled(world, port))
    report.row("ClientHello in records of one octet", "200", trickled(world, port, records=True))
    renegotiation(world, report)
    truncated(world, report)
    lines = server.log_lines()[before:]
    # One for each, and one for each listener that was only asked whether it is there.
    report.within("lines of the log", len(lines), len(cases) + len(LISTENERS) + 5)
    for line in lines:
        report.fact("log", line)


def client_hello():
    """what Python would send first"""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    try:
        context.wrap_bio(incoming, outgoing, server_hostname=DEFAULT).do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


def send(port, octets, close=False):
    """what comes back until the other end closes; "stuck" at the end if it does not within ten seconds and some"""
    seen = b""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.settimeout(13)
        try:
            connection.sendall(octets)
            if close:
                connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                seen += part
        except TimeoutError:
            seen += b"stuck"
        except OSError:
            pass  # reset, after or in place of an alert
    return seen


def is_alert_or_end(seen, after_hello):
    """whether nothing came but alerts, or the server's part of a handshake where a ClientHello was whole"""
    while seen:
        if len(seen) < 5 or seen[0] not in ((20, 21, 22, 23) if after_hello else (21,)):
            return False
        seen = seen[5 + struct.unpack(">H", seen[3:5])[0]:]
    return True


def trickled(world, port, records=False):
    """a request whose handshake comes in pieces; its status"""
    context = trusting(world, "1.3")
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    end = context.wrap_bio(incoming, outgoing, server_hostname=DEFAULT)
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.settimeout(PATIENCE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        first = True

        def exchange(call):
            nonlocal first
            while True:
                try:
                    return call()
                except ssl.SSLWantReadError:
                    octets = outgoing.read()
                    if records and first and octets:
                        octets = b"".join(b"\x16\x03\x01\x00\x01" + octets[5 + at:6 + at] for at in range(len(octets) - 5))
                    step = 1 if first and not records else max(len(octets), 1)
                    for at in range(0, len(octets), step):
                        connection.sendall(octets[at:at + step])
                        if step == 1:
                            time.sleep(0.001)
                    first = first and not octets
                    part = connection.recv(65536)
                    if not part:
                        incoming.write_eof()
                    incoming.write(part)
        try:
            exchange(end.do_handshake)
            end.write(get(DEFAULT))
            return exchange(lambda: end.read(100)).split()[1].decode()
        except OSError as error:
            return str(error)


def renegotiation(world, report):
    """with TLS 1.2 the client asks for a new handshake: refused, and the connection not left in doubt"""
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{world.port['echo']}", "-tls1_2", "-servername", DEFAULT, "-legacy_renegotiation"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        time.sleep(0.3)
        try:
            process.stdin.write(b"R\n")
            process.stdin.flush()
            text = process.communicate(timeout=PATIENCE)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            text = process.communicate()[0] + b"stuck"
        except OSError:
            text = process.stdout.read()
    report.row("renegotiation that the client asks for", (True, False, False),
               (b"RENEGOTIATING" in text, b"stuck" in text, text.count(b"verify return") > 4))
    report.fact("renegotiation", "; ".join(line for line in text.decode("latin-1").splitlines() if "alert" in line or "error" in line)[:300])


def truncated(world, report):
    """a client that goes without close_notify: what it had sent comes back all the same, and nothing is left over"""
    for version in ("1.2", "1.3"):
        with socket.create_connection(("127.0.0.1", world.port["echo"]), PATIENCE) as plain:
            connection = trusting(world, version).wrap_socket(plain, server_hostname=DEFAULT)
            connection.settimeout(PATIENCE)
            connection.sendall(b"hello")
            seen = connection.recv(5)
            connection.shutdown(socket.SHUT_WR)  # FIN without close_notify
            try:
                rest = connection.recv(5)
            except ssl.SSLError as error:
                rest = type(error).__name__
            except OSError as error:
                rest = type(error).__name__
            report.row(f"TLS {version}, client that goes without close_notify: echo", b"hello", seen)
            report.fact(f"TLS {version}, client that goes without close_notify: then", rest)
            connection.detach()
