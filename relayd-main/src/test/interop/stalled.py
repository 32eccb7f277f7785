"""Ten thousand handshakes that are never finished, or as many as the limit of open files allows (relayd sets aside two for each
client): memory, others are served, and all are gone after the limit of ten seconds."""
import os
import re
import resource
import socket
import time

from hostile import client_hello
from sclient import get, s_client
from world import DEFAULT

COUNT = min(10000, (resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 300) // 2)
# what a handshake may hold that has stopped (a record of 16 KiB, and the session), and seconds within which it is ended
KIB, SECONDS = 24, 10


def rss_kib(server):
    """of the process that serves"""
    most = 0
    for process in [server.process.pid, *children(server.process.pid)]:
        with open(f"/proc/{process}/status") as file:
            found = re.search(r"VmRSS:\s+(\d+)", file.read())
        most = max(most, int(found.group(1)) if found else 0)
    return most


def children(process):
    with open(f"/proc/{process}/task/{process}/children") as file:
        return [int(one) for one in file.read().split()]


def descriptors(server):
    return max(len(os.listdir(f"/proc/{one}/fd")) for one in [server.process.pid, *children(server.process.pid)])


def run(world, server, report):
    hello = client_hello()
    port = world.port["defaults"]
    for name, octets in (("nine octets of a ClientHello", hello[:9]), ("a ClientHello and then silence", hello),
                         ("12,000 octets of 16 KiB", b"\x16\x03\x01\x3f\x00\x01\x00\x3e\xfc\x03\x03" + bytes(12000)),
                         ("five octets that announce 16 KiB", b"\x16\x03\x01\x40\x00"), ("nothing at all", b"")):
        report.section(f"{COUNT:,} connections that send {name}")
        for _ in range(20):
            s_client(port, "1.3", name=DEFAULT, request=get(DEFAULT))
        before, files = rss_kib(server), descriptors(server)
        held, begin = [], time.monotonic()
        try:
            for _ in range(COUNT):
                connection = socket.socket()
                connection.setsockopt(socket.IPPROTO_IP, 24, 1)  # IP_BIND_ADDRESS_NO_PORT
                connection.bind(("127.0.0.3", 0))
                connection.settimeout(5)
                connection.connect(("127.0.0.1", port))
                held.append(connection)
                if octets:
                    connection.send(octets)
            report.fact("opened within", f"{time.monotonic() - begin:.1f} s")
            answer = s_client(port, "1.3", name=DEFAULT, request=get(DEFAULT)).answer
            report.row("another client is served meanwhile", "200", answer)
            report.fact("held at the same time", descriptors(server) - files)
            report.within("memory for each", (rss_kib(server) - before) / len(held), KIB, " KiB")
            deadline = time.monotonic() + SECONDS + 3
            while descriptors(server) > files + 50 and time.monotonic() < deadline:
                time.sleep(0.1)
            report.row("left after ten seconds and three", True, descriptors(server) <= files + 50)
        except OSError as error:
            report.row("connections", COUNT, f"{len(held)}: {error}")
        finally:
            for connection in held:
                connection.close()
        report.row("serves afterwards", "200", s_client(port, "1.3", name=DEFAULT, request=get(DEFAULT)).answer)
        report.fact("RSS", f"{before / 1024:.0f} MiB before, {rss_kib(server) / 1024:.0f} afterwards")
