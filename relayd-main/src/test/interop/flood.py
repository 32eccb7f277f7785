"""Thirty seconds of handshakes as fast as they go beside a steady client, whose latencies must not double."""
import http.client
import os
import socket
import subprocess
import sys
import threading
import time

from clients import trusting
from hostile import client_hello
from world import DEFAULT

SECONDS, RATE = int(os.environ.get("INTEROP_FLOOD", "30")), 100


def run(world, server, report):
    # What else the machine does must not make the steady client wait either.
    os.setpriority(os.PRIO_PROCESS, 0, -10)
    try:
        both_kinds(world, report)
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, 0)


def both_kinds(world, report):
    for kind in ("whole", "begun"):
        report.section(f"{SECONDS} s of handshakes that are {'finished' if kind == 'whole' else 'only begun'}")
        Steady(world).run(3)
        quiet = Steady(world).run(SECONDS / 3)
        # Another process, and one that gives way, so that it is not the flood's own work that makes the steady client wait.
        flood = subprocess.Popen(["nice", "-n", "25", sys.executable, __file__, kind, str(world.port["defaults"]), str(SECONDS), world.trusted],
                                 stdout=subprocess.PIPE, text=True)
        time.sleep(0.5)
        steady = Steady(world)
        loud = steady.run(SECONDS - 1)
        report.fact("handshakes", flood.communicate(timeout=60)[0].strip())
        report.row("requests of the steady client that failed", 0, steady.failed)
        for name, at in (("half", 0.5), ("99 of 100", 0.99)):
            report.fact(f"{name} are answered within", f"{percentile(quiet, at):.2f} ms alone, {percentile(loud, at):.2f} ms beside it")
            report.within(f"{name}: so many times as long", percentile(loud, at) / percentile(quiet, at), 2)


def percentile(values, at):
    return sorted(values)[int(len(values) * at)] if values else float("inf")


class Steady:
    """One connection that asks at a rate; latencies in ms."""

    def __init__(self, world):
        self.world, self.failed = world, 0

    def run(self, seconds):
        connection = http.client.HTTPSConnection("127.0.0.1", self.world.port["defaults"], timeout=10, context=trusting(self.world, "1.3"))
        latencies, due, end = [], time.monotonic(), time.monotonic() + seconds
        while time.monotonic() < end:
            begin = time.monotonic()
            try:
                connection.request("GET", "/100", headers={"Host": DEFAULT})
                connection.getresponse().read()
                latencies.append((time.monotonic() - begin) * 1000)
            except (OSError, http.client.HTTPException):
                self.failed += 1
                connection.close()
            due = max(due + 1 / RATE, time.monotonic() - 1)
            time.sleep(max(0, due - time.monotonic()))
        connection.close()
        return latencies


def flood(kind, port, seconds):
    """opens connections, and finishes the handshake or leaves after the ClientHello"""
    import ssl
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    hello, end, count, failed = client_hello(), time.monotonic() + seconds, [0] * 4, [0] * 4

    def work(number):
        while time.monotonic() < end:
            try:
                with socket.create_connection(("127.0.0.1", port), 5, ("127.0.0.4", 0)) as plain:
                    if kind == "whole":
                        context.wrap_socket(plain, server_hostname=DEFAULT).close()
                    else:
                        plain.sendall(hello)
                        plain.recv(1)
                count[number] += 1
            except OSError:
                failed[number] += 1
    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{sum(count)}, {sum(count) / seconds:.0f}/s; {sum(failed)} failed")


if __name__ == "__main__":
    flood(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
