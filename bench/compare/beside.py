"""Two source trees beside each other: what a change costs, whatever the machine does meanwhile."""
import statistics

# name of a candidate of the other tree
OTHER = "other:"
# what is measured of both; candidates that differ in what they log or how many rules they have are left out
NAMES = ("relayd", "relayd-copy")
SCENARIOS = ("http_ka", "http_close", "http_bulk", "tcp_bulk", "tcp_conn", "ping64")
# where splicing or not makes a difference
BULK = ("http_bulk", "tcp_bulk")


def is_pair(name):
    """whether it is one of the candidates that are measured of both trees"""
    return name.removeprefix(OTHER) in NAMES


def measured(scenario, chosen):
    """the candidates that say something about a scenario"""
    names = NAMES if scenario in BULK else NAMES[:1]
    return [candidate for candidate in chosen if candidate.name.removeprefix(OTHER) in names]


def candidates(listed, tree):
    """the candidates, and each of ours a second time as the other tree has it"""
    pairs = []
    for entry in listed:
        if entry["name"] in NAMES:
            values = dict(entry.get("values", {}), relayd_home=tree)
            start = [word.replace(entry["name"] + ".sock", "other-" + entry["name"] + ".sock") for word in entry["start"]]
            pairs.append(dict(entry, name=OTHER + entry["name"], values=values, start=start))
        pairs.append(entry)
    return pairs


def print_table(runs):
    """CPU time for each unit of work, this tree as a multiple of the other: median of the rounds, least and most"""
    print("\n### this tree beside the other (CPU time; each round of one beside the same round of the other)\n"
          "| scenario | candidate | " + " | ".join(f"run {number}: median | least..most | errors" for number in range(1, len(runs) + 1))
          + " |\n|---|---|" + "---|---|---|" * len(runs))
    for scenario in runs[0]:
        for name in NAMES:
            cells = []
            for run in runs:
                ours, other = run[scenario].get(name, []), run[scenario].get(OTHER + name, [])
                ratios = [a["cpu_us"] / b["cpu_us"] for a, b in zip(ours, other)]
                if ratios:
                    cells += [f"{statistics.median(ratios):.3f}", f"{min(ratios):.2f}..{max(ratios):.2f}",
                              str(sum(one["errs"] for one in ours + other))]
            if cells:
                print(f"| {scenario} | {name} | " + " | ".join(cells) + " |", flush=True)
