#!/usr/bin/env python3
"""Kills the processes of a daemon at random moments, under load and reloads, and looks at what is left each time.

    kills.py [--kills N] [--seed N] [--relayd PATH] [--patience FACTOR] [-v]

As root; makes a network namespace of its own. Two kills of a worker, then one of the parent, which is started again:
three deaths of workers within ten seconds would end the daemon. Status 1 if anything was not as expected:
  - a request failed that was not under way at a kill, or a connection was refused while the parent lived
  - a worker was not replaced within a second, or outlived its parent by more than a second
  - the rules in the kernel were others after the death of a worker, or after the next start
  - a reload was lost, or more run files were there than those of the daemon that runs
  - descriptors of the parent grew; a run file, a control socket or a rule was left after the ordinary end"""
import argparse
import os
import random
import signal
import socket
import sys
import threading
import time

from stage import ROOT, Origin, Trial, alive, isolate, rules, run_files

# Seconds until the kernel has closed the sockets of a process that was killed.
DYING = 0.1
ADDRESS = ("127.0.0.1", 8080)
CONFIGURATION = """interval 1
table <web> {{ 127.0.0.1 }}
table <far> {{ 10.99.0.2 }}
http protocol "p" {{
    match request header set "X-Mark" value "{mark}"
}}
relay "www" {{
    listen on 127.0.0.1 port 8080
    protocol "p"
    forward to <web> port 9001 check tcp
}}
redirect "far" {{
    listen on 10.99.0.1 port 80
    forward to <far> port 9002 check tcp
}}
"""


class Load(threading.Thread):
    """Asks without end; each failure is kept with the time at which its request began and ended."""

    def __init__(self, keep, pause):
        super().__init__(daemon=True)
        self.keep, self.pause = keep, pause
        self.good, self.failed, self.stopped = 0, [], False

    def run(self):
        connection = None
        while not self.stopped:
            begun = time.monotonic()
            try:
                connection = connection or socket.create_connection(ADDRESS, timeout=10)
                connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                self.answer(connection)
                self.good += 1
            except OSError as fault:
                self.failed.append((begun, time.monotonic(), repr(fault)))
                if connection:
                    connection.close()
                connection = None
            if connection and not self.keep:
                connection.close()
                connection = None
            time.sleep(self.pause)

    @staticmethod
    def answer(connection):
        octets = b""
        while not octets.endswith(b"hello"):
            more = connection.recv(4096)
            if not more:
                raise OSError("closed without an answer" if not octets else "cut off")
            octets += more
        if not octets.startswith(b"HTTP/1.1 200"):
            raise OSError("answered " + octets[:40].decode("latin-1"))


class Kills(Trial):
    def __init__(self, options):
        super().__init__(options.relayd, CONFIGURATION, ADDRESS, options.patience)
        self.random = random.Random(options.seed)
        self.verbose = options.verbose
        self.kills, self.gaps, self.down = [], [], []
        self.marks = 0

    def perhaps_reload(self):
        if self.random.random() < 0.4:
            self.marks += 1
            self.daemon.reload(self.marks)
            time.sleep(self.random.choice((0, 0.01, 0.05, 0.2)))

    def settle(self):
        """The next kill comes at any moment, also while a worker starts or a reload is under way."""
        time.sleep(self.random.choice((0.02, 0.1, 0.3, 0.6, 1.0)))

    def kill_worker(self, before, wait):
        worker = self.daemon.worker
        self.perhaps_reload()
        os.kill(worker, signal.SIGKILL)
        killed = time.monotonic()
        self.kills.append(killed)
        try:
            self.daemon.worker = self.until(1.0, "another worker", lambda: self.other(worker))
            if wait:
                self.until(2.5, "an answer of the next worker", self.daemon.answers)
                self.gaps.append(time.monotonic() - killed)
                self.until(2, "the rules as before", lambda: rules() == before)
                self.until(2.5, "the last configuration", lambda: self.daemon.mark() == str(self.marks))
        except TimeoutError as late:
            self.fault(f"kill {len(self.kills)}: {late}")

    def other(self, before):
        found = self.daemon.find_worker()
        return found if found and found != before else None

    def kill_parent(self):
        worker = self.daemon.worker
        self.perhaps_reload()
        begun = time.monotonic()
        self.daemon.parent.kill()
        self.daemon.parent.wait()
        self.kills.append(time.monotonic())
        try:
            self.until(1.0, "the worker's end after its parent's", lambda: not alive(worker))
        except TimeoutError as late:
            self.fault(f"kill {len(self.kills)}: {late}")
            os.kill(worker, signal.SIGKILL)
        self.daemon.start()
        self.down.append((begun, time.monotonic()))

    def run(self, kills):
        origins = [Origin("127.0.0.1", 9001), Origin("10.99.0.2", 9002)]
        for origin in origins:
            origin.start()
        self.daemon.start()
        whole = self.until(20, "rules in the kernel", lambda: "goto" in rules() and rules())
        loads = [Load(keep, 0.02) for keep in (True, True, False, False)]
        for load in loads:
            load.start()
        descriptors = []
        try:
            while len(self.kills) < kills:
                self.settle()
                self.kill_worker(whole, wait=True)
                descriptors.append(self.daemon.descriptors())
                self.settle()
                self.kill_worker(whole, wait=self.random.random() < 0.7)
                self.settle()
                self.kill_parent()
                self.until(5, "rules after the next start", lambda: rules() == whole)
                self.until(2, "one run file", lambda: len(run_files()) == 1)
                if self.verbose:
                    print(len(self.kills), "kills,", sum(load.good for load in loads), "answers", flush=True)
        except TimeoutError as late:
            self.fault(str(late))
        for load in loads:
            load.stopped = True
        for load in loads:
            load.join()
        self.judge(loads, descriptors)
        self.end()

    def judge(self, loads, descriptors):
        under_way = refused = 0
        for begun, ended, fault in sorted(failure for load in loads for failure in load.failed):
            if any(start <= ended and begun <= end + 0.2 for start, end in self.down):
                refused += 1
            elif "refused" in fault:
                self.fault(f"refused while the parent lived: {fault}")
            elif any(begun <= killed + DYING and killed <= ended for killed in self.kills):
                under_way += 1
            else:
                near = min((abs(ended - killed) for killed in self.kills), default=0)
                self.fault(f"not under way at a kill: {fault}, {ended - begun:.3f} s long, {near:.3f} s from one")
        if descriptors and max(descriptors) > min(descriptors) + 8:
            self.fault(f"descriptors of the parent: {min(descriptors)} to {max(descriptors)}")
        gaps = sorted(self.gaps)
        print(f"{len(self.kills)} kills, {self.marks} reloads, {sum(load.good for load in loads)} answers, "
              f"{under_way} failed under way, {refused} while no parent ran")
        if gaps:
            print(f"kill to the next answer: median {gaps[len(gaps) // 2]:.2f} s, longest {gaps[-1]:.2f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--relayd", default=os.path.join(ROOT, "bin", "relayd"))
    parser.add_argument("--patience", type=float, default=1, help="factor of all times that are waited")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    isolate()
    trial = Kills(options)
    trial.guarded(lambda: trial.run(options.kills))
    return trial.close()


if __name__ == "__main__":
    sys.exit(main())
