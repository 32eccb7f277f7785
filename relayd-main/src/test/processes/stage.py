"""What the trials of this folder have in common: a network and run files of their own, origins, and a daemon."""
import ctypes
import multiprocessing
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../.."))
RUN = "/run/relayd"
CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000
MS_REC, MS_PRIVATE = 0x4000, 0x40000
LIBC = ctypes.CDLL(None, use_errno=True)


def called(name, *arguments):
    if getattr(LIBC, name)(*arguments):
        raise OSError(ctypes.get_errno(), name)


def ip(words):
    subprocess.run(["ip", *words.split()], check=True)


def isolate():
    """From here on this process has a network of its own, and run files that nobody else sees."""
    called("unshare", CLONE_NEWNS | CLONE_NEWNET)
    called("mount", b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    os.makedirs(RUN, exist_ok=True)
    called("mount", b"tmpfs", RUN.encode(), b"tmpfs", 0, b"mode=755")
    for words in ("link set lo up", "addr add 10.99.0.1/32 dev lo", "addr add 10.99.0.2/32 dev lo"):
        ip(words)


def run_files():
    """Those of daemons; the lock by which they take turns stays."""
    return sorted(os.path.relpath(os.path.join(folder, name), RUN)
                  for folder, _, names in os.walk(RUN) for name in names if name != ".lock")


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


def rules():
    """The rules of relayd, without what differs from daemon to daemon: numbers of processes and sets, and counts."""
    listed = subprocess.run(["nft", "-a", "list", "ruleset"], capture_output=True, text=True).stdout
    without = re.sub(r"packets \d+ bytes \d+|# handle \d+|elements = \{[^}]*expires[^}]*\}", "", listed)
    return re.sub(r"\b(daemon|[a-z])(_\d+)+\b|\b0x0000000\d\b", "N", re.sub(r"\brelayd_\d+", "relayd", without))


class Origin(multiprocessing.Process):
    """
    Answers, in a process of its own, each request on a connection, a little later, and says in X-Mark what a relay has
    marked it with. One for /slow/N is answered in N pieces, one in a tenth of a second.
    """

    PIECE = b"12345678"

    def __init__(self, address, port):
        super().__init__(daemon=True)
        self.listener = socket.create_server((address, port), backlog=4096)

    def run(self):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with client:
            pending = b""
            try:
                while octets := client.recv(4096):
                    pending += octets
                    while b"\r\n\r\n" in pending:
                        head, pending = pending.split(b"\r\n\r\n", 1)
                        self.answer(client, head)
            except OSError:
                return

    def answer(self, client, head):
        mark = re.search(rb"(?im)^x-mark: *([^\r]*)", head)
        begin = b"HTTP/1.1 200 OK\r\nX-Mark: " + (mark.group(1) if mark else b"none") + b"\r\nContent-Length: "
        slow = re.match(rb"GET /slow/(\d+) ", head)
        if not slow:
            time.sleep(0.005)
            client.sendall(begin + b"5\r\n\r\nhello")
            return
        pieces = int(slow.group(1))
        client.sendall(begin + b"%d\r\n\r\n" % (pieces * len(self.PIECE)))
        for _ in range(pieces):
            client.sendall(self.PIECE)
            time.sleep(0.1)


class Daemon:
    """A daemon of two processes, and where it is asked over HTTP."""

    def __init__(self, relayd, folder, template, address, until):
        self.relayd, self.template, self.address, self.until = relayd, template, address, until
        self.configuration = os.path.join(folder, "relayd.conf")
        self.control = os.path.join(folder, "relayd.sock")
        self.log = open(os.path.join(folder, "log"), "a+b")
        self.parent = self.worker = None
        self.write(self.template.format(mark=0))

    def write(self, text):
        with open(self.configuration + ".new", "w") as file:
            file.write(text)
        os.replace(self.configuration + ".new", self.configuration)

    def launch(self, *more, **how):
        """Starts a parent and does not wait."""
        return subprocess.Popen([self.relayd, "-d", "-f", self.configuration, "--socket", self.control, *more],
                                stderr=self.log, stdin=subprocess.DEVNULL, **how)

    def start(self):
        self.parent = self.launch()
        self.until(10, "the start", self.answers)
        self.worker = self.until(2, "a worker", self.find_worker)

    def find_worker(self):
        """The one child of the parent that lives; none while there are two or none."""
        found = set()
        try:
            for task in os.listdir(f"/proc/{self.parent.pid}/task"):
                with open(f"/proc/{self.parent.pid}/task/{task}/children") as file:
                    found |= set(file.read().split())
        except OSError:
            # A thread has ended meanwhile, or the process.
            pass
        workers = [int(pid) for pid in found if alive(int(pid))]
        return workers[0] if len(workers) == 1 else None

    def mark(self):
        """What a relay marks requests with; none if it does not answer."""
        try:
            with socket.create_connection(self.address, timeout=2) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                answer = re.match(rb"HTTP/1.1 200.*?\r\nX-Mark: (\w+)\r\n", connection.recv(4096), re.S)
                return answer and answer.group(1).decode()
        except OSError:
            return None

    def answers(self):
        return self.mark() is not None

    def reload(self, mark):
        self.write(self.template.format(mark=mark))
        self.parent.send_signal(signal.SIGHUP)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.parent.pid}/fd"))

    def lines(self):
        with open(self.log.name, errors="replace") as file:
            return file.read().splitlines()


class Trial:
    """What was not as expected, in a folder of its own that a daemon and its worker can read."""

    def __init__(self, relayd, template, address, patience):
        self.patience = patience
        self.folder = tempfile.mkdtemp(prefix="relayd-trial-")
        os.chmod(self.folder, 0o755)
        self.faults = []
        self.daemon = Daemon(relayd, self.folder, template, address, self.until)

    def until(self, seconds, what, condition):
        """Waits as long as this machine may take for what another one does in some seconds."""
        return until(seconds * self.patience, what, condition)

    def fault(self, text):
        self.faults.append(text)
        print("FAULT", text, flush=True)

    def guarded(self, run):
        """What takes too long ends the trial, and is a fault."""
        try:
            run()
        except TimeoutError as late:
            self.fault(str(late))

    def end(self):
        """Ends the daemon as an administrator does: nothing is left."""
        self.daemon.parent.terminate()
        if self.daemon.parent.wait(20 * self.patience):
            self.fault(f"the end: status {self.daemon.parent.returncode}")
        if "relayd" in rules():
            self.fault("rules left: " + rules())
        if run_files():
            self.fault(f"run files left: {run_files()}")
        if os.path.exists(self.daemon.control):
            self.fault("control socket left")

    def close(self):
        """Returns the status of the program: 1 if anything was not as expected, which the log may explain."""
        if self.daemon.parent and self.daemon.parent.poll() is None:
            self.daemon.parent.kill()
        if self.faults:
            print(*self.daemon.lines()[-60:], sep="\n")
        shutil.rmtree(self.folder)
        print(f"{len(self.faults)} not as expected")
        return 1 if self.faults else 0
