#!/usr/bin/env python3
"""Many clients at once (python3 standard library, relayd built).

    connections.py [-n CLIENTS] [-a ASKING] [--home FOLDER]

CLIENTS (10,000) connect to an HTTP relay and stay; ASKING (3,000) of them, spread over all, fetch an answer; relayctl
lists the sessions; all clients leave; one more comes.  Prints relayd's RSS and open descriptors after each step, and
ends with status 1 if a session is not listed, an answer is missing, or descriptors or memory are not given back.

relayd sets two descriptors aside for each client, as it may need one for its target: the limit of open files is raised
to that if it may be (by root), else there are fewer clients.  Only 127.0.0.1 is used.
"""
import argparse
import os
import re
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "compare"))
from process import memory_mib  # noqa: E402

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CONFIGURATION = """prefork 1
http protocol "many" {{
	tcp {{ backlog 512 }}
}}
relay "many" {{
	listen on 127.0.0.1 port {relay}
	protocol "many"
	forward to 127.0.0.1 port {target}
}}
"""
# what relayd may keep for itself beside its sessions, and of their memory when they are gone
SPARE_DESCRIPTORS, KEPT_MIB = 200, 64
PATIENCE = 30  # seconds


class Relayd:
    def __init__(self, home, folder, target):
        self.home, self.socket = home, os.path.join(folder, "relayd.sock")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        path = os.path.join(folder, "relayd.conf")
        with open(path, "w") as file:
            file.write(CONFIGURATION.format(relay=self.port, target=target))
        os.chmod(path, 0o600)
        with open(os.path.join(folder, "relayd.log"), "w") as log:
            self.process = subprocess.Popen([os.path.join(home, "bin", "relayd"), "-d", "-f", path, "--socket", self.socket],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for(self._listens, "relayd listens")

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def connect(self):
        client = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        client.settimeout(PATIENCE)
        return client

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def memory(self):
        return memory_mib(self.process.pid)[0]

    def listed(self):
        """(sessions that relayctl lists, seconds that it took)"""
        begin = time.monotonic()
        text = subprocess.run([os.path.join(self.home, "bin", "relayctl"), "-s", self.socket, "show", "sessions"],
                              check=True, stdout=subprocess.PIPE, timeout=PATIENCE * 2).stdout.decode()
        return len(re.findall(r"^session ", text, re.MULTILINE)), time.monotonic() - begin


def wait_for(condition, what):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"not within {PATIENCE} seconds: {what}")
        time.sleep(0.05)


def serve():
    """a server that answers each request; returns its port"""
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)

    def one(connection):
        with connection:
            while connection.recv(4096):
                connection.sendall(ANSWER)

    def accept():
        while True:
            threading.Thread(target=one, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def ask(client):
    """whether the client gets its answer"""
    client.sendall(REQUEST)
    seen = b""
    while not seen.endswith(b"ok"):
        part = client.recv(4096)
        if not part:
            return False
        seen += part
    return seen.startswith(b"HTTP/1.1 200")


def as_many_as_open_files_allow(clients):
    needed = 2 * clients + SPARE_DESCRIPTORS
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(limit, needed), max(limit, needed)))
        return clients
    except (ValueError, PermissionError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
        return min(clients, (limit - SPARE_DESCRIPTORS) // 2)


def run(relayd, count, asking):
    """takes the steps and prints them; returns what went wrong"""
    faults = []

    def step(what, *more):
        print(f"| {what} | {relayd.memory():.1f} | {relayd.descriptors()} | {', '.join(more)} |", flush=True)

    def expect(right, otherwise):
        if not right:
            faults.append(otherwise)

    print("| step | RSS MiB | descriptors | |\n|---|---|---|---|")
    expect(ask(relayd.connect()), "the first client gets no answer")
    time.sleep(2)
    idle, own = relayd.memory(), relayd.descriptors()
    step("one client")
    clients = [relayd.connect() for _ in range(count)]
    wait_for(lambda: relayd.descriptors() >= own + count - 2, "all clients are accepted")
    step(f"{count} clients connected")
    answered = sum(ask(client) for client in clients[::max(1, count // asking)][:asking])
    expect(answered == asking, f"{asking - answered} clients got no answer")
    step(f"{asking} of them asked", f"{answered} answered")
    listed, seconds = relayd.listed()
    expect(listed == count, f"relayctl lists {listed} sessions")
    step("show sessions", f"{listed} sessions in {seconds:.1f} s")
    for client in clients:
        client.close()
    wait_for(lambda: relayd.descriptors() < SPARE_DESCRIPTORS, "descriptors are given back")
    expect(ask(relayd.connect()), "the last client gets no answer")
    time.sleep(12)
    expect(relayd.memory() - idle < KEPT_MIB, f"{relayd.memory() - idle:.0f} MiB are not given back")
    step("all gone, one more came")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", "--clients", type=int, default=10000)
    parser.add_argument("-a", "--asking", type=int, default=3000)
    parser.add_argument("--home", default=os.path.join(HERE, "..", ".."), help="folder above relayd's bin")
    options = parser.parse_args()
    clients = as_many_as_open_files_allow(options.clients)
    with tempfile.TemporaryDirectory() as folder:
        relayd = Relayd(options.home, folder, serve())
        try:
            faults = run(relayd, clients, min(options.asking, clients))
        finally:
            relayd.process.terminate()
            relayd.process.wait(PATIENCE)
    for fault in faults:
        print(fault, file=sys.stderr)
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
