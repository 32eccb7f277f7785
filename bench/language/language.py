#!/usr/bin/env python3
"""How long "relayd -n" takes for large configurations, beside "haproxy -c" (python3 standard library).

    language.py [-r rounds] [--groups N,N,...] [--beside TREE] [-o results.json] [--keep FOLDER]

generate.py writes the same service for both: 50,000 lines of relayd.conf(5) with 10,000 hosts, 2,000 relays and
5,000 rules, and smaller ones.  All commands run interleaved, A B C A B C ..., after one round that does not count.
Printed are medians of wall and CPU time, the largest RSS, and for the largest size the ratio to "haproxy -c" of the
same size, round by round: its median does not depend much on what else the machine does.  With --beside another
source tree, which is built, checks the same files in the same rounds: what a change costs.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import generate

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GROUPS = [10, 50, 100, 250, 500]


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, 0o600)
    return path


def run_once(words):
    """wall ms, CPU ms and peak RSS in MiB of one run, which must accept its file"""
    begin = time.monotonic()
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begin
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(words)}: status {process.returncode}\n{errors.decode()[:2000]}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024


def measure(commands, rounds):
    """name: list of run_once, one for each round"""
    figures = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, words in commands.items():
            figure = run_once(words)
            if number:  # the first round fills the page cache
                figures[name].append(figure)
    return figures


def ratio(above, below, column):
    """median of the ratios of the rounds"""
    return statistics.median(a[column] / b[column] for a, b in zip(above, below))


def line_cost(figures, groups):
    """CPU microseconds for one more line, between each two neighbours of the sizes"""
    for small, large in zip(groups, groups[1:]):
        cpu = [statistics.median(f[1] for f in figures[f"relayd -n, {generate.sizes(g)['lines']} lines"]) for g in (small, large)]
        lines = [generate.sizes(g)["lines"] for g in (small, large)]
        print(f"from {lines[0]} to {lines[1]} lines: {(cpu[1] - cpu[0]) * 1000 / (lines[1] - lines[0]):.1f} us of CPU time a line")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-r", "--rounds", type=int, default=9)
    parser.add_argument("--groups", default=",".join(map(str, GROUPS)), help="sizes, 100 lines of relayd.conf each")
    parser.add_argument("--beside", metavar="TREE", help="another source tree to measure in the same rounds")
    parser.add_argument("-o", "--out", help="write all figures to this file as JSON")
    parser.add_argument("--keep", help="write the configurations to this folder and leave them there")
    options = parser.parse_args()
    groups = sorted(map(int, options.groups.split(",")))
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        os.makedirs(folder, exist_ok=True)
        beside = write(folder, "haproxy.cfg", generate.haproxy(groups[-1]))
        commands = {"haproxy -c": ["haproxy", "-c", "-f", beside]}
        for size in groups:
            lines = generate.sizes(size)["lines"]
            path = write(folder, f"{lines}.conf", generate.relayd(size))
            if options.beside:
                commands[f"relayd -n, {lines} lines, other tree"] = [f"{options.beside}/bin/relayd", "-n", "-f", path]
            commands[f"relayd -n, {lines} lines"] = [f"{TREE}/bin/relayd", "-n", "-f", path]
        figures = measure(commands, options.rounds)
    print(f"largest: {generate.sizes(groups[-1])}, {options.rounds} rounds, interleaved\n")
    print("| command | wall ms, median | CPU ms, median | RSS MiB, most |\n|---|---|---|---|")
    for name, rows in figures.items():
        wall, cpu, rss = zip(*rows)
        print(f"| {name} | {statistics.median(wall):.0f} | {statistics.median(cpu):.0f} | {max(rss):.0f} |")
    ours, theirs = figures[list(commands)[-1]], figures["haproxy -c"]
    print(f"\nx haproxy -c: wall {ratio(ours, theirs, 0):.2f}, CPU {ratio(ours, theirs, 1):.2f}")
    for name in figures:
        if f"{name}, other tree" in figures:
            other = figures[f"{name}, other tree"]
            print(f"{name}, x the other tree: wall {ratio(figures[name], other, 0):.3f}, CPU {ratio(figures[name], other, 1):.3f}")
    line_cost(figures, groups)
    if options.out:
        with open(options.out, "w") as file:
            json.dump(figures, file, indent=1)


if __name__ == "__main__":
    sys.exit(main())
