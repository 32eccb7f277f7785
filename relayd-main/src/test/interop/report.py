"""Rows of what is expected and what was seen."""
import re


class Report:
    def __init__(self, verbose=False):
        self.verbose, self.rows, self.faults = verbose, 0, 0

    def section(self, title):
        print(f"\n## {title}", flush=True)

    def row(self, name, expected, seen):
        """one comparison; differences are always printed"""
        same = expected == seen
        self.rows += 1
        self.faults += not same
        if self.verbose or not same:
            print(f"{'ok  ' if same else 'DIFF'} | {name} | expected {shown(expected)} | seen {shown(seen)}", flush=True)

    def within(self, name, value, most, unit=""):
        """one figure that must not be larger than another"""
        self.rows += 1
        self.faults += value > most
        print(f"{'ok  ' if value <= most else 'DIFF'} | {name} | at most {most:g}{unit} | seen {value:.3g}{unit}", flush=True)

    def fact(self, name, value):
        print(f"     | {name} | {value}", flush=True)


def shown(value):
    """as text; of digests only the beginning"""
    return re.sub(r"\b([0-9a-f]{12})[0-9a-f]{52}\b", r"\1...", ", ".join(f"{key} {one}" for key, one in value.items()) if isinstance(value, dict) else str(value))
