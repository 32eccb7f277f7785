"""The servers under test: relayd, and haproxy, with which one sees whether the tests themselves are right."""
import os
import shlex
import shutil
import signal
import subprocess
import time

from world import LISTENERS, wait_for_port

TREE = os.path.abspath(os.path.join(os.path.dirname(__file__), *[".."] * 4))


class Server:
    def __init__(self, world):
        self.world, self.process = world, None
        self.log = os.path.join(world.folder, "log")
        self.file = os.path.join(world.folder, "server.conf")

    def start(self):
        self.place_certificates()
        with open(self.file, "w") as out:
            out.write(self.configuration())
        os.chmod(self.file, 0o600)
        self._out = open(self.log, "wb")
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=self._out, stderr=self._out,
                                        start_new_session=True)
        for listener in LISTENERS:
            wait_for_port(listener.port, self.process, self.log)
        return self

    def stop(self):
        if not self.process:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._out.close()
        self.process = None

    def log_lines(self):
        with open(self.log, errors="replace") as file:
            return file.read().splitlines()


class Relayd(Server):
    """Sees its certificates and the names of its targets in a mount namespace of its own (as root).

    RELAYD and RELAYCTL are the commands, by default those of this tree."""
    name = "relayd"

    def place_certificates(self):
        self.ssl, self.hosts = os.path.join(self.world.folder, "ssl"), os.path.join(self.world.folder, "hosts")
        os.makedirs(os.path.join(self.ssl, "private"), mode=0o700, exist_ok=True)
        for leaf in self.world.leaves:
            self.place(leaf)
        shutil.copy(self.world.clients.certificate, os.path.join(self.ssl, "clients.pem"))
        shutil.copy(self.world.ours.certificate, os.path.join(self.ssl, "ours.pem"))
        with open(self.hosts, "w") as out:
            out.write("127.0.0.1 localhost origin.test wrong.test\n")

    def place(self, leaf):
        name = os.path.basename(leaf.path)
        shutil.copy(leaf.certificate, os.path.join(self.ssl, name + ".crt"))
        key = os.path.join(self.ssl, "private", name + ".key")
        shutil.copy(leaf.key, key)
        os.chmod(key, 0o600)
        if leaf in self.world.staples:
            shutil.copy(self.world.staples[leaf], os.path.join(self.ssl, name + ".ocsp"))

    def configuration(self):
        return "prefork 1\nlog connection errors\n" + "".join(self._relay(listener) for listener in LISTENERS)

    def _relay(self, listener):
        options = [f'keypair "{os.path.basename(leaf.path)}"' for leaf in self.world.leaves] if listener.tls else []
        if listener.tickets:
            options.append("session tickets")
        if listener.client_ca:
            options.append('client ca "/etc/ssl/clients.pem"')
        if listener.target != "plain":
            options.append('ca file "/etc/ssl/ours.pem"')
        options += [f"tlsv{version}" for version in ("1.0", "1.1") if version in listener.versions]
        options += [f"no tlsv{version}" for version in ("1.2", "1.3") if version not in listener.versions]
        if "1.0" in listener.versions:
            options.append('ciphers "ALL:!aNULL"')
        target = {"plain": "127.0.0.1", "wrong": "wrong.test"}.get(listener.target, "origin.test")
        kind = "http" if listener.kind == "http" else "tcp"
        edit = '\tmatch request header append "X-Forwarded-For" value "$REMOTE_ADDR"\n' if kind == "http" else ""
        lines = "".join(f"\ttls {option}\n" for option in options) + edit or "\ttcp nodelay\n"
        return (f'{kind} protocol "{listener.name}" {{\n{lines}}}\n'
                f'relay "{listener.name}" {{\n\tlisten on 127.0.0.1 port {listener.port}{" tls" if listener.tls else ""}\n'
                f'\tprotocol "{listener.name}"\n\tforward {"with tls " if listener.target != "plain" else ""}to {target} '
                f'port {self.world.origin(listener)}\n}}\n')

    def command(self):
        self.socket = os.path.join(self.world.folder, "relayd.sock")
        relayd = shlex.split(os.environ.get("RELAYD", os.path.join(TREE, "bin", "relayd")))
        return ["unshare", "--mount", "sh", "-c", 'mount --bind "$0" /etc/ssl && mount --bind "$1" /etc/hosts && shift && exec "$@"',
                self.ssl, self.hosts, *relayd, "-d", "-v", "-f", self.file, "--socket", self.socket]

    def reload(self):
        """the status of relayctl, and what it says"""
        relayctl = shlex.split(os.environ.get("RELAYCTL", os.path.join(TREE, "bin", "relayctl")))
        ran = subprocess.run([*relayctl, "-s", self.socket, "reload"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, timeout=60)
        return ran.returncode, ran.stdout.strip()


class Haproxy(Server):
    name = "haproxy"

    def place_certificates(self):
        self.list = os.path.join(self.world.folder, "list")
        with open(self.list, "w") as out:
            for leaf in self.world.leaves:
                out.write(leaf.pem + "\n")
                shutil.copy(self.world.ours.certificate, leaf.pem + ".issuer")
                if leaf in self.world.staples:
                    shutil.copy(self.world.staples[leaf], leaf.pem + ".ocsp")
        self.keys = os.path.join(self.world.folder, "keys")
        with open(self.keys, "w") as out:
            out.write("\n".join(self.world.ticket_keys) + "\n")

    def place(self, leaf):
        """its files are those that the authority writes"""

    def configuration(self):
        self.control = os.path.join(self.world.folder, "haproxy.sock")
        return (f"global\n no strict-limits\n maxconn 9000\n nbthread 1\n tune.ssl.cachesize 0\n stats socket {self.control}\n"
                " ssl-default-bind-ciphers HIGH:!aNULL:!kRSA:!PSK\n"
                "defaults\n timeout connect 5s\n timeout client 20s\n timeout server 20s\n timeout http-request 10s\n backlog 4096\n"
                + "".join(self._relay(listener) for listener in LISTENERS))

    def _relay(self, listener):
        bind = f"127.0.0.1:{listener.port}"
        if listener.tls:
            bind += f" ssl crt-list {self.list} alpn http/1.1"
            if "1.0" in listener.versions:
                bind += " ciphers ALL:@SECLEVEL=0"
            bind += f" ssl-min-ver TLSv{listener.versions[0]} ssl-max-ver TLSv{listener.versions[-1]}"
            bind += f" tls-ticket-keys {self.keys}" if listener.tickets else " no-tls-tickets"
            if listener.client_ca:
                bind += f" verify required ca-file {self.world.clients.certificate}"
        server = f"127.0.0.1:{self.world.origin(listener)}"
        if listener.target != "plain":
            name = "wrong.test" if listener.target == "wrong" else "origin.test"
            server += f" ssl verify required ca-file {self.world.ours.certificate} sni str({name}) verifyhost {name}"
        mode = "http" if listener.kind == "http" else "tcp"
        return (f"listen {listener.name}\n mode {mode}\n bind {bind}\n" + (" option forwardfor\n" if mode == "http" else "")
                + f" server s {server}\n")

    def command(self):
        return ["haproxy", "-W", "-db", "-f", self.file]

    def reload(self):
        before = len(self.log_lines())
        self.process.send_signal(signal.SIGUSR2)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            lines = self.log_lines()[before:]
            if any("New worker" in line for line in lines):
                return 0, ""
            if any("ALERT" in line for line in lines):
                return 1, "\n".join(lines)
            time.sleep(0.05)
        return 1, "did not reload"


SERVERS = {"relayd": Relayd, "haproxy": Haproxy}
