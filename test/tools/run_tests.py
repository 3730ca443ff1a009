#!/usr/bin/python3.11
"""Runs the test suites with lit and ends with the line `N passed, N failed`.

usage: run_tests.py [--build DIR] [--stress|--interpreted] [PATH...]

The exit status is 0 only if at least one test ran and none failed. Details of all tests go to DIR/test/results.json.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time

LIT = "/usr/lib/llvm-19/build/utils/lit/lit.py"
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PASSED = {"PASS", "FLAKYPASS", "XPASS"}
NEITHER = {"UNSUPPORTED", "SKIPPED", "EXCLUDED", "XFAIL"}


def print_reasons(tests):
    """With many failures: what they have in common, by the last error line that only Krait printed."""
    reasons = {}
    for test in tests:
        if test["code"] in PASSED | NEITHER:
            continue
        found = re.findall(r"(?m)^(?:\+(\w+(?:Error|Exception)\b.*)|exit code ((?:signal|timeout).*),)", test.get("output", ""))
        reason = next((error or end for error, end in reversed(found)), "another difference")
        reasons.setdefault(reason[:90], []).append(test["name"])
    print("\nreasons of the failures:")
    for reason, names in sorted(reasons.items(), key=lambda item: -len(item[1]))[:25]:
        print("%6d  %s  (%s)" % (len(names), reason, names[0].split(" :: ")[-1]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--stress", action="store_true")
    parser.add_argument("--interpreted", action="store_true", help="programs are interpreted and recorded only, not compiled")
    parser.add_argument("--native", action="store_true", help="compiled configurations too, which is the default")
    parser.add_argument("--list-failures", action="store_true", help="print each failure as a line for known_failures.txt")
    parser.add_argument("--filter")
    parser.add_argument("-j", type=int, default=os.cpu_count())
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()

    build = os.path.abspath(options.build)
    os.makedirs(os.path.join(build, "test", "run"), exist_ok=True)
    results = os.path.join(build, "test", "results.json")
    if os.path.exists(results):
        os.remove(results)
    # llvm-patches keeps its tests beside its passes.
    paths = options.paths or ["test"] + [p for p in ["llvm-patches/test"] if os.path.exists(os.path.join(ROOT, p, "lit.cfg.py"))]
    command = [sys.executable, LIT, "-s", "-v", "--no-progress-bar", "-j", str(options.j), "-o", results]
    command += ["-D", "build=" + build, "-D", "run_id=%d.%d" % (os.getpid(), time.time_ns())]
    command += ["-D", "stress=1"] if options.stress else []
    command += ["-D", "interpreted=1"] if options.interpreted and not options.native else []
    command += ["--filter", options.filter] if options.filter else []
    subprocess.run(command + paths, cwd=ROOT)

    counts, tests = {}, []
    if os.path.exists(results):
        with open(results) as file:
            tests = json.load(file)["tests"]
        for test in tests:
            counts[test["code"]] = counts.get(test["code"], 0) + 1
    passed = sum(n for code, n in counts.items() if code in PASSED)
    failed = sum(n for code, n in counts.items() if code not in PASSED | NEITHER)
    neither = sum(n for code, n in counts.items() if code in NEITHER)
    if options.list_failures:
        for test in tests:
            if test["code"] not in PASSED | NEITHER:
                print("known: %s" % test["name"].split(" :: ")[-1])
    if failed > 20:
        print_reasons(tests)
    if counts.get("XFAIL"):
        print("%d fail as test/known_failures.txt says" % counts["XFAIL"])
    for test in tests if counts.get("XPASS") else []:
        if test["code"] == "XPASS":
            print("passes now, take it out of test/known_failures.txt: %s" % test["name"].split(" :: ")[-1])
    neither -= counts.get("XFAIL", 0)
    if neither:
        print("%d not run (the tool stage or the host feature they need is missing)" % neither)
    if passed + failed == 0:
        print("no tests ran")
    print("%d passed, %d failed" % (passed, failed), flush=True)
    sys.exit(0 if passed > 0 and failed == 0 else 1)


if __name__ == "__main__":
    main()
