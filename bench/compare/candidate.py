"""One proxy under measurement: its configuration, its ports, its process."""
import os
import re
import signal
import socket
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FIRST_PORT = 20000
START_LIMIT = 30  # seconds
REQUEST = b"GET /1k HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def fill(text, values):
    """replaces {name} by its value; names that are not given stay"""
    return re.sub(r"\{([a-z_]+)\}", lambda m: str(values.get(m.group(1), m.group(0))), text)


def lines_of(value):
    """a value of a candidate: a text, or lines that are repeated with {n} counting from 1"""
    if isinstance(value, str):
        return value
    return "\n".join(line.replace("{n}", str(n)) for n in range(1, value["times"] + 1) for line in value["lines"])


def one_process(entry):
    """the same candidate, with relayd started by a user who is not root: that is one process instead of two"""
    start = []
    for word in entry["start"]:
        is_relayd = word == "{relayd_home}/bin/relayd" and "{here}/as-nobody" not in start
        start += ["{here}/as-nobody", "{dir}", word] if is_relayd else [word]
    return dict(entry, start=start)


class DidNotStart(SystemExit):
    """The text says which and why."""


class Candidate:
    def __init__(self, entry, index, values, pinned):
        self.entry, self.name, self.pinned, self.process = entry, entry["name"], pinned, None
        first = FIRST_PORT + index * 10
        self.port = {"http": first, "tcp": first + 1, "ping": first + 2, "tls_ec": first + 3, "tls_rsa": first + 4,
                     "tls_tickets": first + 5}
        self.values = dict(values, listen_port=first, **{f"{kind}_port": port for kind, port in self.port.items()})
        self.values.update({name: fill(lines_of(value), self.values) for name, value in entry.get("values", {}).items()})
        self.values["config"] = os.path.join(values["dir"], self.name + ".conf")

    def offers(self, capability):
        return capability in self.entry["caps"]

    def warmup(self, longest):
        return min(self.entry.get("warmup", 1), longest)

    def start(self, answers=None):
        """starts the process; returns the seconds until the first answer came through it, or until what is given says so"""
        self._write_config()
        self._ports_must_be_free()
        command = [fill(word, self.values) for word in self.entry["start"]]
        if self.pinned:
            command = ["taskset", "-c", "0"] + command
        environment = dict(os.environ, **{k: fill(v, self.values) for k, v in self.entry.get("env", {}).items()})
        self.log = open(os.path.join(self.values["dir"], self.name + ".log"), "ab")
        begin = time.monotonic()
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=self.log, start_new_session=True)
        while time.monotonic() - begin < START_LIMIT:
            if self.process.poll() is not None:
                raise DidNotStart(f"{self.name} ended with {self.process.returncode}, see {self.log.name}")
            if (answers or self._answers)():
                return time.monotonic() - begin
            time.sleep(0.002)
        raise DidNotStart(f"{self.name} did not answer within {START_LIMIT} s, see {self.log.name}")

    def stop(self):
        if not self.process:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.process = None

    def _write_config(self):
        if not self.entry.get("template"):
            return
        with open(os.path.join(HERE, self.entry["template"])) as file:
            text = fill(file.read(), self.values)
        with open(self.values["config"], "w") as file:
            file.write(text)
        os.chmod(self.values["config"], 0o600)

    def _ports_must_be_free(self):
        for port in self.port.values():
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    raise SystemExit(f"{self.name}: port {port} is already in use")

    def _answers(self):
        kind = "http" if self.offers("http") else self.entry["caps"][0]
        try:
            with socket.create_connection(("127.0.0.1", self.port[kind]), 2) as connection:
                if kind not in ("http", "tcp"):
                    return True
                connection.settimeout(3)
                connection.sendall(REQUEST)
                return b" 200 " in connection.recv(100)
        except OSError:
            return False
