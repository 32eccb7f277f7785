"""Where private keys are: in the process that is root, which signs, and after thousands of handshakes nowhere in the one that speaks TLS.
The same search finds them in the first one, so that it would find them in the other.  Then what happens while the first one is stopped."""
import concurrent.futures
import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
import time

from clients import trusting
from world import DEFAULT, EXACT

HANDSHAKES = int(os.environ.get("INTEROP_HANDSHAKES", "3000"))
PIECE, STOPPED = 16, 10
CHUNK = 1 << 20


def children(process):
    found = []
    for task in os.listdir(f"/proc/{process}/task"):
        with open(f"/proc/{process}/task/{task}/children") as file:
            found += [int(one) for one in file.read().split()]
    return found


def run(world, server, report):
    report.section(f"private keys, after {HANDSHAKES} handshakes")
    if server.name != "relayd":
        report.fact("left out", f"{server.name} has them where it speaks TLS")
        return
    workers = [one for one in children(server.process.pid) if os.stat(f"/proc/{one}").st_uid != 0]
    report.row("processes that are not root", 1, len(workers))
    if len(workers) != 1:
        return
    shake(world)
    patterns = {}
    for leaf in world.leaves:
        patterns.update(traces(leaf.key))
    report.fact("patterns", len(patterns))
    report.row("what of the keys is in the memory of the process that speaks TLS", "nothing", names(found(workers[0], patterns)))
    there = found(server.process.pid, patterns)
    report.row("something of each key is in the memory of the process that signs", sorted(os.path.basename(leaf.key) for leaf in world.leaves),
               sorted({name.split(" ")[0] for name in there}))
    stopped(world, server, report)


def names(patterns):
    return ", ".join(sorted(patterns)) or "nothing"


def shake(world):
    """full handshakes, with both versions and names of certificates with both kinds of keys"""
    def some(count):
        for number in range(count):
            context = trusting(world, "1.2" if number % 2 else "1.3")
            if number % 4 == 1:
                context.set_ciphers("ECDHE-RSA-AES128-GCM-SHA256")
            with socket.create_connection(("127.0.0.1", world.port["defaults"]), 30) as plain:
                with context.wrap_socket(plain, server_hostname=(EXACT, DEFAULT)[number % 8 >= 4 and number % 4 != 1]):
                    pass
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(some, HANDSHAKES // 8) for _ in range(8)]:
            done.result()


def traces(path):
    """what a private key looks like in memory, by name: its secret numbers, first and last octets of each, in both orders; lines of its text"""
    text = subprocess.run(["openssl", "pkey", "-in", path, "-noout", "-text"], stdout=subprocess.PIPE, text=True, check=True).stdout
    secret, patterns, key = ("privateExponent", "prime1", "prime2", "exponent1", "exponent2", "coefficient", "priv"), {}, os.path.basename(path)
    for name, lines in re.findall(r"^(\w+):[^\n]*\n((?: +[0-9a-f:]+\n)+)", text, re.MULTILINE):
        if name not in secret:
            continue
        number = bytes.fromhex(re.sub(r"[\s:]", "", lines)).lstrip(b"\0")
        for order, octets in (("highest octet first", number), ("lowest octet first", number[::-1])):
            patterns[f"{key} {name}, {order}, head"] = octets[:PIECE]
            patterns[f"{key} {name}, {order}, tail"] = octets[-PIECE:]
    with open(path) as file:
        lines = [line for line in file.read().splitlines() if not line.startswith("-----")]
    # What is public of a key of RSA stands in its first lines; of P-256 the secret is within the first.
    for number, line in enumerate(lines[8:-1] if len(lines) > 10 else [lines[0][48:]]):
        patterns[f"{key} line {number} of its text"] = line[:PIECE].encode()
    return patterns


def found(process, patterns):
    """names of the patterns that are in any memory of a process that can be read"""
    one = re.compile(b"|".join(re.escape(octets) for octets in patterns.values()))
    by_octets = {octets: name for name, octets in patterns.items()}
    seen, total = set(), 0
    with open(f"/proc/{process}/maps") as maps, open(f"/proc/{process}/mem", "rb", 0) as memory:
        for line in maps:
            begin, end = (int(number, 16) for number in line.split()[0].split("-"))
            if line.split()[1][0] != "r" or line.rstrip().endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            for at in range(begin, end, CHUNK):
                try:
                    memory.seek(at)
                    octets = memory.read(min(CHUNK + PIECE, end - at))
                except OSError:
                    continue  # such as what is behind the end of a file
                total += len(octets)
                seen.update(by_octets[match.group()] for match in one.finditer(octets))
    if total < CHUNK:
        raise OSError(f"{total} octets could be read of process {process}")
    return seen


def stopped(world, server, report):
    report.section("the process with the keys is stopped")
    steady = http.client.HTTPSConnection("127.0.0.1", world.port["defaults"], timeout=30, context=trusting(world, "1.3"))

    def ask():
        steady.request("GET", "/100", headers={"Host": DEFAULT})
        return len(steady.getresponse().read())
    ask()
    os.kill(server.process.pid, signal.SIGSTOP)
    try:
        with concurrent.futures.ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(new, world)
            answers = [ask() for _ in range(50)]
            report.row("answers on a connection that is open", 50, sum(length > 0 for length in answers))
            report.row("new connection", "waits", "waits" if not waiting.done() else waiting.result()[0])
            ended, seconds = waiting.result()
            report.row("and then", "ended", ended)
            report.within("after seconds", seconds, STOPPED + 5, " s")
            report.row("open connection after that", 100, ask())
    finally:
        os.kill(server.process.pid, signal.SIGCONT)
    deadline = time.monotonic() + 30
    answer = new(world)[0]
    while answer != "open" and time.monotonic() < deadline:
        answer = new(world)[0]
    report.row("new connection when it goes on", "open", answer)
    steady.close()


def new(world):
    """what becomes of a new connection, and seconds"""
    begin = time.monotonic()
    try:
        with socket.create_connection(("127.0.0.1", world.port["defaults"]), 30) as plain:
            with trusting(world, "1.3").wrap_socket(plain, server_hostname=DEFAULT):
                return "open", time.monotonic() - begin
    except (OSError, ssl.SSLError):
        return "ended", time.monotonic() - begin
