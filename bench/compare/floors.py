"""The limits that the project has set itself for relays, and what bench.py measures for them."""
import statistics

BOTH = ("haproxy", "relayd")
# bare copies and does nothing else: what it takes is the kernel's
BULK = ("haproxy", "haproxy-splice", "bare", "relayd", "relayd-copy")
COPY = ("relayd", "relayd-copy")
# scenario, candidates, rounds; in all eight to ten minutes, more on a slow machine, where warm-ups take as long as they may
RUNS = (("http_ka", ("haproxy", "nginx", "relayd", "relayd-rules"), 7), ("http_close", BOTH, 5), ("tcp_conn", BOTH, 5),
        ("ping64", BOTH, 5), ("http_bulk", BULK, 5), ("tcp_bulk", BULK, 5), ("rate", BOTH, 5), ("mem", BOTH, 1),
        ("slow", COPY, 1))
# label, scenario, candidate, figure, baseline, limit, aim
RATIOS = (("HTTP keep-alive, 1 KiB, two header edits", "http_ka", "relayd", "cpu_us", "haproxy", 0.90, 0.75),
          ("1,000 rules, as a multiple of one rule", "http_ka", "relayd-rules", "cpu_us", "relayd", 2.0, 1.2),
          ("HTTP, a connection for each request", "http_close", "relayd", "cpu_us", "haproxy", 1.15, 1.0),
          ("HTTP bulk, copied", "http_bulk", "relayd-copy", "cpu_us", "haproxy", 0.60, 0.55),
          ("HTTP bulk, spliced, against haproxy's splice", "http_bulk", "relayd", "cpu_us", "haproxy-splice", 1.40, 1.10),
          ("TCP bulk, copied", "tcp_bulk", "relayd-copy", "cpu_us", "haproxy", 0.60, 0.55),
          ("TCP bulk, spliced, against haproxy's splice", "tcp_bulk", "relayd", "cpu_us", "haproxy-splice", 1.40, 1.10),
          ("TCP connections", "tcp_conn", "relayd", "cpu_us", "haproxy", 1.15, 0.95),
          ("ping-pong, 64 connections", "ping64", "relayd", "cpu_us", "haproxy", 1.0, 0.80),
          ("median latency at an equal rate", "rate", "relayd", "p50", "haproxy", 1.0, 0.8),
          ("99th percentile at an equal rate", "rate", "relayd", "p99", "haproxy", 1.5, 1.0))


class Row:
    """One limit and what one run came to: value and rounds are texts, verdict says whether the limit is met."""

    def __init__(self, label, limit, aim, values, rounds="1", faulty=False):
        self.label, self.limit, self.aim, self.rounds = label, limit, aim, rounds
        self.value = statistics.median(values) if values else None
        if self.value is None:
            self.verdict = "**not measured**"
        elif faulty:
            self.verdict = "**void: errors**"
        else:
            self.verdict = "aim" if self.value <= aim else "yes" if self.value <= limit else "**missed**"

    def shown(self):
        return "-" if self.value is None else f"{self.value:.2f}"


def growth(memory):
    """KiB for each session that was added to the first step of sessions"""
    return (memory["rss"][2] - memory["rss"][1]) * 1024 / (memory["sessions"][1] - memory["sessions"][0])


def rows(results):
    """a row for each limit: medians of the rounds as ratios to the baseline's median, and the lowest and highest such ratio"""
    for label, scenario, name, key, base, limit, aim in RATIOS:
        of = results.get(scenario, {})
        if not of.get(name) or not of.get(base):
            yield Row(label, limit, aim, [])
            continue
        whole = statistics.median(one[key] for one in of[base])
        ratios = [one[key] / whole for one in of[name]]
        errors = sum(one["errs"] for one in of[name] + of[base])
        yield Row(label, limit, aim, ratios, f"{min(ratios):.2f}..{max(ratios):.2f}", errors > 0)
    memory = results.get("mem", {}).get("relayd")
    yield Row("RSS idle, MiB", 110, 75, [memory["rss"][0]] if memory else [])
    held = f"{memory['sessions'][1]:,}" if memory else "10,000"
    yield Row(f"RSS for each of {held} idle sessions, KiB", 4, 2, [growth(memory)] if memory else [])
    slow = results.get("slow", {})
    grown = [seen["highest"] - seen["before"] for of in slow.values() for seen in of.values()]
    yield Row("RSS growth while 512 MiB pass to a slow reader, the most of all ways, MiB", 16, 4, [max(grown)] if grown else [])


def print_table(runs):
    """the limits and what each of some runs came to, as a table of Markdown"""
    count = len(runs)
    numbers = [""] if count == 1 else [f", run {number}" for number in range(1, count + 1)]
    header = ["measure", *(f"relayd{number}" for number in numbers), "limit", "aim",
              *(f"met{number}" for number in numbers), *(f"rounds{number}" for number in numbers)]
    print("\n### limits\n| " + " | ".join(header) + " |\n" + "|---" * len(header) + "|")
    for same in zip(*(list(rows(run)) for run in runs)):
        cells = [same[0].label, *(row.shown() for row in same), f"{same[0].limit:.2f}", f"{same[0].aim:.2f}",
                 *(row.verdict for row in same), *(row.rounds for row in same)]
        print("| " + " | ".join(cells) + " |", flush=True)
