#!/usr/bin/env python3
"""Runs KernelTimes in a network namespace of its own, from the jars of this source tree. Needs root.

    kernel.py [--java HOME]

The tree must be built: mvn -DskipTests package
"""
import argparse
import glob
import os
import pathlib
import re
import subprocess
import sys

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


def main():
    words = argparse.ArgumentParser(description="times of redirections in the kernel")
    words.add_argument("--java", default=None)
    java = words.parse_args().java or find_java()
    program = [f"{java}/bin/java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
               "-cp", class_path(), "org.relayd.bench.KernelTimes"]
    shell = 'ip link set lo up; exec "$@"'
    sys.exit(subprocess.call(["unshare", "-n", "sh", "-c", shell, "sh", *program]))


if __name__ == "__main__":
    main()
