"""Certificates change under load: no request fails, the new one is seen; one that is broken is refused, and the old one stays."""
import http.client
import os
import shutil
import threading
import time

from clients import trusting, wait_until
from world import DEFAULT, serial_of

RATE, WORKERS = 200, 4


class Requests:
    """Threads that ask at a rate together, every fourth time over a new connection."""

    def __init__(self, world):
        self.world, self.failed, self.done, self.serials, self.stopping = world, [], 0, [], threading.Event()
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(WORKERS)]
        for thread in self.threads:
            thread.start()

    def _work(self):
        context, connection, number = trusting(self.world, "1.3"), None, 0
        due = time.monotonic()
        while not self.stopping.is_set():
            try:
                if connection is None or number % 4 == 0:
                    if connection:
                        connection.close()
                    connection = self._connect(context)
                connection.request("GET", "/100", headers={"Host": DEFAULT})
                answer = connection.getresponse()
                if answer.status != 200 or len(answer.read()) != 100:
                    raise OSError(f"status {answer.status}")
                self.done += 1
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(repr(error))
                connection = None
            number += 1
            due += WORKERS / RATE
            time.sleep(max(0, due - time.monotonic()))

    def _connect(self, context):
        connection = http.client.HTTPSConnection("127.0.0.1", self.world.port["defaults"], timeout=10, context=context)
        connection.connect()
        serial = connection.sock.getpeercert()["serialNumber"]
        if not self.serials or self.serials[-1] != serial:
            self.serials.append(serial)
        return connection

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join(15)


def run(world, server, report):
    report.section(f"reload of certificates under {RATE} requests/s")
    leaf = world.leaves[0]
    requests = Requests(world)
    try:
        time.sleep(1)
        for number in range(3):
            expected = world.renew(leaf)
            server.place(leaf)
            status, text = server.reload()
            report.row(f"reload {number + 1}", 0, status)
            report.row(f"reload {number + 1}: new certificate is shown", True,
                       wait_until(lambda: requests.serials and requests.serials[-1] == expected))
            time.sleep(0.5)
        last = serial_of(leaf.certificate)
        for name, break_it in (("a certificate that is none", no_certificate), ("a key of another certificate", wrong_key),
                               ("no key", no_key)):
            break_it(world, server)
            status, text = server.reload()
            report.row(f"{name}: refused", True, status != 0)
            report.fact(name, text[:300].replace("\n", "; "))
            time.sleep(0.3)
            report.row(f"{name}: the old one stays", last, requests.serials[-1])
        server.place(leaf)
        report.row("mended", 0, server.reload()[0])
        time.sleep(0.5)
    finally:
        requests.stop()
    report.row("requests that failed", [], requests.failed[:5])
    report.fact("requests", requests.done)


def no_certificate(world, server):
    with open(os.path.join(server.ssl, DEFAULT + ".crt"), "w") as out:
        out.write("-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n")


def wrong_key(world, server):
    server.place(world.leaves[0])
    shutil.copy(world.leaves[3].key, os.path.join(server.ssl, "private", DEFAULT + ".key"))


def no_key(world, server):
    server.place(world.leaves[0])
    os.remove(os.path.join(server.ssl, "private", DEFAULT + ".key"))
