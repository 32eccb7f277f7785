"""Throughput of redirected connections: relayd's rules beside rules that one would write by hand for the same service.

client 10.10.0.2 --- 10.10.0.1 balancer 10.20.0.1 --- server 10.20.0.11, 10.20.0.12

relayd runs until it has loaded its rules, which are then taken from the kernel; from there on both sets take turns in the
same namespaces, so that nothing else differs and no daemon is part of what is measured.
"""
import contextlib
import json
import os
import pathlib
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time

SERVICE, BULK, SHORT = "192.0.2.1", 5201, 5202
BY_HAND = "".join(f"""
table ip by_hand {{
	chain incoming {{
		type nat hook prerouting priority dstnat; policy accept;
		ip daddr {SERVICE} tcp dport {port} dnat to numgen inc mod 2 map {{ 0 : 10.20.0.11, 1 : 10.20.0.12 }}
	}}
}}""" for port in (BULK, SHORT))
CONFIGURATION = "interval 1\ntimeout 500\ntable <servers> { 10.20.0.11, 10.20.0.12 }\n" + "".join(f"""
redirect port{port} {{
	listen on {SERVICE} port {port}
	forward to <servers> check icmp
}}""" for port in (BULK, SHORT)) + "\n"
ACCEPT = f"""
import socket
listener = socket.create_server(("", {SHORT}), backlog=4096)
while True:
    listener.accept()[0].close()
"""
CONNECT = f"""
import socket, struct, sys, time
reset, count, end = struct.pack("ii", 1, 0), 0, time.monotonic() + float(sys.argv[1])
while time.monotonic() < end:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        one.connect(("{SERVICE}", {SHORT}))
        one.recv(1)
        count += 1
print(count)
"""


def sh(*words, text=None):
    """runs a command, which must succeed, and returns what it prints"""
    return subprocess.run(words, input=text, check=True, stdout=subprocess.PIPE, text=True).stdout


class Testbed:
    """three namespaces of our own"""

    def __init__(self, stack):
        self.names = {name: f"relayd-bench-{os.getpid()}-{name}" for name in ("client", "balancer", "server")}
        for name in self.names.values():
            sh("ip", "netns", "add", name)
            stack.callback(subprocess.call, ["ip", "netns", "del", name])
        for side, ours, theirs in (("client", ["10.10.0.1"], ["10.10.0.2"]),
                                   ("server", ["10.20.0.1"], ["10.20.0.11", "10.20.0.12"])):
            sh("ip", "link", "add", side, "netns", self.names["balancer"], "type", "veth", "peer", "name", "eth0",
               "netns", self.names[side])
            for where, link, addresses in (("balancer", side, ours), (side, "eth0", theirs)):
                for address in addresses:
                    self.run(where, "ip", "address", "add", address + "/24", "dev", link)
                self.run(where, "ip", "link", "set", link, "up")
            self.run(side, "ip", "route", "add", "default", "via", ours[0])
        self.run("balancer", "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward; ip link set lo up")
        self.run("client", "sh", "-c", "echo 1024 65535 > /proc/sys/net/ipv4/ip_local_port_range")

    def command(self, where, *words):
        return ["ip", "netns", "exec", self.names[where], *words]

    def run(self, where, *words, text=None):
        return sh(*self.command(where, *words), text=text)

    def start(self, stack, where, *words, **more):
        process = subprocess.Popen(self.command(where, *words), stdout=subprocess.DEVNULL, **more)
        stack.callback(process.wait)
        stack.callback(process.kill)
        return process


def rules_of_relayd(testbed, relayd):
    """the rules that relayd loads when both servers are up"""
    with contextlib.ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "relayd.conf")
        file.write_text(CONFIGURATION)
        process = testbed.start(stack, "balancer", relayd, "-d", "-f", str(file), "--socket", folder + "/socket",
                                stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            rules = testbed.run("balancer", "nft", "-s", "list", "ruleset")
            if rules.count("numgen inc mod 2 ") == 2 and rules.count(" : goto r_") == 2:
                process.send_signal(signal.SIGTERM)
                process.wait()
                return rules
            time.sleep(0.05)
        sys.exit("relayd did not load its rules")


def load(testbed, rules):
    testbed.run("balancer", "nft", "-f", "-", text="flush ruleset\n" + rules)
    testbed.run("balancer", "sh", "-c", "conntrack -F 2>/dev/null; true")


def bulk(testbed, seconds):
    """MiB per second of one stream, and the CPU time of both ends, in which the kernel's forwarding is"""
    report = json.loads(testbed.run("client", "iperf3", "-J", "-c", SERVICE, "-p", str(BULK), "-t", str(seconds)))["end"]
    sent = report["sum_received"]["bytes"]
    cpu = report["cpu_utilization_percent"]
    busy = (cpu["host_total"] + cpu["remote_total"]) / 100 * report["sum_sent"]["seconds"]
    return sent / report["sum_received"]["seconds"] / 2**20, sent / 2**20 / busy


def connections(testbed, seconds):
    """connections per second, one after the other, and per second of the client's CPU time"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    count = int(testbed.run("client", sys.executable, "-c", CONNECT, str(seconds)))
    took = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return count / took, count / (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def row(what, ours, by_hand):
    ratios = [a / b for a, b in zip(ours, by_hand)]
    print(f"{what:52} relayd {statistics.median(ours):9.0f}  by hand {statistics.median(by_hand):9.0f}  ratio of rounds: "
          f"median {statistics.median(ratios):.3f}  {min(ratios):.3f}..{max(ratios):.3f}")


def measure(relayd, rounds, seconds):
    """prints the figures; each round measures both sets, the one that is first changes"""
    with contextlib.ExitStack() as stack:
        testbed = Testbed(stack)
        testbed.start(stack, "server", "iperf3", "-s", "-p", str(BULK))
        testbed.start(stack, "server", sys.executable, "-c", ACCEPT)
        rules = {"relayd": rules_of_relayd(testbed, relayd), "by hand": BY_HAND}
        seen = {name: [] for name in rules}
        for turn in range(rounds + 1):
            for name in list(rules)[::1 if turn % 2 else -1]:
                load(testbed, rules[name])
                figures = (*bulk(testbed, seconds), *connections(testbed, seconds))
                if turn > 0:
                    seen[name].append(figures)
    for i, what in enumerate(("bulk, MiB/s", "bulk, MiB per CPU second of both ends", "connections/s",
                              "connections per CPU second of the client")):
        row(what, *([figures[i] for figures in seen[name]] for name in ("relayd", "by hand")))
