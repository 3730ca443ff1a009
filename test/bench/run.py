#!/usr/bin/python3.11
"""Times the benchmark programs on CPython 3.11, PyPy and Krait, in turn in one run, and checks that outputs agree.

usage: run.py [--build DIR] [--runs N] [--quick] [--json FILE] [--only IMPLEMENTATION,...] [NAME|GROUP...]

Figures are of whole processes. PyPy's is the better of its default nursery and a 32 MB one. A ratio is CPython's best
time over the best time of the implementation: above 1 is faster than CPython. "-" is what does not exist yet.
"""

import argparse
import json
import math
import os
import platform
import re
import sys
import time

from timing import HERE, IMPLEMENTATIONS, ON_REQUEST, Bench, Subject, table

PROGRAMS = os.path.join(HERE, "programs")
GROUPS = ["numeric", "object", "general"]


class Program:
    """A file of programs/: its group and its argument for --quick stand in its first lines."""

    def __init__(self, path):
        self.path = path
        self.name = os.path.basename(path)[:-3]
        with open(path) as file:
            head = file.read(400)
        group = re.search(r"# group: (\w+)", head)
        quick = re.search(r"quick: (\d+)", head)
        self.group = group.group(1) if group else None
        self.quick = int(quick.group(1)) if quick else None


def geometric_mean(values):
    return math.exp(sum(math.log(v) for v in values) / len(values)) if values else None


def seconds(value):
    return "-" if value is None else "%.3f" % value


def ratio(value):
    return "-" if value is None else "%.2f" % value if value < 10 else "%.1f" % value


def megabytes(kilobytes):
    return "-" if kilobytes is None else "%.1f" % (kilobytes / 1024)


def time_programs(bench, chosen, names, options):
    subjects = []
    for program in chosen:
        subject = Subject(bench, program.path, [program.quick] if options.quick and program.quick else [])
        subject.group = program.group
        ready = [name for name in names if subject.prepare(name)]
        for _ in range(options.runs):
            for name in ready:
                if name not in subject.problems:
                    subject.once(name)
        subject.clean()
        subjects.append(subject)
        walls = ["%s %s" % (name, subject.problems.get(name) or seconds(subject.best(name))) for name in names]
        print("%-16s %s" % (subject.name, ", ".join(walls)), file=sys.stderr, flush=True)
    return subjects


def speed(subject, name):
    base, own = subject.best("cpython"), subject.best(name)
    return base / own if base and own else None


def print_times(subjects, names):
    rows = [["best/median of wall seconds"] + [IMPLEMENTATIONS[name][1] for name in names]]
    for subject in subjects:
        cells = []
        for name in names:
            best = subject.best(name)
            fallback = subject.problems.get(name, "-")
            cells.append(fallback if best is None else "%.3f/%.3f" % (best, subject.median(name)))
        rows.append([subject.name] + cells)
    print("\n" + table(rows))


def print_ratios(subjects, names):
    others = [name for name in names if name != "cpython"]
    krait = [name for name in others if name != "pypy"]
    heads = ["%s" % IMPLEMENTATIONS[name][1] for name in others]
    rows = [["times as fast as CPython"] + heads + ["best Krait / PyPy"]]

    def row(label, speeds):
        own = [speeds[name] for name in krait if name != "recorded" and speeds.get(name)]
        against = max(own) / speeds["pypy"] if own and speeds.get("pypy") else None
        rows.append([label] + [ratio(speeds.get(name)) for name in others] + [ratio(against)])

    for subject in subjects:
        row(subject.name, {name: speed(subject, name) for name in others})
    means = {}
    for group in GROUPS + [None]:
        members = [s for s in subjects if group is None or s.group == group]
        if not members:
            continue
        label = "geometric mean, %s (%d)" % (group or "all", len(members))
        speeds = {}
        for name in others:
            have = [speed(s, name) for s in members if speed(s, name)]
            # A mean over a part of the programs would flatter: it is shown with how many it covers.
            speeds[name] = geometric_mean(have)
            if have and len(have) < len(members):
                label += " [%s: %d]" % (name, len(have))
        means[group or "all"] = {name: value for name, value in speeds.items() if value}
        row(label, speeds)
    print("\n" + table(rows))
    return means


def print_sizes(subjects, names):
    builds = [name for name in ("native", "profile") if name in names]
    rows = [["peak memory, MB"] + [IMPLEMENTATIONS[name][1] for name in names]]
    rows[0] += ["%s: %s" % (name, what) for name in builds for what in ("build s", "build MB", "binary MB")]
    for subject in subjects:
        row = [subject.name] + [megabytes(subject.peak_kb(name)) for name in names]
        for name in builds:
            size = subject.binary_bytes.get(name)
            row += [seconds(subject.build_seconds.get(name)), megabytes(subject.build_peak_kb.get(name))]
            row.append("-" if size is None else "%.2f" % (size / 1e6))
        rows.append(row)
    print("\n" + table(rows))


def print_start_up(bench, names, runs):
    subject = Subject(bench, os.path.join(PROGRAMS, "hello.py"), [])
    ready = [name for name in names if subject.prepare(name)]
    for _ in range(runs):
        for name in ready:
            if name not in subject.problems:
                subject.once(name)
    subject.clean()
    rows = [["hello, world"] + [IMPLEMENTATIONS[name][1] for name in names]]
    for label, figure in [("best ms", subject.best), ("median ms", subject.median)]:
        rows.append([label] + ["-" if figure(n) is None else "%.2f" % (figure(n) * 1000) for n in names])
    rows.append(["peak MB"] + [megabytes(subject.peak_kb(n)) for n in names])
    sizes = [subject.binary_bytes.get(n) for n in names]
    rows.append(["binary MB"] + ["-" if size is None else "%.2f" % (size / 1e6) for size in sizes])
    print("\n" + table(rows))
    return subject


def print_build(bench, names):
    """Build time of a program of about 500 lines, put together from ours."""
    text = ""
    for name in ("richards", "raytrace", "wordcount", "nqueens", "mandelbrot"):
        with open(os.path.join(PROGRAMS, name + ".py")) as file:
            text += file.read()
    path = os.path.join(bench.scratch, "five_hundred.py")
    with open(path, "w") as file:
        file.write(text)
    subject = Subject(bench, path, ["1"])
    shown = []
    for name in ("native", "profile"):
        if name in names and subject.prepare(name):
            shown.append("%s %.2f s, %.1f MB peak" % (IMPLEMENTATIONS[name][1], subject.build_seconds[name], subject.build_peak_kb[name] / 1024))
    subject.clean()
    print("\nbuild of a program of %d lines: %s" % (text.count("\n"), "; ".join(shown) or "-"))
    return subject


def print_goals(subjects, hello, build):
    """The figures the project set itself, met or not, from the samples of this run."""
    rows = [["goal", "wanted", "seen", ""]]

    def row(what, wanted, seen, text, met):
        rows.append([what, wanted, text if seen is not None else "-", "" if seen is None else "met" if met else "not met"])

    def mean(name, groups):
        have = [speed(s, name) for s in subjects if s.group in groups and speed(s, name)]
        return geometric_mean(have)

    interpreted = mean("interpreted", GROUPS)
    row("interpreter against CPython", "1.00", interpreted, ratio(interpreted), interpreted and interpreted >= 1)
    slower = [s.best("recorded") / s.best("interpreted") for s in subjects if s.best("recorded") and s.best("interpreted")]
    recording = geometric_mean(slower)
    row("recording, times as slow as plain", "2.00", recording, ratio(recording), recording and recording <= 2)
    lied = [s.best("lying") / s.best("interpreted") for s in subjects if s.best("lying") and s.best("interpreted")]
    if lied:
        row("worst program with a lying profile, times as slow as interpreted", "3.00", max(lied), ratio(max(lied)), max(lied) <= 3)
    fast = mean("profile", ["numeric", "object"])
    row("native with profile, numeric and object", "10.0", fast, ratio(fast), fast and fast >= 10)
    speeds = [speed(s, "profile") for s in subjects if speed(s, "profile")]
    below = sum(1 for v in speeds if v < 1)
    row("programs slower than CPython", "0", below if speeds else None, "%d of %d" % (below, len(speeds)), below == 0)
    pairs = [(s.best("profile"), s.best("pypy")) for s in subjects if s.best("profile") and s.best("pypy")]
    wins = sum(1 for own, other in pairs if own < other)
    row("programs faster than PyPy", "half", wins if pairs else None, "%d of %d" % (wins, len(pairs)), 2 * wins >= len(pairs))
    start, base = hello.best("native"), hello.best("cpython")
    share = start / base if start and base else None
    row("start-up, share of CPython's", "0.33", share, ratio(share), share and share < 1 / 3)
    size = hello.binary_bytes.get("native")
    row("hello world, MB", "8.00", size, "%.2f" % ((size or 0) / 1e6), size and size < 8e6)
    seconds_ = build.build_seconds.get("profile") or build.build_seconds.get("native")
    row("build of 500 lines, s", "5.00", seconds_, ratio(seconds_), seconds_ and seconds_ < 5)
    print("\n" + table(rows))


def as_json(subject, names):
    record = {"name": subject.name, "group": getattr(subject, "group", None), "implementations": {}}
    for name in names:
        record["implementations"][name] = {
            "wall": [s.wall for s in subject.samples.get(name, [])],
            "cpu": [s.cpu for s in subject.samples.get(name, [])],
            "peak_kb": subject.peak_kb(name),
            "build_seconds": subject.build_seconds.get(name),
            "binary_bytes": subject.binary_bytes.get(name),
            "problem": subject.problems.get(name),
        }
    return record


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build")
    parser.add_argument("--runs", type=int)
    parser.add_argument("--quick", action="store_true", help="small sizes, one run: do outputs agree?")
    parser.add_argument("--json")
    parser.add_argument("--only", help="implementations, comma-separated: " + ", ".join(IMPLEMENTATIONS))
    parser.add_argument("--stress", help="KRAIT_STRESS for Krait's runs; times mean nothing then, outputs do")
    parser.add_argument("--timeout", type=int, default=120, help="seconds for one run")
    parser.add_argument("names", nargs="*", help="programs or groups (%s)" % ", ".join(GROUPS))
    options = parser.parse_args()
    options.runs = options.runs or (1 if options.quick else 3)

    everything = [Program(os.path.join(PROGRAMS, name)) for name in sorted(os.listdir(PROGRAMS)) if name.endswith(".py")]
    timed = sorted((p for p in everything if p.group), key=lambda p: (GROUPS.index(p.group), p.name))
    unknown = set(options.names) - {p.name for p in timed} - set(GROUPS)
    if unknown:
        parser.error("no such program or group: " + ", ".join(sorted(unknown)))
    chosen = [p for p in timed if not options.names or p.name in options.names or p.group in options.names]

    bench = Bench(options.build, options.timeout, options.stress)
    wanted = options.only.split(",") if options.only else [name for name in IMPLEMENTATIONS if name not in ON_REQUEST]
    columns = [name for name in IMPLEMENTATIONS if name in wanted or name == "cpython"]
    names = [name for name in columns if bench.available(name)]

    subjects = time_programs(bench, chosen, names, options)
    print_times(subjects, columns)
    means = print_ratios(subjects, columns)
    print_sizes(subjects, columns)
    extra = []
    if not options.names:
        extra = [print_start_up(bench, columns if names == columns else names, 3 if options.quick else 20), print_build(bench, names)]
        print_goals(subjects, *extra)

    wrong = ["%s, %s: %s" % (s.name, name, s.problems[name]) for s in subjects + extra for name in names if name in s.problems]
    if wrong:
        print("\nwrong:\n  " + "\n  ".join(wrong))
    if options.json:
        record = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "machine": "%s, %d processors" % (platform.machine(), os.cpu_count()),
            "runs": options.runs,
            "quick": options.quick,
            "programs": [as_json(s, names) for s in subjects + extra],
            "geometric_means": means,
        }
        with open(options.json, "w") as file:
            json.dump(record, file, indent=1)
            file.write("\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
