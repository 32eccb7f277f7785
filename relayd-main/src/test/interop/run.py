#!/usr/bin/env python3
"""TLS with other people's programs, on loopback, as root; see README.md.

    run.py [--server relayd|haproxy] [--only NAME,NAME] [--part N] [-v]

Status 1 if anything was seen that was not expected.  --part N: only every Nth cell of the matrix."""
import argparse
import importlib
import os
import shutil
import sys
import tempfile
import time

from report import Report
from servers import SERVERS
from world import World

PARTS = ("matrix", "clients", "hostile", "reload", "keys", "stalled", "flood", "scan")
LONG = ("stalled", "flood", "scan")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", choices=SERVERS, default="relayd")
    parser.add_argument("--only", help=f"of {' '.join(PARTS)}")
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true", help="print rows too that are as expected")
    parser.add_argument("--keep", action="store_true", help="keep the folder with certificates and the log")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="relayd-interop-")
    os.chmod(folder, 0o755)
    world = World(folder)
    server = SERVERS[options.server](world)
    report = Report(options.verbose)
    try:
        server.start()
        for name in options.only.split(",") if options.only else PARTS:
            begin = time.monotonic()
            part = importlib.import_module(name)
            part.run(world, server, report, **({"part": options.part} if name == "matrix" else {}))
            report.fact(name, f"{time.monotonic() - begin:.1f} s")
            if server.process.poll() is not None:
                report.row("the server under test", "running", f"ended with {server.process.returncode}")
                break
    finally:
        server.stop()
        world.close()
        if report.faults:
            print("\nlast lines of its log:", *server.log_lines()[-20:], sep="\n")
        if options.keep:
            print(folder)
        else:
            shutil.rmtree(folder)
    print(f"\n{report.rows} rows, {report.faults} not as expected")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
