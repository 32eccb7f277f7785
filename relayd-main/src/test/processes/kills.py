#!/usr/bin/env python3
"""Kills the processes of a daemon at random moments, under load and reloads, and looks at what is left each time.

    kills.py [--kills N] [--seed N] [--relayd PATH] [-v]

As root; makes a network namespace of its own. Two kills of a worker, then one of the parent, which is started again:
three deaths of workers within ten seconds would end the daemon. Status 1 if anything was not as expected:
  - a request failed that was not under way at a kill, or a connection was refused while the parent lived
  - a worker was not replaced within a second, or outlived its parent by more than a second
  - the rules in the kernel were others after the death of a worker, or after the next start
  - descriptors of the parent grew; a run file, a control socket or a rule was left after the ordinary end"""
import argparse
import ctypes
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.abspath(__file__)) + "/../../../.."
CLONE_NEWNET = 0x40000000
# Seconds until the kernel has closed the sockets of a process that was killed.
DYING = 0.1
CONFIGURATION = """interval 1
table <web> {{ 127.0.0.1 }}
table <far> {{ 10.99.0.2 }}
http protocol "p" {{
    match request header set "X-Kills" value "{mark}"
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


def isolate():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare")
    for words in ("link set lo up", "addr add 10.99.0.1/32 dev lo", "addr add 10.99.0.2/32 dev lo"):
        subprocess.run(["ip", *words.split()], check=True)


class Origin(threading.Thread):
    """Answers each request on a connection, a little later."""

    def __init__(self, address, port):
        super().__init__(daemon=True)
        self.listener = socket.create_server((address, port), backlog=512)

    def run(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    @staticmethod
    def serve(client):
        with client:
            pending = b""
            while True:
                try:
                    octets = client.recv(4096)
                except OSError:
                    return
                if not octets:
                    return
                pending += octets
                while b"\r\n\r\n" in pending:
                    pending = pending.split(b"\r\n\r\n", 1)[1]
                    time.sleep(0.005)
                    try:
                        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
                    except OSError:
                        return


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
                connection = connection or socket.create_connection(("127.0.0.1", 8080), timeout=10)
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


class Daemon:
    def __init__(self, relayd, folder):
        self.relayd, self.folder = relayd, folder
        self.configuration = os.path.join(folder, "relayd.conf")
        self.control = os.path.join(folder, "relayd.sock")
        self.log = open(os.path.join(folder, "log"), "a+b")
        self.write(0)

    def write(self, mark):
        with open(self.configuration + ".new", "w") as file:
            file.write(CONFIGURATION.format(mark=mark))
        os.replace(self.configuration + ".new", self.configuration)

    def start(self):
        self.parent = subprocess.Popen([self.relayd, "-d", "-f", self.configuration, "--socket", self.control],
                                       stderr=self.log, stdin=subprocess.DEVNULL)
        until(10, "the start", self.answers)
        self.worker = until(2, "a worker", self.find_worker)

    def find_worker(self):
        try:
            with open(f"/proc/{self.parent.pid}/task/{self.parent.pid}/children") as file:
                first = file.read().split()
            tasks = os.listdir(f"/proc/{self.parent.pid}/task")
        except OSError:
            return None
        found = set(first)
        for task in tasks:
            try:
                with open(f"/proc/{self.parent.pid}/task/{task}/children") as file:
                    found |= set(file.read().split())
            except OSError:
                pass
        workers = [int(pid) for pid in found if alive(int(pid))]
        return workers[0] if len(workers) == 1 else None

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", 8080), timeout=2) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return connection.recv(4096).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def reload(self, mark):
        self.write(mark)
        self.parent.send_signal(signal.SIGHUP)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.parent.pid}/fd"))

    @staticmethod
    def rules():
        listed = subprocess.run(["nft", "-a", "list", "ruleset"], capture_output=True, text=True).stdout
        without = re.sub(r"packets \d+ bytes \d+|# handle \d+|elements = \{[^}]*expires[^}]*\}", "", listed)
        # The numbers of a process and of its sets are its own; what they hold is to be the same.
        return re.sub(r"\b(daemon|[a-z])(_\d+)+\b|\b0x0000000\d\b", "N", without)


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def until(seconds, what, condition):
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.005)


class Trial:
    def __init__(self, options):
        self.random = random.Random(options.seed)
        self.verbose = options.verbose
        self.folder = tempfile.mkdtemp(prefix="relayd-kills-")
        os.chmod(self.folder, 0o755)
        self.daemon = Daemon(options.relayd, self.folder)
        self.faults, self.kills, self.gaps, self.down = [], [], [], []
        self.marks = 0

    def fault(self, text):
        self.faults.append(text)
        print("FAULT", text, flush=True)

    def perhaps_reload(self):
        if self.random.random() < 0.4:
            self.marks += 1
            self.daemon.reload(self.marks)
            time.sleep(self.random.choice((0, 0.01, 0.05, 0.2)))

    def settle(self):
        """The next kill comes at any moment, also while a worker starts or a reload is under way."""
        time.sleep(self.random.choice((0.02, 0.1, 0.3, 0.6, 1.0)))

    def kill_worker(self, rules, wait):
        before = self.daemon.worker
        self.perhaps_reload()
        os.kill(before, signal.SIGKILL)
        killed = time.monotonic()
        self.kills.append(killed)
        try:
            self.daemon.worker = until(1.0, "another worker", lambda: self.other(before))
            if wait:
                until(2.5, "an answer of the next worker", self.daemon.answers)
                self.gaps.append(time.monotonic() - killed)
                until(2, "the rules as before", lambda: self.daemon.rules() == rules)
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
            until(1.0, "the worker's end after its parent's", lambda: not alive(worker))
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
        rules = until(5, "rules in the kernel", lambda: "goto" in self.daemon.rules() and self.daemon.rules())
        loads = [Load(keep, 0.02) for keep in (True, True, False, False)]
        for load in loads:
            load.start()
        descriptors = []
        try:
            while len(self.kills) < kills:
                self.settle()
                self.kill_worker(rules, wait=True)
                descriptors.append(self.daemon.descriptors())
                self.settle()
                self.kill_worker(rules, wait=self.random.random() < 0.7)
                self.settle()
                self.kill_parent()
                until(5, "rules after the next start", lambda: self.daemon.rules() == rules)
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

    def end(self):
        self.daemon.parent.terminate()
        if self.daemon.parent.wait(20):
            self.fault(f"the end: status {self.daemon.parent.returncode}")
        if "relayd" in self.daemon.rules():
            self.fault("rules left: " + self.daemon.rules())
        if os.path.exists(self.daemon.control):
            self.fault("control socket left")

    def last_lines(self):
        self.daemon.log.flush()
        with open(self.daemon.log.name, errors="replace") as file:
            return file.read().splitlines()[-40:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--relayd", default=os.path.join(ROOT, "bin", "relayd"))
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    isolate()
    before = sorted(os.listdir("/run/relayd")) if os.path.isdir("/run/relayd") else []
    trial = Trial(options)
    try:
        trial.run(options.kills)
    finally:
        if trial.daemon.parent.poll() is None:
            trial.daemon.parent.kill()
        after = sorted(os.listdir("/run/relayd")) if os.path.isdir("/run/relayd") else []
        if after != before:
            trial.fault(f"run files: {after}, before {before}")
        if trial.faults:
            print(*trial.last_lines(), sep="\n")
        shutil.rmtree(trial.folder)
    print(f"{len(trial.faults)} not as expected")
    return 1 if trial.faults else 0


if __name__ == "__main__":
    sys.exit(main())
