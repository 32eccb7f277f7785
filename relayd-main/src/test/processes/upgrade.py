#!/usr/bin/env python3
"""Upgrades, restarts and reloads a daemon under 200 requests a second, and looks at what is left each time.

    upgrade.py [--relayd PATH] [--only running|restarts] [--patience FACTOR] [-v]

As root; makes two network namespaces: the daemon's, and one of the clients, whose requests come by a link so that
redirections see them. Each request has a connection of its own, to a relay over HTTP, one over TLS or a redirection;
besides, connections that are kept, short downloads, and such as last longer than a daemon waits for its
sessions. Five times another daemon takes over, three times a daemon ends and the next one gets its sockets as
systemd(1) passes them, ten times the configuration is another one, once a broken one. Status 1 if not all was as
relayd(8) says:
  - no connection is refused, but by a redirection while no daemon runs
  - no request fails and no session is cut, but what still goes on when the time of --drain is over
  - after each step there are the rules, the route, the run file, the names and the answers of exactly one daemon"""
import argparse
import asyncio
import collections
import fcntl
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

import stage
from stage import ROOT, Origin, Trial, called, ip, isolate, rules, run_files

RATE = 200
# Failures that are told one by one.
MOST_TOLD = 20
# Seconds that sessions have to end, the default of --drain.
DRAIN = 5
HERE, THERE = "10.98.0.1", "10.98.0.2"
CONFIGURATION = """interval 2
table <web> {{ 127.0.0.1 }}
table <far> {{ 10.99.0.2 }}
table <uplinks> {{ %(there)s }}
http protocol "plain" {{
    match request header set "X-Mark" value "{mark}"
}}
http protocol "secure" {{
    match request header set "X-Mark" value "{mark}"
    tls keypair "%(keypair)s"
}}
relay "www" {{
    listen on %(here)s port 8080
    protocol "plain"
    forward to <web> port 9001 timeout 1500 check tcp
}}
relay "shop" {{
    listen on %(here)s port 8443 tls
    protocol "secure"
    forward to <web> port 9001 timeout 1500 check tcp
}}
redirect "far" {{
    listen on %(here)s port 80
    forward to <far> port 9002 check tcp
}}
router "uplinks" {{
    route 198.51.100.0/24
    forward to <uplinks> port 9003 check tcp
}}
"""
NAMES = ["log", "relayd.conf", "relayd.sock", "relayd.sock.take-over", "www.crt", "www.key"]
TRUSTING = ssl._create_unverified_context()

Way = collections.namedtuple("Way", "name port tls")
RELAY, SECURE, REDIRECTION = Way("relay", 8080, None), Way("TLS", 8443, TRUSTING), Way("redirection", 80, None)
# In turn; a handshake costs the clients most.
TURNS = (RELAY, REDIRECTION, RELAY, SECURE, RELAY, REDIRECTION, RELAY, REDIRECTION)
Failure = collections.namedtuple("Failure", "what way begun ended fault")


def connected(way):
    return asyncio.open_connection(HERE, way.port, ssl=way.tls)


async def closed(writer):
    writer.close()
    try:
        await writer.wait_closed()
    except OSError:
        # The other end was quicker.
        pass


async def answered(reader, writer, path="/", close=True):
    """Asks and returns head and content of a whole answer."""
    end = "Connection: close\r\n" if close else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: a\r\n{end}\r\n".encode())
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        content = await reader.readexactly(int(re.search(rb"(?i)content-length: (\d+)", head).group(1)))
    except asyncio.IncompleteReadError as cut:
        raise OSError(f"cut off after {len(cut.partial)} octets") from None
    if not head.startswith(b"HTTP/1.1 200"):
        raise OSError("answered " + head[:40].decode("latin-1"))
    return head, content


class Clients(threading.Thread):
    """Ask from a network namespace of their own, until they are stopped."""

    def __init__(self):
        super().__init__(daemon=True)
        self.ready, self.linked, self.over = threading.Event(), threading.Event(), False
        self.asking = threading.Event()
        self.begun, self.good, self.failures, self.orderly = 0, collections.Counter(), [], 0
        self.under_way = set()

    def run(self):
        called("unshare", stage.CLONE_NEWNET)
        self.ready.set()
        self.linked.wait()
        for words in ("link set lo up", "link set c0 up", f"addr add {THERE}/24 dev c0"):
            ip(words)
        Origin(THERE, 9003).start()
        asyncio.run(self.ask())

    def begin(self):
        """Makes a link to them; they ask from asking.set() on."""
        self.start()
        self.ready.wait()
        ip(f"link add ext0 type veth peer name c0 netns {self.native_id}")
        for words in ("link set ext0 up", f"addr add {HERE}/24 dev ext0"):
            ip(words)
        self.linked.set()

    def end(self):
        """Lets them get the answers that they wait for, and takes the link away."""
        self.over = True
        self.join(90)
        ip("link del ext0")

    async def ask(self):
        while not self.asking.is_set():
            await asyncio.sleep(0.05)
        keepers = [self.keep(way) for way in (RELAY, RELAY, SECURE, REDIRECTION)]
        downloads = [self.download("download", way, 20) for way in (RELAY, SECURE)]
        long = [self.download("long download", way, 20 * DRAIN) for way in (RELAY, SECURE)]
        await asyncio.gather(self.pace(), *keepers, *downloads, *long)

    async def pace(self):
        first = time.monotonic()
        while not self.over:
            due = first + self.begun / RATE
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            request = asyncio.create_task(self.once(TURNS[self.begun % len(TURNS)]))
            self.under_way.add(request)
            request.add_done_callback(self.under_way.discard)
            self.begun += 1
        self.seconds = time.monotonic() - first
        await asyncio.gather(*self.under_way)

    async def noted(self, what, way, action):
        """Does something and keeps what became of it; returns whether it went well."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(60):
                await action
            self.good[what] += 1
            return True
        except (OSError, TimeoutError) as fault:
            self.failures.append(Failure(what, way, begun, time.monotonic(), fault))
            return False

    async def once(self, way):
        async def request():
            reader, writer = await connected(way)
            try:
                await answered(reader, writer)
            finally:
                await closed(writer)
        await self.noted("request", way, request())

    async def keep(self, way):
        """Asks again and again over one connection; if the answer says that it was the last, over another."""
        ends = []
        while not self.over:
            if not ends:
                async def connect():
                    ends.extend(await connected(way))
                if not await self.noted("connection", way, connect()):
                    await asyncio.sleep(0.2)
                    continue

            async def request():
                head, _ = await answered(*ends, close=False)
                if re.search(rb"(?i)\r\nconnection: close", head):
                    self.orderly += 1
                    await closed(ends[1])
                    ends.clear()
            if not await self.noted("session request", way, request()):
                await closed(ends[1])
                ends.clear()
            await asyncio.sleep(0.2)

    async def download(self, what, way, pieces):
        async def load():
            reader, writer = await connected(way)
            try:
                _, content = await answered(reader, writer, f"/slow/{pieces}")
                if content != Origin.PIECE * pieces:
                    raise OSError("another content")
            finally:
                await closed(writer)
        while not self.over:
            if not await self.noted(what, way, load()):
                await asyncio.sleep(0.2)


class Upgrade(Trial):
    def __init__(self, options):
        super().__init__(options.relayd, "", (HERE, 8080), options.patience)
        # When daemons of a phase were told to end, and from when to when none had rules.
        self.clients, self.stops, self.without = None, [], []
        self.verbose, self.only = options.verbose, options.only
        self.relayctl = os.path.join(os.path.dirname(options.relayd), "relayctl")
        keypair = os.path.join(self.folder, "www")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-subj", "/CN=" + HERE, "-days", "2", "-keyout", keypair + ".key", "-out", keypair + ".crt"],
                       check=True, stderr=subprocess.DEVNULL)
        self.daemon.template = CONFIGURATION % {"here": HERE, "there": THERE, "keypair": "../../.." + keypair}
        self.daemon.write(self.daemon.template.format(mark=0))

    @staticmethod
    def routes():
        return subprocess.run(["ip", "route", "show", "198.51.100.0/24"], capture_output=True, text=True).stdout

    def looks_whole(self):
        return rules() == self.rules and self.routes() == self.route

    def check(self, step):
        """What must be there once a step is done and whoever ends has ended."""
        if self.verbose:
            print(f"{step}: {self.clients.begun} requests, {len(self.clients.failures)} failed", flush=True)
        try:
            self.until(5, "the rules and the route as before", self.looks_whole)
            self.until(5, "one run file", lambda: len(run_files()) == 1)
            self.until(5, "its names", lambda: sorted(os.listdir(self.folder)) == NAMES)
            self.until(20, "answers to those who waited", lambda: len(self.clients.under_way) < RATE // 4)
        except TimeoutError as late:
            self.fault(f"{step}: {late}: {rules()} {self.routes()} {run_files()} {os.listdir(self.folder)}")
        shown = subprocess.run([self.relayctl, "-s", self.daemon.control, "show", "summary"], capture_output=True,
                               text=True)
        if shown.returncode or "www" not in shown.stdout:
            self.fault(f"{step}: relayctl {shown.stdout} {shown.stderr}")

    def stopped(self, parent):
        if parent.wait((DRAIN + 15) * self.patience):
            self.fault(f"the end: status {parent.returncode}")

    def take_over(self):
        before, lines = self.daemon.parent, len(self.daemon.lines())
        self.daemon.parent = self.daemon.launch("--take-over")
        self.until(20, "a take-over", lambda: "take-over: another daemon serves" in self.daemon.lines()[lines:])
        self.stops.append(time.monotonic())
        self.stopped(before)

    def restart(self, sockets):
        """The sockets wait; nobody has rules meanwhile."""
        begun = time.monotonic()
        self.stops.append(begun)
        self.daemon.parent.terminate()
        self.stopped(self.daemon.parent)
        self.activate(sockets)
        self.until(20, "rules", self.looks_whole)
        self.without.append((begun, time.monotonic()))

    def activate(self, sockets):
        """Starts a daemon with sockets at descriptors 3, 4, ..., as sd_listen_fds(3) wants them."""
        high = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 100) for one in sockets]

        def prepare():
            for number, descriptor in enumerate(high, start=3):
                os.dup2(descriptor, number)
            os.environ.update(LISTEN_FDS=str(len(high)), LISTEN_PID=str(os.getpid()))
        self.daemon.parent = self.daemon.launch(preexec_fn=prepare, pass_fds=range(3, 3 + len(high)))
        for descriptor in high:
            os.close(descriptor)
        self.until(20, "an answer", self.daemon.answers)

    def reload(self, mark):
        self.daemon.reload(mark)
        self.until(10, f"configuration {mark}", lambda: self.daemon.mark() == str(mark))

    def refused_reload(self, mark):
        lines = len(self.daemon.lines())
        self.daemon.write("relay {\n")
        self.daemon.parent.send_signal(signal.SIGHUP)
        self.until(10, "a refusal", lambda: any("reload refused" in line for line in self.daemon.lines()[lines:]))
        if self.daemon.mark() != str(mark):
            self.fault(f"a broken file: mark {self.daemon.mark()}, not {mark}")

    def run(self):
        Origin("127.0.0.1", 9001).start()
        Origin("10.99.0.2", 9002).start()
        if self.only != "restarts":
            self.phase(self.daemon.start, self.take_overs_and_reloads)
        if self.only != "running":
            self.activated_phase()

    def activated_phase(self):
        # Listening sockets of whoever starts daemons; they outlive all of these.
        sockets = []

        def first():
            sockets.extend(socket.create_server((HERE, port), backlog=4096) for port in (8080, 8443))
            self.activate(sockets)
        self.phase(first, lambda: self.restarts(sockets))

    def phase(self, start, steps):
        self.clients, self.stops, self.without = Clients(), [], []
        self.clients.begin()
        start()
        self.route = self.until(10, "a route", self.routes)
        self.rules = self.until(10, "rules", lambda: "goto" in rules() and rules())
        self.clients.asking.set()
        time.sleep(2)
        self.guarded(steps)
        time.sleep(2)
        self.clients.end()
        self.judge()
        self.end()

    def take_overs_and_reloads(self):
        for number in range(1, 6):
            self.take_over()
            self.check(f"take-over {number}")
        for number in range(1, 11):
            if number == 5:
                self.refused_reload(number - 1)
            else:
                self.reload(number)
            self.check(f"reload {number}")

    def restarts(self, sockets):
        for number in range(1, 4):
            self.restart(sockets)
            self.check(f"restart {number}")

    def expected(self, failure):
        """Returns what relayd(8) says of it; nothing if it should not have happened."""
        if failure.what == "long download" and any(failure.begun <= stop and failure.ended >= stop + DRAIN - 0.5
                                                   for stop in self.stops):
            return "cut off when the time of --drain was over"
        if failure.way is REDIRECTION and any(failure.ended >= begun and failure.begun <= ended
                                              for begun, ended in self.without):
            return "redirected while no daemon ran"
        return None

    def judge(self):
        told = collections.Counter()
        for failure in self.clients.failures:
            reason = self.expected(failure)
            told[reason] += 1
            if not reason and told[None] <= MOST_TOLD:
                near = min((failure.ended - stop for stop in self.stops if stop <= failure.ended), default=0)
                self.fault(f"{failure.what}, {failure.way.name}, {failure.ended - failure.begun:.2f} s long, "
                           f"{near:.2f} s after a stop: {failure.fault!r}")
        if told[None] > MOST_TOLD:
            self.fault(f"and {told[None] - MOST_TOLD} more")
        refused = sum(isinstance(failure.fault, ConnectionRefusedError) and not self.expected(failure)
                      for failure in self.clients.failures)
        print(f"{self.clients.begun} requests in {self.clients.seconds:.0f} s, "
              f"{self.clients.begun / self.clients.seconds:.0f} a second: {refused} refused, "
              f"{told[None] - refused} failed or cut")
        print(", ".join(f"{count} {what}s" for what, count in self.clients.good.items()), "were answered,",
              self.clients.orderly, "of them with the last answer of a session")
        for reason, count in told.items():
            if reason:
                print(count, reason)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--relayd", default=os.path.join(ROOT, "bin", "relayd"))
    parser.add_argument("--only", choices=("running", "restarts"), help="take-overs and reloads, or the rest")
    parser.add_argument("--patience", type=float, default=1, help="factor of all times that are waited")
    parser.add_argument("-v", "--verbose", action="store_true")
    isolate()
    trial = Upgrade(parser.parse_args())
    trial.guarded(trial.run)
    return trial.close()


if __name__ == "__main__":
    sys.exit(main())
