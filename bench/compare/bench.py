#!/usr/bin/env python3
"""Side-by-side relay benchmark on loopback (python3 standard library and cc); tls.py is its sister for TLS.

    bench.py --floors [--twice] [-o results.json]
    bench.py --beside TREE [--twice] [-r rounds] [-t seconds] [-s scenario,scenario] [-o results.json]
    bench.py [-c candidates.json] [-n name,name] [-s scenario,scenario] [-r rounds] [-t seconds]
             [--unpinned] [--keep] [-o results.json]

Starts one backend (lg serve); then, for each scenario, starts all chosen candidates, warms each up and
measures them in interleaved rounds A B C A B C ...  Prints medians, ratios to the baseline and the
spread.  With pinning, the proxy runs on CPU 0, the backend and the load generator on CPU 1.
Every load is bounded in time; only 127.0.0.1 is used; only own children are ever signalled.

candidates.json: {"baseline": "haproxy", "candidates": [{
   "name": "haproxy",
   "caps": ["http", "tcp", "ping", "tls"],              listeners that its configuration offers
   "start": ["haproxy", "-db", "-f", "{config}"],          run as given, placeholders filled in
   "template": "haproxy.cfg.in",                           optional; filled in and written to {config}
   "env": {"K": "V"},                                      optional
   "warmup": 1                                             most seconds per scenario (10 or more for a JIT)
}]}
Placeholders: {http_port} {tcp_port} {ping_port} {tls_ec_port} {tls_rsa_port} {tls_tickets_port} {backend_port} {echo_port}
{dir} {here} {config} {cert_ec} {key_ec} {pem_ec} {cert_rsa} {key_rsa} {pem_rsa}, and those in "vars".
  http_port   HTTP/1.1 relay to backend_port; appends the client to X-Forwarded-For, sets X-Relay: bench
  tls_*_port  the same behind TLS 1.3 termination, with session tickets for tls_tickets_port only
  tcp_port    plain TCP relay to backend_port;   ping_port   plain TCP relay to echo_port
"""
import argparse
import json
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import beside
import certificates
import floors
from candidate import HERE, Candidate, fill, one_process
from process import compiler_seconds, cpu_seconds, memory_mib

BACKEND_PORT, ECHO_PORT = 20990, 20991


def lg(mode, path, connections):
    return lambda port, seconds: ["lg", mode, port, path, connections, seconds]


# name: (listener it needs, unit of work of the CPU figure, load)
SCENARIOS = {
    "http_ka": ("http", "req", lg("http", "/1k", 64)),
    "http_close": ("http", "conn", lg("close", "/1k", 16)),
    "http_bulk": ("http", "MB", lg("http", "/10m", 4)),
    "tcp_bulk": ("tcp", "MB", lg("http", "/10m", 4)),
    "tcp_ka": ("tcp", "req", lg("http", "/1k", 64)),
    "tcp_conn": ("tcp", "conn", lg("close", "/1k", 16)),
    "ping64": ("ping", "msg", lg("ping", 64, 64)),
    "ping1": ("ping", "msg", lg("ping", 64, 1)),
    "rate": ("http", "req", None),
}
# scenario of small requests on a listener
SMALL_REQUESTS = {"http": "http_ka", "tcp": "tcp_ka"}
SPECIAL = ("mem", "slow", "startup")
# bytes that the reader of "slow" fetches, and how long it takes its time for them
SLOW_MIB, SLOW_SECONDS = 512, 8
# until a process that has answered once is idle: a JVM has given back by then what its compilers needed
REST_SECONDS = 12
# part of its CPU time that a JVM may spend on compiling, and for how many seconds running, to count as warm: large
# bodies are few calls, so that the compilers come to them late and one by one
QUIET_SHARE, QUIET_SECONDS = 0.01, 4
# idle sessions: each holds two descriptors of the proxy, which needs some for itself and keeps a few free
FEW_SESSIONS = 1000
SESSIONS = min(10000, (resource.getrlimit(resource.RLIMIT_NOFILE)[1] - 200) // 2)


def median(rounds, key):
    return statistics.median(r[key] for r in rounds) if rounds and key in rounds[0] else None


def figure(value, digits=0):
    return "-" if value is None else f"{value:.{digits}f}"


class Bench:
    def __init__(self, options):
        self.options, self.pinned, self.results = options, not options.unpinned, {}
        os.makedirs(options.dir, exist_ok=True)
        for program in ("lg", "bare"):
            subprocess.check_call(["cc", "-O2", "-o", os.path.join(options.dir, program),
                                   os.path.join(HERE, program + ".c")])
        self.lg = os.path.join(options.dir, "lg")
        with open(options.candidates) as file:
            listed = json.load(file)
        values = {"dir": options.dir, "here": HERE, "backend_port": BACKEND_PORT, "echo_port": ECHO_PORT}
        values.update(certificates.make(options.dir))
        values.update({name: fill(value, values) for name, value in listed.get("vars", {}).items()})
        chosen = [one_process(entry) for entry in listed["candidates"]] if options.one_process else listed["candidates"]
        if options.beside:
            chosen = beside.candidates(chosen, options.beside)
            options.names = options.names or ",".join(entry["name"] for entry in chosen if beside.is_pair(entry["name"]))
        if options.names:
            by_name = {entry["name"]: entry for entry in chosen}
            unknown = [name for name in options.names.split(",") if name not in by_name]
            if unknown:
                raise SystemExit(f"no such candidate: {', '.join(unknown)}")
            chosen = [by_name[name] for name in options.names.split(",")]
        self.candidates = [Candidate(entry, i, values, self.pinned) for i, entry in enumerate(chosen)]
        self.every = self.candidates
        self.baseline = options.baseline or listed.get("baseline") or self.candidates[0].name
        self.backend = subprocess.Popen(self._beside([self.lg, "serve", str(BACKEND_PORT), str(ECHO_PORT)]))
        self._wait_for_backend()

    def _wait_for_backend(self):
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and self.backend.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", BACKEND_PORT)) == 0:
                    return
            time.sleep(0.01)
        raise SystemExit("the backend did not start")

    def _beside(self, command):
        """the command on the CPU that the proxy does not have"""
        return (["taskset", "-c", "1"] if self.pinned else []) + command

    def load(self, command):
        words = [self.lg if word == "lg" else str(word) for word in command]
        ran = subprocess.run(self._beside(words), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        return json.loads(ran.stdout.decode())

    def once(self, name, candidate, seconds):
        """one round: what the load saw, and the CPU time that the proxy spent meanwhile"""
        listener, unit, make = SCENARIOS[name]
        port = candidate.port[listener]
        command = make(port, seconds) if make else ["lg", "rate", port, "/1k", 64, seconds, self.options.rps]
        user0, system0 = cpu_seconds(candidate.process.pid)
        begin = time.monotonic()
        result = self.load(command)
        wall = time.monotonic() - begin
        user1, system1 = cpu_seconds(candidate.process.pid)
        work = max(result["bytes"] / 1e6 if unit == "MB" else result["n"], 1e-9)
        used = user1 + system1 - user0 - system0
        result.update(cpu_us=used * 1e6 / work, cpu_user_us=(user1 - user0) * 1e6 / work, util=used / wall)
        return result

    def warm_up(self, name, candidate):
        """Loads until the compilers of a JVM have come to rest, at most as long as the candidate may: small requests
        first, as a service has long answered them when a large body comes by, then what is measured."""
        first = SMALL_REQUESTS.get(SCENARIOS[name][0], name)
        limit = candidate.warmup(self.options.warm_max)
        for load in dict.fromkeys((first, name)):
            self.load_until_quiet(load, candidate, time.monotonic() + limit)

    def load_until_quiet(self, name, candidate, deadline):
        pid, quiet = candidate.process.pid, 0
        while quiet < QUIET_SECONDS and time.monotonic() < deadline:
            compilers, whole = compiler_seconds(pid), sum(cpu_seconds(pid))
            self.once(name, candidate, 1)
            compilers, whole = compiler_seconds(pid) - compilers, sum(cpu_seconds(pid)) - whole
            quiet = quiet + 1 if compilers <= QUIET_SHARE * whole else 0

    def scenario(self, name):
        listener = SCENARIOS[name][0]
        able = [c for c in self.candidates if c.offers(listener)]
        for candidate in able:
            if not candidate.process:
                candidate.start()
            self.warm_up(name, candidate)
        rounds = {c.name: [] for c in able}
        for number in range(self.options.rounds):
            for candidate in able:
                result = self.once(name, candidate, self.options.secs)
                rounds[candidate.name].append(result)
                if self.options.verbose:
                    shown = {key: round(value, 2) for key, value in result.items()}
                    print(f"  {name} round {number} {candidate.name:16} {shown}", flush=True)
        if not self.options.keep:
            for candidate in able:
                candidate.stop()
        if rounds:
            self.results[name] = rounds
            self._print_table(name)

    def _print_table(self, name):
        rounds_of, unit = self.results[name], SCENARIOS[name][1]
        rate, digits = ("mb_s", 0) if unit == "MB" else ("per_s", 2)
        base = rounds_of.get(self.baseline) or next(iter(rounds_of.values()))
        base_cpu, base_best = max(median(base, "cpu_us"), 1e-9), max(min(r["cpu_us"] for r in base), 1e-9)
        where = "pinned" if self.pinned else "unpinned"
        print(f"\n### {name} ({unit}/s, CPU us/{unit}, medians of {self.options.rounds} rounds "
              f"x {self.options.secs:g} s, {where})")
        print(f"| candidate | {unit}/s | x base | CPU us/{unit} | x base | best round x base | user us | proxy CPU "
              "| spread CPU us | p50 us | p99 us | p99.9 us | errs |")
        print("|---" * 13 + "|")
        for candidate, rounds in rounds_of.items():
            cpu = [r["cpu_us"] for r in rounds]
            cells = [candidate, figure(median(rounds, rate)), figure(median(rounds, rate) / median(base, rate), 2),
                     figure(median(rounds, "cpu_us"), digits), figure(median(rounds, "cpu_us") / base_cpu, 2),
                     figure(min(cpu) / base_best, 2), figure(median(rounds, "cpu_user_us"), digits),
                     f"{100 * median(rounds, 'util'):.0f}%", f"{min(cpu):.{digits}f}..{max(cpu):.{digits}f}",
                     figure(median(rounds, "p50")), figure(median(rounds, "p99")), figure(median(rounds, "p999")),
                     str(sum(r["errs"] for r in rounds))]
            print("| " + " | ".join(cells) + " |", flush=True)

    def mem(self):
        """RSS idle, with a few and with many idle sessions (each has had one answer and holds its connection to the backend), and after load"""
        print("\n### mem (RSS MiB; PSS MiB in brackets)\n"
              f"| candidate | idle | {FEW_SESSIONS:,} idle sessions | {SESSIONS:,} idle sessions | KiB per session "
              "| after 5 s load |\n|---|---|---|---|---|---|", flush=True)
        self.results["mem"] = {}
        for candidate in self.candidates:
            if not candidate.offers("http"):
                continue
            candidate.stop()
            candidate.start()
            time.sleep(REST_SECONDS)
            values, held = [memory_mib(candidate.process.pid)], []
            for wanted in (FEW_SESSIONS, SESSIONS):
                hold_idle(candidate, held, wanted)
                if len(held) < wanted:
                    raise OSError(f"{candidate.name} holds {len(held)} of {wanted} sessions")
                time.sleep(1)
                values.append(memory_mib(candidate.process.pid))
            for connection in held:
                connection.close()
            time.sleep(1)
            self.load(["lg", "http", candidate.port["http"], "/1k", 64, 5])
            values.append(memory_mib(candidate.process.pid))
            candidate.stop()
            self.results["mem"][candidate.name] = {"rss": [rss for rss, _ in values], "sessions": [FEW_SESSIONS, SESSIONS]}
            shown = [f"{rss:.0f} ({pss:.0f})" for rss, pss in values]
            growth = floors.growth(self.results["mem"][candidate.name])
            print(f"| {candidate.name} | {' | '.join(shown[:3])} | {growth:.1f} | {shown[3]} |", flush=True)

    def slow(self):
        """RSS while a client that reads slowly fetches a large body: what relayd keeps of it must not grow with it"""
        print(f"\n### slow (RSS MiB while {SLOW_MIB} MiB pass to a client that takes {SLOW_SECONDS} s)\n"
              "| candidate | listener | before | highest | growth | MiB read |\n|---|---|---|---|---|---|", flush=True)
        self.results["slow"] = {}
        for candidate in self.candidates:
            if not candidate.offers("tcp"):
                continue
            if not candidate.process:
                candidate.start()
            candidate_results = self.results["slow"][candidate.name] = {}
            for listener in ("http", "tcp"):
                self.once("http_bulk" if listener == "http" else "tcp_bulk", candidate, 2)
                before = memory_mib(candidate.process.pid)[0]
                read, highest = read_slowly(candidate.port[listener], lambda: memory_mib(candidate.process.pid)[0])
                candidate_results[listener] = {"before": before, "highest": highest, "read": read}
                print(f"| {candidate.name} | {listener} | {before:.0f} | {highest:.0f} | {highest - before:.1f} "
                      f"| {read >> 20} |", flush=True)
            if not self.options.keep:
                candidate.stop()

    def startup(self):
        where = "pinned to 1 CPU" if self.pinned else "unpinned"
        print(f"\n### startup (ms from exec to the first answer through the proxy; CPU s used by then; {where})\n"
              "| candidate | median ms | min | max | CPU s |\n|---|---|---|---|---|", flush=True)
        able = [c for c in self.candidates if c.offers("http")]
        times, cpu = {c.name: [] for c in able}, {c.name: [] for c in able}
        for _ in range(max(self.options.rounds, 3)):
            for candidate in able:
                times[candidate.name].append(candidate.start() * 1000)
                cpu[candidate.name].append(sum(cpu_seconds(candidate.process.pid)))
                candidate.stop()
        self.results["startup"] = times
        for name, ms in times.items():
            print(f"| {name} | {statistics.median(ms):.0f} | {min(ms):.0f} | {max(ms):.0f} "
                  f"| {statistics.median(cpu[name]):.2f} |", flush=True)

    def floors(self):
        """the measurements that the project's limits are about, and a table of them"""
        every, runs = self.candidates, []
        for _ in range(2 if self.options.twice else 1):
            self.results = {}
            runs.append(self.results)
            for name, names, rounds in floors.RUNS:
                self.candidates, self.options.rounds = [c for c in every if c.name in names], rounds
                try:
                    self.measure(name)
                except (OSError, ValueError, subprocess.SubprocessError) as error:
                    # The others are worth having all the same; the table says what is missing.
                    print(f"{name}: {error}", file=sys.stderr)
            self.candidates = every
            for candidate in every:
                candidate.stop()
        self.results = {"runs": runs}
        floors.print_table(runs)

    def trees(self):
        """every scenario for this tree and another one, and a table of what this one costs beside it"""
        names = self.options.scenarios.split(",") if self.options.scenarios else beside.SCENARIOS
        runs = []
        for _ in range(2 if self.options.twice else 1):
            self.results = {}
            runs.append(self.results)
            for name in names:
                self.candidates = beside.measured(name, self.every)
                self.scenario(name)
            for candidate in self.every:
                candidate.stop()
        self.results = {"runs": runs}
        beside.print_table(runs)

    def measure(self, name):
        if name in SPECIAL:
            getattr(self, name)()
        else:
            self.scenario(name)

    def run(self):
        names = self.options.scenarios.split(",") if self.options.scenarios else [*SCENARIOS, *SPECIAL]
        unknown = [name for name in names if name not in SCENARIOS and name not in SPECIAL]
        try:
            if unknown:
                raise SystemExit(f"no such scenario: {', '.join(unknown)}")
            if self.options.beside:
                self.trees()
                names = []
            elif self.options.floors:
                self.floors()
                names = []
            for name in names:
                self.measure(name)
        finally:
            for candidate in self.every:
                candidate.stop()
            self.backend.terminate()
            self.backend.wait()
            if self.options.out:
                with open(self.options.out, "w") as file:
                    json.dump({"pinned": self.pinned, "rounds": self.options.rounds, "secs": self.options.secs,
                               "results": self.results}, file, indent=1)


def read_slowly(port, measure):
    """fetches a large body in steps that take their time; returns the bytes read and the highest of what was measured"""
    wanted = SLOW_MIB << 20
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        client.settimeout(20)
        client.connect(("127.0.0.1", port))
        client.sendall(f"GET /{SLOW_MIB}m HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        begin, read, highest, steps = time.monotonic(), 0, 0, 40
        for step in range(1, steps + 1):
            while read < wanted * step // steps:
                part = client.recv(1 << 18)
                if not part:
                    return read, highest
                read += len(part)
            highest = max(highest, measure())
            time.sleep(max(0, begin + SLOW_SECONDS * step / steps - time.monotonic()))
        return read, highest


def hold_idle(candidate, held, wanted):
    """opens connections, each with one answered request, until that many are held"""
    while len(held) < wanted:
        batch = []
        for _ in range(min(25, wanted - len(held))):
            try:
                connection = socket.create_connection(("127.0.0.1", candidate.port["http"]), 5)
                connection.sendall(b"GET /1k HTTP/1.1\r\nHost: x\r\n\r\n")
                batch.append(connection)
            except OSError as error:
                print(f"  {candidate.name}: {error} at {len(held)}", file=sys.stderr)
        if not batch:
            return
        for connection in batch:
            connection.settimeout(20)
            size = 0
            while size < 1024:
                part = connection.recv(8192)
                if not part:
                    break
                size += len(part)
        held += batch


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-c", "--candidates", default=os.path.join(HERE, "candidates.json"))
    parser.add_argument("-n", "--names", help="candidates to measure, default all")
    parser.add_argument("-s", "--scenarios", help=f"of: {' '.join([*SCENARIOS, *SPECIAL])}")
    parser.add_argument("-b", "--baseline")
    parser.add_argument("-r", "--rounds", type=int, default=5)
    parser.add_argument("-t", "--secs", type=float, help="of each round, default 5, with --floors 2")
    parser.add_argument("--rps", type=float, default=15000, help="requests per second of the scenario rate")
    parser.add_argument("--floors", action="store_true",
                        help="measure what limits exist for and print the table; eight to ten minutes, implies --keep")
    parser.add_argument("--beside", metavar="TREE",
                        help="measure relayd of another source tree, which is built, beside that of this one; implies --keep")
    parser.add_argument("--twice", action="store_true",
                        help="with --floors or --beside: all of it a second time, with new processes")
    parser.add_argument("--one-process", action="store_true", help="start relayd as nobody, which is one process (as root)")
    parser.add_argument("--unpinned", action="store_true")
    parser.add_argument("--keep", action="store_true", help="keep one process per candidate over all scenarios")
    parser.add_argument("--warm-max", type=float, default=60, help="cap on the warm-up seconds (smoke runs)")
    parser.add_argument("--dir", default=os.path.join(tempfile.gettempdir(), "relay-bench"))
    parser.add_argument("-o", "--out")
    parser.add_argument("-v", "--verbose", action="store_true")

    def terminated(*_):
        raise SystemExit("terminated")
    signal.signal(signal.SIGTERM, terminated)
    signal.signal(signal.SIGINT, terminated)
    options = parser.parse_args()
    if options.floors:
        options.names = ",".join(sorted({name for _, names, _ in floors.RUNS for name in names}))
        options.keep, options.warm_max = True, min(options.warm_max, 15)
    if options.beside:
        options.keep, options.warm_max = True, min(options.warm_max, 15)
    options.secs = options.secs or (2 if options.floors or options.beside else 5)
    Bench(options).run()


if __name__ == "__main__":
    main()
