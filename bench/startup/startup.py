#!/usr/bin/env python3
"""Start-up times and idle memory of relayd's programs, beside "java -version" of the same JDK (python3 standard library).

    startup.py [--java HOME] [--beside TREE] [-r rounds] [-o results.json] [--skip-daemon]

The commands run interleaved, A B C A B C ..., each round once; printed are the median and the least wall time, the
median CPU time, and the ratio of the wall medians to that of "java -version".  Then the daemon: milliseconds from
exec to the first answer through a relay, and its RSS idle, with the start-up cache and without.
With --beside all is measured of another source tree too, which is built, in the same rounds: what a change costs.
Only 127.0.0.1 is used, and only own children are ever signalled.
"""
import argparse
import glob
import http.server
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(HERE, "..", "compare"))
from process import cpu_seconds, memory_mib  # noqa: E402 (the folder is on the path only now)

NO_CACHE = {"RELAYD_JAVA_OPTS": "-XX:AOTMode=off"}
START_LIMIT = 30  # seconds
IDLE = 3  # seconds until the daemon counts as idle


def find_java():
    """the JDK 25 or newer that the launchers would find, near enough"""
    for home in [os.environ.get("RELAYD_JAVA", ""), os.environ.get("JAVA_HOME", ""), *sorted(glob.glob("/usr/lib/jvm/*"))]:
        try:
            with open(os.path.join(home, "release")) as file:
                version = re.search(r'^JAVA_VERSION="(\d+)', file.read(), re.MULTILINE)
        except OSError:
            continue
        if version and int(version.group(1)) >= 25:
            return home
    raise SystemExit("no JDK 25 found; name one with --java")


def named(trees):
    """what is put behind a name for each tree, and the tree: nothing for the first"""
    return [("" if number == 0 else ", other tree", tree) for number, tree in enumerate(trees)]


def commands(java, trees):
    """name: (words, environment to add)"""
    config = os.path.join(HERE, "hundred.conf")
    programs = {"java -version": ([f"{java}/bin/java", "-version"], {})}
    for which, tree in named(trees):
        check = [f"{tree}/bin/relayd", "-n", "-f", config]
        programs.update({
            f"relayd -n{which}": (check, {}),
            f"relayd -n, no cache{which}": (check, NO_CACHE),
            f"relayd-compile --emit model{which}": ([f"{tree}/bin/relayd-compile", "-f", config, "--emit", "model"], {}),
            f"relayctl --version{which}": ([f"{tree}/bin/relayctl", "--version"], {}),
        })
    return programs


def run_once(words, environment):
    """(wall ms, CPU ms) of one run, which must succeed"""
    begin = time.monotonic()
    with subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as process:
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begin
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(words)}: status {process.returncode}\n{errors.decode()}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def measure_commands(java, trees, rounds):
    environment = dict(os.environ, RELAYD_JAVA=java)
    programs = commands(java, trees)
    times = {name: [] for name in programs}
    for number in range(rounds + 1):
        for name, (words, more) in programs.items():
            figures = run_once(words, dict(environment, **more))
            if number:  # the first round fills the page cache
                times[name].append(figures)
    base = statistics.median(wall for wall, _ in times["java -version"])
    print(f"### commands ({rounds} rounds, interleaved)\n| command | wall ms, median | least | CPU ms, median | x java -version |\n"
          "|---|---|---|---|---|")
    for name, figures in times.items():
        walls = [wall for wall, _ in figures]
        print(f"| {name} | {statistics.median(walls):.0f} | {min(walls):.0f} "
              f"| {statistics.median(cpu for _, cpu in figures):.0f} | {statistics.median(walls) / base:.2f} |", flush=True)
    return times


class Origin(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as connection:
            connection.settimeout(3)
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return b" 200 " in connection.recv(100)
    except OSError:
        return False


def daemon_once(tree, folder, config, port, environment):
    """(ms to the first answer, CPU ms used by then, RSS MiB idle) of one daemon"""
    log = os.path.join(folder, "log")
    begin = time.monotonic()
    with open(log, "wb") as file:
        daemon = subprocess.Popen([f"{tree}/bin/relayd", "-d", "-f", config, "--socket", os.path.join(folder, "sock")],
                                  env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
    try:
        while not answers(port):
            if daemon.poll() is not None or time.monotonic() - begin > START_LIMIT:
                with open(log) as file:
                    raise SystemExit("relayd did not come to serve:\n" + file.read())
            time.sleep(0.002)
        first = (time.monotonic() - begin) * 1000
        cpu = sum(cpu_seconds(daemon.pid)) * 1000
        time.sleep(IDLE)
        return first, cpu, memory_mib(daemon.pid)[0]
    finally:
        daemon.send_signal(signal.SIGTERM)
        if daemon.wait(10) != 0:
            print(f"relayd ended with {daemon.returncode}", file=sys.stderr)


def measure_daemon(java, trees, rounds):
    origin = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Origin)
    threading.Thread(target=origin.serve_forever, daemon=True).start()
    starts = {name + which: (tree, more) for name, more in (("cache", {}), ("no cache", NO_CACHE))
              for which, tree in named(trees)}
    results = {name: [] for name in starts}
    with tempfile.TemporaryDirectory() as folder:
        config, port = os.path.join(folder, "relayd.conf"), free_port()
        with open(os.path.join(HERE, "daemon.conf.in")) as source, open(config, "w") as target:
            text = source.read().replace("{http_port}", str(port)).replace("{tcp_port}", str(free_port()))
            target.write(text.replace("{origin_port}", str(origin.server_address[1])))
        os.chmod(config, 0o600)
        for _ in range(rounds):
            for name, (tree, more) in starts.items():
                environment = dict(os.environ, RELAYD_JAVA=java, **more)
                results[name].append(daemon_once(tree, folder, config, port, environment))
    origin.shutdown()
    print(f"\n### daemon ({rounds} rounds)\n| start | ms to first answer, median | least | CPU ms by then | RSS MiB, idle {IDLE} s |\n"
          "|---|---|---|---|---|")
    for name, figures in results.items():
        first, cpu, rss = zip(*figures)
        print(f"| {name} | {statistics.median(first):.0f} | {min(first):.0f} | {statistics.median(cpu):.0f} "
              f"| {statistics.median(rss):.0f} |", flush=True)
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--java", help="home of the JDK, default as the launchers find it")
    parser.add_argument("--beside", metavar="TREE", help="another source tree to measure in the same rounds")
    parser.add_argument("-r", "--rounds", type=int, default=15)
    parser.add_argument("-o", "--out", help="write all figures to this file as JSON")
    parser.add_argument("--skip-daemon", action="store_true")
    options = parser.parse_args()
    java = options.java or find_java()
    trees = [TREE] + ([os.path.abspath(options.beside)] if options.beside else [])
    results = {"commands": measure_commands(java, trees, options.rounds)}
    if not options.skip_daemon:
        results["daemon"] = measure_daemon(java, trees, max(3, options.rounds // 3))
    if options.out:
        with open(options.out, "w") as file:
            json.dump(results, file, indent=1)


if __name__ == "__main__":
    main()
