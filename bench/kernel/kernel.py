#!/usr/bin/env python3
"""Measures redirections in network namespaces of its own, with the programs of this source tree. Needs root.

    kernel.py [--java HOME] [--rounds N] [--seconds S] [times] [throughput]

times: how long the kernel takes to follow, by KernelTimes. throughput: what redirected connections reach beside rules that
were written by hand, by redirected.py. Without a word both.

The tree must be built: mvn -DskipTests package
"""
import argparse
import glob
import os
import pathlib
import re
import subprocess
import sys

import redirected

ROOT = pathlib.Path(__file__).resolve().parents[2]


def find_java():
    """The home of a JDK 25 or newer."""
    for home in [os.environ.get("JAVA_HOME", ""), *sorted(glob.glob("/usr/lib/jvm/*"))]:
        try:
            version = re.search(r'^JAVA_VERSION="(\d+)', pathlib.Path(home, "release").read_text(), re.MULTILINE)
        except OSError:
            continue
        if version and int(version.group(1)) >= 25:
            return home
    sys.exit("no JDK 25 found; name one with --java")


def class_path():
    """The jars of the distribution, and the benchmark itself."""
    jars = sorted(str(jar) for jar in ROOT.glob("target/dist/lib/*.jar"))
    if not jars:
        sys.exit("no jars below target/dist/lib: mvn -DskipTests package")
    return ":".join([str(ROOT / "bench/target/classes"), *jars])


def times(java):
    # The collector is the daemon's.
    program = [f"{java}/bin/java", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
               "--sun-misc-unsafe-memory-access=allow", "-cp", class_path(), "org.relayd.bench.KernelTimes"]
    shell = 'ip link set lo up; exec "$@"'
    return subprocess.call(["unshare", "-n", "sh", "-c", shell, "sh", *program])


def main():
    words = argparse.ArgumentParser(description="redirections in the kernel")
    words.add_argument("--java", default=None)
    words.add_argument("--rounds", type=int, default=9, help="of throughput")
    words.add_argument("--seconds", type=float, default=2, help="each measurement of throughput takes so long")
    words.add_argument("parts", nargs="*", choices=["times", "throughput", []])
    chosen = words.parse_args()
    status = 0
    if not chosen.parts or "times" in chosen.parts:
        status = times(chosen.java or find_java())
    if not chosen.parts or "throughput" in chosen.parts:
        redirected.measure(str(ROOT / "bin/relayd"), chosen.rounds, chosen.seconds)
    sys.exit(status)


if __name__ == "__main__":
    main()
