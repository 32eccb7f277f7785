"""What the benchmarks read about a process and its descendants from /proc."""
import os
import re
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def family(pid):
    """pid and its live descendants"""
    found, open_ends = [], [pid]
    while open_ends:
        process = open_ends.pop()
        found.append(process)
        try:
            for task in os.listdir(f"/proc/{process}/task"):
                with open(f"/proc/{process}/task/{task}/children") as file:
                    open_ends += [int(child) for child in file.read().split()]
        except OSError:
            pass  # ended meanwhile
    return found


def cpu_seconds(pid):
    """(user, system) seconds used by the family so far"""
    user = system = 0
    for process in family(pid):
        try:
            with open(f"/proc/{process}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        user += int(fields[11])
        system += int(fields[12])
    return user / TICKS_PER_SECOND, system / TICKS_PER_SECOND


def cpu_nanoseconds(pid):
    """nanoseconds that the family used so far, those of ended threads too: each has a clock that counts them (clock_getres(2))"""
    used = 0
    for process in family(pid):
        try:
            used += time.clock_gettime_ns((~process << 3) | 2)
        except OSError:
            continue  # ended meanwhile
    return used


def compiler_seconds(pid):
    """CPU time of the threads of a JVM that compile; 0 for other programs"""
    used = 0
    for process in family(pid):
        try:
            tasks = os.listdir(f"/proc/{process}/task")
        except OSError:
            continue  # ended meanwhile
        for task in tasks:
            try:
                with open(f"/proc/{process}/task/{task}/stat") as file:
                    name, fields = file.read().rsplit(")", 1)
            except OSError:
                continue
            if re.search(r"\(C[12] Compiler", name):
                used += int(fields.split()[11]) + int(fields.split()[12])
    return used / TICKS_PER_SECOND


def memory_mib(pid):
    """(RSS, PSS) of the family in MiB"""
    rss = pss = 0
    for process in family(pid):
        try:
            with open(f"/proc/{process}/smaps_rollup") as file:
                text = file.read()
        except OSError:
            continue
        rss += int(re.search(r"Rss:\s+(\d+)", text).group(1))
        pss += int(re.search(r"Pss:\s+(\d+)", text).group(1))
    return rss / 1024, pss / 1024
