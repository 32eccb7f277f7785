"""testssl.sh against the defaults: nothing above "low"."""
import json
import os
import shutil
import subprocess

from world import EXACT

FINE = ("OK", "INFO", "LOW", "DEBUG")
# What says something of the certificates that are made for this run, or of a network that is not there, not of the server.
NOT_OURS = ("cert_revocation", "DNS_CAArecord", "certificate_transparency", "security_headers", "engine_problem")


def run(world, server, report):
    report.section("testssl.sh")
    program = shutil.which("testssl") or shutil.which("testssl.sh")
    if not program:
        report.fact("testssl.sh", "not installed")
        return
    found = os.path.join(world.folder, "testssl.json")
    command = [program, "--quiet", "--color", "0", "--warnings", "off", "--ip", "127.0.0.1", "--nodns", "min", "--add-ca", world.trusted,
               "--jsonfile", found,
               f"{EXACT}:{world.port['defaults']}"]
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=540)
    with open(os.path.join(world.folder, "testssl.txt"), "wb") as out:
        out.write(ran.stdout)
    try:
        with open(found) as file:
            rows = json.load(file)
    except (OSError, ValueError) as error:
        report.row("report", "JSON", f"{error}: {ran.stdout[-500:]!r}")
        return
    report.within("findings that it made, at least (negated)", -len(rows), -100)
    counts = {}
    for row in rows:
        counts[row["severity"]] = counts.get(row["severity"], 0) + 1
        if row["severity"] in FINE:
            continue
        if row["id"].startswith(NOT_OURS):
            report.fact("not ours", f"{row['severity']} {row['id']}: {row['finding']}")
        else:
            report.row(row["id"], "at most LOW", f"{row['severity']}: {row['finding']}")
    report.fact("severities", counts)
