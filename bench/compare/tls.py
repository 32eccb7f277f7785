#!/usr/bin/env python3
"""Side-by-side benchmark of relays that speak TLS with their clients, on loopback (as root; python3 standard library, cc, libssl-dev).

    tls.py [--twice] [-n name,name] [-s scenario,scenario] [-r rounds] [--warm seconds] [-o results.json]

Candidates of candidates.json with the capability "tls" take turns in bursts of a few hundredths of a second, so that whatever
else the machine does meets all of them alike.  CPU time is that of the whole process, in nanoseconds, ended threads and
compilers included.  Printed is the median of the ratios to haproxy burst by burst, and the ratio of the lower quartiles.
TLS 1.3, TLS_AES_256_GCM_SHA384 and X25519 for everybody; tlsload.c ends with an error where a handshake is resumed that is to
be full, or the other way round.  The proxy has CPU 0, load and backend CPU 1.

Scenarios: ka plain ecdsa rsa resumed bulk, in bursts; idle (memory of a session), rss (memory at rest), first (how long until
the first answer).  The last three are of relayd; "plain" is keep-alive without TLS.
"""
import argparse
import json
import os
import re
import resource
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

import certificates
from candidate import HERE, Candidate, DidNotStart, fill, one_process
from process import compiler_seconds, cpu_nanoseconds, memory_mib

BACKEND_PORT, ECHO_PORT = 20990, 20991
# name: (word for tlsload, listener, times in a burst, units of CPU figure in one of them, unit, limit, aim, label)
BURSTS = {
    "plain": ("ka", "http", 1500, 1, "req", None, None, "HTTP keep-alive without TLS, for comparison"),
    "ka": ("ka", "tls_ec", 1500, 1, "req", 0.80, 0.65, "HTTPS keep-alive, 1 KiB, two header edits"),
    "ecdsa": ("hs", "tls_ec", 150, 1, "conn", 0.62, 0.50, "handshake and request, ECDSA P-256"),
    "rsa": ("hs", "tls_rsa", 100, 1, "conn", 0.82, 0.74, "handshake and request, RSA-2048"),
    "resumed": ("resumed", "tls_tickets", 200, 1, "conn", 0.65, 0.52, "resumed handshake and request"),
    "bulk": ("big", "tls_ec", 6, 10.48576, "MB", 0.62, 0.45, "HTTPS bulk, 10 MiB"),
}
RELAYD, HEAP, PLAIN = "relayd-tls", "relayd-tls-heap", "relayd-plain"
BURST_NAMES = ("haproxy", "nginx", RELAYD)
SPECIAL = ("idle", "rss", "first")
# idle sessions: each holds two descriptors of the proxy, which needs some for itself and keeps a few free
SESSIONS = min(10000, (resource.getrlimit(resource.RLIMIT_NOFILE)[1] - 200) // 2)
FEW_SESSIONS = 1000
CONNECTIONS = 64
REST_SECONDS = 12
# CPU time of compilers, as part of a process's, from which on it counts as warm; looked at after some bursts
QUIET_SHARE, BURSTS_BETWEEN = 0.01, 10


class Load:
    """tlsload with connections to some ports, and what it is told to do"""

    def __init__(self, program, folder, connections, ports):
        self.errors = open(os.path.join(folder, "tlsload.log"), "wb+")
        self.process = subprocess.Popen(["taskset", "-c", "1", program, str(connections), *ports], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.errors, text=True)
        self._line("ready")

    def _line(self, what):
        line = self.process.stdout.readline()
        if not line:
            self.errors.seek(0)
            raise OSError(f"{what}: {self.errors.read().decode(errors='replace').strip()}")
        return line

    def do(self, word, index, count):
        """seconds that it took"""
        try:
            self.process.stdin.write(f"{word} {index} {count}\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # the line says why
        return float(self._line(word))

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.errors.close()


class Bench:
    def __init__(self, options):
        self.options, self.rows = options, []
        os.makedirs(options.dir, exist_ok=True)
        self.lg, self.tlsload = (self._compile(name, *more) for name, *more in (("lg",), ("tlsload", "-lssl", "-lcrypto")))
        with open(options.candidates) as file:
            listed = json.load(file)
        values = {"dir": options.dir, "here": HERE, "backend_port": BACKEND_PORT, "echo_port": ECHO_PORT}
        self.certificates = certificates.make(options.dir)
        values.update(self.certificates)
        values.update({name: fill(value, values) for name, value in listed.get("vars", {}).items()})
        if options.tree:
            values["relayd_home"] = os.path.abspath(options.tree)
        self.candidates = {}
        for number, entry in enumerate(listed["candidates"]):
            entry = one_process(entry) if options.one_process else entry
            self.candidates[entry["name"]] = candidate = Candidate(entry, number, values, True)
            if "folder" in entry:
                self._certificates_of_relayd(fill(entry["folder"], values), candidate)
        self.backend = subprocess.Popen(["taskset", "-c", "1", self.lg, "serve", str(BACKEND_PORT), str(ECHO_PORT)])

    def _compile(self, name, *libraries):
        program = os.path.join(self.options.dir, name)
        subprocess.check_call(["cc", "-O2", "-o", program, os.path.join(HERE, name + ".c"), *libraries])
        return program

    def _certificates_of_relayd(self, folder, candidate):
        for listener, kind in (("tls_ec", "ec"), ("tls_rsa", "rsa"), ("tls_tickets", "ec")):
            certificates.for_relayd(folder, f"127.0.0.1:{candidate.port[listener]}", self.certificates[f"cert_{kind}"],
                                    self.certificates[f"key_{kind}"])

    def bursts(self, names):
        """every scenario of some: the candidates, started once, take turns"""
        able = [self.candidates[name] for name in self.options.names.split(",")]
        for candidate in able:
            candidate.start()
        listeners = [(candidate, listener) for candidate in able for listener in ("http", "tls_ec", "tls_rsa", "tls_tickets")]
        ports = [str(candidate.port[kind]) + (":p" if kind == "http" else "") for candidate, kind in listeners]
        index = {(candidate.name, kind): number for number, (candidate, kind) in enumerate(listeners)}
        load = Load(self.tlsload, self.options.dir, 0, ports)
        try:
            for name in names:
                self._scenario(name, able, load, index)
        finally:
            load.close()
            for candidate in able:
                candidate.stop()

    def _scenario(self, name, able, load, index):
        word, listener, count, units, unit, limit, aim, label = BURSTS[name]

        def burst(candidate):
            if candidate.process.poll() is not None:
                raise OSError(f"{candidate.name} has ended")
            before = cpu_nanoseconds(candidate.process.pid)
            seconds = load.do(word, index[candidate.name, listener], count)
            used = cpu_nanoseconds(candidate.process.pid) - before
            return used / 1e3 / (count * units), count * units / seconds
        if word in ("ka", "big"):
            for candidate in able:  # anew, as what has been idle for long may have been closed
                load.do("close", index[candidate.name, listener], 0)
                load.do("open", index[candidate.name, listener], CONNECTIONS)
        # Warm by turns too: what one gets of the machine meanwhile the others get as well.
        for candidate in able:
            self._warm_up(candidate, burst)
        rounds = {candidate.name: [] for candidate in able}
        for _ in range(self.options.rounds):
            for candidate in able:
                rounds[candidate.name].append(burst(candidate))
        print(f"\n### {name}: {label} (CPU us per {unit}, {self.options.rounds} bursts of {count}; load average "
              f"{os.getloadavg()[0]:.1f})\n| candidate | median | lower quartile | {unit}/s | x {able[0].name}, median of ratios "
              "| ratio of lower quartiles | least..most of ratios |\n" + "|---" * 7 + "|")
        base = [cpu for cpu, _ in rounds[able[0].name]]
        ratios_of = {}
        for candidate in able:
            own = [cpu for cpu, _ in rounds[candidate.name]]
            ratios = ratios_of[candidate.name] = [a / b for a, b in zip(own, base)]
            print(f"| {candidate.name} | {statistics.median(own):.1f} | {quartile(own):.1f} "
                  f"| {statistics.median(rate for _, rate in rounds[candidate.name]):.0f} | {statistics.median(ratios):.2f} "
                  f"| {quartile(own) / quartile(base):.2f} | {min(ratios):.2f}..{max(ratios):.2f} |", flush=True)
        if RELAYD in rounds and limit:
            own = [cpu for cpu, _ in rounds[RELAYD]]
            ratio = statistics.median(ratios_of[RELAYD])
            self.row(f"{label}, x {able[0].name}", ratio, limit, aim, f"quartiles {quartile(own) / quartile(base):.2f}")
            if "nginx" in rounds:
                other = [cpu for cpu, _ in rounds["nginx"]]
                ratio = statistics.median(a / b for a, b in zip(own, other))
                self.row(f"{label}, x nginx", ratio, 1.0, 1.0, f"quartiles {quartile(own) / quartile(other):.2f}")

    def _warm_up(self, candidate, burst):
        deadline = time.monotonic() + candidate.warmup(self.options.warm)
        while time.monotonic() < deadline:
            compilers, whole = compiler_seconds(candidate.process.pid), cpu_nanoseconds(candidate.process.pid)
            for _ in range(BURSTS_BETWEEN):
                burst(candidate)
            compilers = compiler_seconds(candidate.process.pid) - compilers
            if compilers <= QUIET_SHARE * (cpu_nanoseconds(candidate.process.pid) - whole) / 1e9:
                return

    def row(self, label, value, limit, aim, more=""):
        verdict = "aim" if value <= aim else "yes" if value <= limit else "**missed**"
        self.rows[-1][label] = (value, limit, aim, verdict, more)

    def idle(self):
        """KiB of a session that had one answer: RSS beside a heap that is all touched beforehand, and what is used of the heap"""
        print(f"\n### idle ({SESSIONS - FEW_SESSIONS:,} sessions more after {FEW_SESSIONS:,}; each had one answer)\n"
              "| candidate | listener | native KiB | heap KiB | sum |\n|---|---|---|---|---|", flush=True)
        for name in ("haproxy", "nginx", HEAP):
            candidate = self.candidates[name]
            if name != HEAP and name not in self.options.names.split(","):
                continue
            for listener in ("tls_ec", "http"):
                candidate.start()
                port = str(candidate.port[listener]) + (":p" if listener == "http" else "")
                load = Load(self.tlsload, self.options.dir, 16, [port])
                try:
                    load.do("ka", 0, 3000)
                    load.do("open", 0, FEW_SESSIONS - 16)
                    before = self._memory(candidate)
                    load.do("open", 0, SESSIONS - FEW_SESSIONS)
                    after = self._memory(candidate)
                finally:
                    load.close()
                    candidate.stop()
                native, heap = ((b - a) / (SESSIONS - FEW_SESSIONS) for a, b in zip(before, after))
                print(f"| {name} | {listener} | {native:.2f} | {heap:.2f} | {native + heap:.2f} |", flush=True)
                if (name, listener) == (HEAP, "tls_ec"):
                    self.row(f"idle TLS session, {SESSIONS:,} held, KiB native and heap", native + heap, 10, 7)

    def _memory(self, candidate):
        """(RSS, used heap) in KiB"""
        heap = 0
        if candidate.name == HEAP:
            jcmd(candidate.process.pid, "GC.run")
            time.sleep(1)
            used = jcmd(candidate.process.pid, "GC.heap_info").split("Metaspace")[0]
            heap = sum(int(kib) for kib in re.findall(r"used (\d+)K", used))
        time.sleep(1)
        return memory_mib(candidate.process.pid)[0] * 1024, heap

    def rss(self):
        """RSS at rest, after one answer over TLS and without TLS"""
        print("\n### rss (MiB at rest, after some answers on each listener)\n| candidate | RSS |\n|---|---|", flush=True)
        for name in (RELAYD, PLAIN):
            candidate = self.candidates[name]
            candidate.start()
            try:
                for listener in ("tls_ec", "tls_rsa", "tls_tickets"):
                    for _ in range(3):
                        if not answers(candidate.port[listener], name == RELAYD):
                            raise OSError(f"{name} does not answer")
                time.sleep(REST_SECONDS)
                rss = memory_mib(candidate.process.pid)[0]
            finally:
                candidate.stop()
            print(f"| {name} | {rss:.1f} |", flush=True)
            if name == RELAYD:
                self.row("RSS at rest with TLS, MiB", rss, 85, 80)

    def first(self):
        """how long from exec to the first answer, over TLS and without it, by turns"""
        print("\n### first (ms from exec to the first answer)\n| candidate | median | least | most | CPU ms |\n|---|---|---|---|---|")
        times, cpu = {RELAYD: [], PLAIN: []}, {RELAYD: [], PLAIN: []}
        for _ in range(self.options.starts):
            for name in times:
                candidate = self.candidates[name]
                port = candidate.port["tls_ec"]
                try:
                    times[name].append(candidate.start(lambda: answers(port, name == RELAYD)) * 1000)
                    cpu[name].append(cpu_nanoseconds(candidate.process.pid) / 1e6)
                finally:
                    candidate.stop()
        for name, ms in times.items():
            print(f"| {name} | {statistics.median(ms):.0f} | {min(ms):.0f} | {max(ms):.0f} | {statistics.median(cpu[name]):.0f} |")
        later = statistics.median(a - b for a, b in zip(times[RELAYD], times[PLAIN]))
        self.row("first answer over TLS, ms later than without", later, 100, 60)

    def run(self):
        names = self.options.scenarios.split(",")
        unknown = [name for name in names if name not in BURSTS and name not in SPECIAL]
        if unknown:
            raise SystemExit(f"no such scenario: {', '.join(unknown)}")
        failed = False
        try:
            for _ in range(2 if self.options.twice else 1):
                self.rows.append({})
                parts = [lambda: self.bursts([name for name in names if name in BURSTS])] if set(names) & set(BURSTS) else []
                for part in parts + [getattr(self, name) for name in SPECIAL if name in names]:
                    try:
                        part()
                    except (OSError, ValueError, subprocess.SubprocessError, DidNotStart) as error:
                        failed = True  # the others are worth having all the same
                        print(f"\n**not measured**: {error}", file=sys.stderr, flush=True)
        finally:
            for candidate in self.candidates.values():
                candidate.stop()
            self.backend.terminate()
            self.backend.wait()
        self._print_limits()
        if self.options.out:
            with open(self.options.out, "w") as file:
                json.dump({"rows": self.rows, "rounds": self.options.rounds}, file, indent=1)
        return 1 if failed else 0

    def _print_limits(self):
        labels = list(dict.fromkeys(label for rows in self.rows for label in rows))
        if not labels:
            return
        runs = range(1, len(self.rows) + 1)
        header = ["measure", *(f"run {run}" for run in runs), "limit", "aim", *(f"met, run {run}" for run in runs), "more"]
        print("\n### limits\n| " + " | ".join(header) + " |\n" + "|---" * len(header) + "|")
        for label in labels:
            found = [rows.get(label) for rows in self.rows]
            one = next(row for row in found if row)
            cells = [label, *(f"{row[0]:.2f}" if row else "-" for row in found), f"{one[1]:g}", f"{one[2]:g}",
                     *(row[3] if row else "**not measured**" for row in found), "; ".join(row[4] for row in found if row)]
            print("| " + " | ".join(cells) + " |", flush=True)


def quartile(values):
    return sorted(values)[len(values) // 4]


def jcmd(pid, command):
    """what jcmd of the JDK says that runs the process"""
    program = os.path.join(os.path.dirname(os.readlink(f"/proc/{pid}/exe")), "jcmd")
    return subprocess.run([program, str(pid), command], stdout=subprocess.PIPE, text=True, timeout=60, check=True).stdout


def answers(port, over_tls):
    """whether one request is answered"""
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as connection:
            connection.settimeout(5)
            if over_tls:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                connection = context.wrap_socket(connection, server_hostname="localhost")
            connection.sendall(b"GET /1k HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return b" 200 " in connection.recv(100)
    except OSError:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-c", "--candidates", default=os.path.join(HERE, "candidates.json"))
    parser.add_argument("-n", "--names", default=",".join(BURST_NAMES), help="candidates of the bursts; the first is the baseline")
    parser.add_argument("-s", "--scenarios", default=",".join([*BURSTS, *SPECIAL]))
    parser.add_argument("-r", "--rounds", type=int, default=25)
    parser.add_argument("--starts", type=int, default=9, help="rounds of the scenario first")
    parser.add_argument("--warm", type=float, default=20, help="most seconds that a candidate is warmed up for a scenario")
    parser.add_argument("--tree", help="measure relayd of another source tree, which is built")
    parser.add_argument("--one-process", action="store_true", help="start relayd as nobody, which is one process")
    parser.add_argument("--twice", action="store_true", help="all of it a second time, with new processes")
    parser.add_argument("--dir", default=os.path.join(tempfile.gettempdir(), "relay-bench-tls"))
    parser.add_argument("-o", "--out")

    def terminated(*_):
        raise SystemExit("terminated")
    signal.signal(signal.SIGTERM, terminated)
    sys.exit(Bench(parser.parse_args()).run())


if __name__ == "__main__":
    main()
