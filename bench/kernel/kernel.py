#!/usr/bin/env python3
"""Measures redirections in network namespaces of its own, with the programs of this source tree. Needs root.

    kernel.py [--java HOME] [--rounds N] [--seconds S] [--beside TREE] [times] [throughput]

times: how long the kernel takes to follow, by KernelTimes. throughput: what redirected connections reach beside rules that
were written by hand, by redirected.py. Without a word both. With --beside times are also taken of another source tree, which
is built: three times each, by turns.

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


def class_path(root):
    """The jars of the distribution, and the benchmark itself."""
    jars = sorted(str(jar) for jar in root.glob("target/dist/lib/*.jar"))
    if not jars:
        sys.exit(f"no jars below {root}/target/dist/lib: mvn -DskipTests package")
    return ":".join([str(root / "bench/target/classes"), *jars])


def times(java, root):
    # The collector is the daemon's.
    program = [f"{java}/bin/java", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
               "--sun-misc-unsafe-memory-access=allow", "-cp", class_path(root), "org.relayd.bench.KernelTimes"]
    shell = 'ip link set lo up; exec "$@"'
    return subprocess.call(["unshare", "-n", "sh", "-c", shell, "sh", *program])


def main():
    words = argparse.ArgumentParser(description="redirections in the kernel")
    words.add_argument("--java", default=None)
    words.add_argument("--rounds", type=int, default=9, help="of throughput")
    words.add_argument("--seconds", type=float, default=2, help="each measurement of throughput takes so long")
    words.add_argument("--beside", metavar="TREE", type=pathlib.Path, help="another source tree, for times")
    words.add_argument("parts", nargs="*", choices=["times", "throughput", []])
    chosen = words.parse_args()
    status = 0
    if not chosen.parts or "times" in chosen.parts:
        for root in [ROOT] if chosen.beside is None else [ROOT, chosen.beside] * 3:
            if chosen.beside is not None:
                print("this tree:" if root == ROOT else "the other tree:", flush=True)
            status = times(chosen.java or find_java(), root) or status
    if not chosen.parts or "throughput" in chosen.parts:
        redirected.measure(str(ROOT / "bin/relayd"), chosen.rounds, chosen.seconds)
    sys.exit(status)


if __name__ == "__main__":
    main()
