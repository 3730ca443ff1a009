#!/usr/bin/python3.11
"""`./dev demo`: the main job on a real program. The ray tracer runs on CPython 3.11, interpreted by Krait, and as a native
binary built with the profile of a short run; outputs are compared, and time, peak memory and start-up shown.
"""

import argparse
import os
import sys

from timing import HERE, IMPLEMENTATIONS, Bench, Subject, table

SHOWN = ["cpython", "interpreted", "native", "profile"]


def measure(bench, path, arguments, names, runs):
    subject = Subject(bench, path, arguments)
    ready = [name for name in names if subject.prepare(name)]
    for _ in range(runs):
        for name in ready:
            if name not in subject.problems:
                subject.once(name)
    return subject


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build")
    parser.add_argument("program", nargs="?", default=os.path.join(HERE, "programs", "raytrace.py"))
    options = parser.parse_args()
    bench = Bench(options.build, 300)
    names = [name for name in SHOWN if bench.available(name)]

    program = os.path.abspath(options.program)
    shown = os.path.relpath(program)
    print("the program: %s (%d lines)" % (shown, open(program).read().count("\n")))
    if "run" in bench.features:
        print("  krait run %s" % shown)
    if "profile" in names:
        print("  krait record %s      # writes a profile\n  krait build %s -o app --profile ...\n  ./app" % (shown, shown))
    real = measure(bench, program, [], names, 3)
    hello = measure(bench, os.path.join(HERE, "programs", "hello.py"), [], names, 10)

    rows = [["", "time s", "times CPython's speed", "peak memory MB", "start-up ms", "build s", "binary MB", "output"]]
    for name in SHOWN:
        best, base, start = real.best(name), real.best("cpython"), hello.best(name)
        size, built = real.binary_bytes.get(name), real.build_seconds.get(name)
        missing = "not built yet" if name not in names else "same"
        rows.append([
            IMPLEMENTATIONS[name][1] if name in ("cpython", "interpreted") else "native, " + {"native": "no profile", "profile": "profile"}[name],
            "%.3f" % best if best else "-",
            "%.2f" % (base / best) if best and base else "-",
            "%.1f" % (real.peak_kb(name) / 1024) if best else "-",
            "%.1f" % (start * 1000) if start else "-",
            "%.2f" % built if built else "-",
            "%.2f" % (size / 1e6) if size else "-",
            "(reference)" if name == "cpython" else real.problems.get(name) or hello.problems.get(name) or missing,
        ])  # fmt: skip
    print("\n" + table(rows))
    real.clean()
    hello.clean()
    wrong = [text for subject in (real, hello) for text in subject.problems.values()]
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
