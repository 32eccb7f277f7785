"""Other people's clients, and other people's proxies in front of it and after it: bytes compared both ways."""
import hashlib
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time

from neighbours import Neighbours
from origin import BLOCK, digest, pattern
from sclient import OPTION
from world import DEFAULT, FRONTS

HERE = os.path.dirname(os.path.abspath(__file__))
SIZE = int(os.environ.get("INTEROP_MIB", "64")) << 20
# sizes of writes: a record takes 16,384 octets at most
ODD = (1, 777, 16383, 16384, 16385, 5, 40000, 65536, 3)


def run(world, server, report):
    body = os.path.join(world.folder, "body")
    with open(body, "wb") as out:
        for block in pattern(SIZE):
            out.write(block)
    whole = digest(SIZE)
    report.section(f"clients: {SIZE >> 20} MiB both ways")
    for version in ("1.2", "1.3"):
        expected = (whole, whole)
        secure = ["--cacert", world.trusted, "--tlsv" + version, "--tls-max", version]
        report.row(f"curl, TLS {version}", expected, curl(world.port["defaults"], body, secure, DEFAULT))
        report.row(f"curl, TLS {version}, and over TLS to the target", expected, curl(world.port["again"], body, secure, DEFAULT))
        report.row(f"Java, TLS {version}", expected, java(world, version, body))
        if shutil.which("node"):
            report.row(f"node, TLS {version}", expected, node(world, version, body))
        for listener in ("echo", "echoagain"):
            port = world.port[listener]
            report.row(f"python, TLS {version}, {listener}, writes of odd sizes", whole, echo(world, port, version))
            report.row(f"python, TLS {version}, {listener}, slow reader", whole, echo(world, port, version, slow=True))
            report.row(f"openssl, TLS {version}, {listener}, records of 777 octets", whole, openssl(port, version, body))
    good = world.client["good"]
    mutual = ["--cacert", world.trusted, "--cert", good.certificate, "--key", good.key]
    report.row("curl with a certificate", (whole, whole), curl(world.port["mutual"], body, mutual, DEFAULT))
    report.row("curl that offers HTTP/2", (whole, whole), curl(world.port["defaults"], body, ["--http2", "--cacert", world.trusted], DEFAULT))
    neighbours = Neighbours(world)
    try:
        for name in neighbours.names:
            front = FRONTS[name]
            report.row(f"{name} in front", (whole, whole), curl(front, body))
            report.row(f"{name} after it", (whole, whole), curl(world.port["to" + name], body, ["--cacert", world.trusted], DEFAULT))
    finally:
        neighbours.close()
    report.row("without TLS, and over TLS to the target", (whole, whole), curl(world.port["outward"], body))
    key_updates(world, report)
    wrong_name(world, server, report)


def curl(port, body, words=(), name=None):
    """digests of what was got, and of what arrived of what was sent, as the origin tells it"""
    url = f"https://{name}:{port}/" if name else f"http://127.0.0.1:{port}/"
    common = ["curl", "-sS", "--max-time", "60", *map(str, words)]
    if name:
        common += ["--resolve", f"{name}:{port}:127.0.0.1"]
    got = hashlib.sha256()
    with subprocess.Popen([*common, url + str(SIZE)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while part := process.stdout.read(BLOCK):
            got.update(part)
        error = process.stderr.read().decode().strip()
    sent = subprocess.run([*common, "-H", "Expect:", "--data-binary", "@" + body, url], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=90).stdout.strip()
    return error or got.hexdigest(), sent


def java(world, version, body):
    hosts = os.path.join(world.folder, "hosts-of-java")
    with open(hosts, "w") as out:
        out.write(f"127.0.0.1 {DEFAULT}\n")
    program = os.path.join(os.environ.get("JAVA_HOME", ""), "bin", "java")
    program = program if os.path.exists(program) else "java"
    ran = subprocess.run([program, "-Xmx512m", "-XX:TieredStopAtLevel=1", f"-Djdk.net.hosts.file={hosts}", os.path.join(HERE, "programs", "Fetch.java"),
                          world.trusted, version, f"https://{DEFAULT}:{world.port['defaults']}/", str(SIZE), body],
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
    return three_words(ran.stdout, version)


def node(world, version, body):
    ran = subprocess.run(["node", os.path.join(HERE, "programs", "fetch.js"), world.trusted, version, DEFAULT,
                          str(world.port["defaults"]), str(SIZE), body], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, timeout=120)
    return three_words(ran.stdout, version)


def three_words(text, version):
    words = text.split()
    return tuple(words[1:]) if len(words) == 3 and words[0] == "TLSv" + version else text.strip()


def trusting(world, version):
    context = ssl.create_default_context(cafile=world.trusted)
    context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, "TLSv" + version.replace(".", "_"))
    return context


def echo(world, port, version, slow=False):
    """sends all in writes of odd sizes while it reads what comes back; the digest of that"""
    with socket.create_connection(("127.0.0.1", port), 10) as plain:
        if slow:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        plain.settimeout(60)
        # Python allows one thread to read while another writes only if the object is not shared: so by turns, not blocking.
        with trusting(world, version).wrap_socket(plain, server_hostname=DEFAULT) as connection:
            connection.setblocking(False)
            return turns(connection, slow)


def turns(connection, slow):
    source, got, size = odd_writes(), hashlib.sha256(), 0
    pending = next(source)
    deadline = time.monotonic() + 90
    while size < SIZE:
        if time.monotonic() > deadline:
            return f"stuck after {size}"
        moved = False
        if pending is not None:
            try:
                sent = connection.send(pending)
                pending = pending[sent:] or next(source, None)
                moved = True
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                pass
            if slow and moved:
                continue  # it reads only when nothing more can be written
        try:
            part = connection.recv(BLOCK)
            if not part:
                return f"ended after {size}"
            got.update(part)
            size += len(part)
            moved = True
            if slow and size % (1 << 20) < BLOCK:
                time.sleep(0.005)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass
        if not moved:
            time.sleep(0.0005)
    return got.hexdigest()


def odd_writes():
    rest, number = b"", 0
    for block in pattern(SIZE):
        rest += block
        while len(rest) >= BLOCK:
            length = ODD[number % len(ODD)]
            number += 1
            yield memoryview(rest[:length])
            rest = rest[length:]
    if rest:
        yield memoryview(rest)


def openssl(port, version, body):
    """sends a file in records of 777 octets, and ends the connection when all has come back"""
    command = ["openssl", "s_client", "-quiet", "-connect", f"127.0.0.1:{port}", OPTION[version], "-max_send_frag", "777",
               "-servername", DEFAULT]
    got, size = hashlib.sha256(), 0
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        feeder = threading.Thread(target=feed, args=(body, process.stdin), daemon=True)
        feeder.start()
        while size < SIZE and (part := process.stdout.read1(BLOCK)):
            got.update(part)
            size += len(part)
        process.kill()
        feeder.join(5)
    return got.hexdigest() if size == SIZE else f"ended after {size}"


def feed(file, out):
    try:
        with open(file, "rb") as source:
            shutil.copyfileobj(source, out, BLOCK)
        out.flush()
    except OSError:
        pass  # the reader says how far it came


def key_updates(world, report):
    report.section("KeyUpdate")
    for listener in ("echo", "echoagain"):
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{world.port[listener]}", "-tls1_3", "-servername", DEFAULT]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            seen = []
            reader = threading.Thread(target=lambda: seen.extend(iter(process.stdout.readline, b"")), daemon=True)
            reader.start()
            try:
                for number in range(20):
                    word = f"line {number}\n".encode()
                    process.stdin.write(word)
                    process.stdin.flush()
                    wait_until(lambda: word in seen)
                    # K asks the other end to change its keys too, k does not
                    process.stdin.write(b"K\n" if number % 2 else b"k\n")
                    process.stdin.flush()
                    time.sleep(0.02)  # s_client takes a command only if it is all that one read brings
            except OSError:
                pass
            process.kill()
            reader.join(5)
        report.row(f"{listener}: lines that came back between changes of keys", 20, sum(line.startswith(b"line ") for line in seen))
        report.row(f"{listener}: changes of keys", 20, sum(line.startswith(b"KEYUPDATE") for line in seen))


def wait_until(condition, seconds=5):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.005)
    return condition()


def wrong_name(world, server, report):
    report.section("a target whose certificate does not have its name")
    before = len(server.log_lines())
    answer = subprocess.run(["curl", "-sS", "--max-time", "10", "-o", "/dev/null", "-w", "%{http_code}",
                             f"http://127.0.0.1:{world.port['wrong']}/1"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True).stdout
    report.row("answer is refused", True, not answer.startswith("200"))
    report.fact("answer", answer.strip())
    wait_until(lambda: len(server.log_lines()) > before, 3)
    for line in server.log_lines()[before:]:
        report.fact("log", line)
