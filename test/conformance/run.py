#!/usr/bin/python3.11
"""CPython's own test suite (Debian's libpython3.11-testsuite), module by module, on `krait run`.

usage: run.py [--build DIR] [--seconds N] [MODULE...]     default: the modules of modules.txt

Each module runs in a process of its own. The figures are of single test methods, from unittest's summary; a module that
crashes, hangs or does not import counts with what it had reported until then. CPython's figures for the same modules are
taken in the same run, so that tests which this machine cannot run are not held against Krait.
"""

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "tools"))

import programs  # noqa: E402

RUNNER = """
import sys, unittest
result = unittest.main(module=sys.argv[1], argv=["test", "-v"], exit=False, verbosity=2).result
"""


def run(command, module, seconds):
    """How one module went: (methods that passed, methods that ran, a word about the end)."""
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, "runner.py")
        with open(script, "w") as file:
            file.write(RUNNER)
        answer = programs.execute(command + [script, "test." + module], folder, seconds=seconds)
    text = answer["err"]
    passed = len(re.findall(r"(?m)\.\.\. ok$", text))
    done = len(re.findall(r"(?m)\.\.\. (?:ok|FAIL|ERROR|expected failure|unexpected success)$", text))
    if re.search(r"(?m)^Ran \d+ test", text):
        end = "ok" if passed == done else "failures"
    else:
        lines = [line for line in text.splitlines() if line.strip()]
        end = str(answer["code"]) if isinstance(answer["code"], str) else (lines[-1][:70] if lines else "nothing said")
    return passed, done, end


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build")
    parser.add_argument("--seconds", type=int, default=300, help="for one module")
    parser.add_argument("modules", nargs="*")
    options = parser.parse_args()
    krait = os.path.join(os.path.abspath(options.build), "bin", "krait")
    if "run" not in programs.probe_features(options.build):
        sys.exit("%s cannot run programs yet" % krait)
    modules = options.modules
    if not modules:
        with open(os.path.join(HERE, "modules.txt")) as file:
            modules = [line.split("#")[0].strip() for line in file if line.split("#")[0].strip()]
    totals = [0, 0]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        reference = [pool.submit(run, [programs.PYTHON], module, options.seconds) for module in modules]
        ours = [pool.submit(run, [krait, "run"], module, options.seconds) for module in modules]
        for module, base, own in zip(modules, reference, ours):
            (base_passed, _, _), (passed, _, end) = base.result(), own.result()
            totals[0] += min(passed, base_passed)
            totals[1] += base_passed
            print("%-28s %5d of %5d  %s" % (module, passed, base_passed, end), flush=True)
    share = 100 * totals[0] / totals[1] if totals[1] else 0
    print("%d of %d test methods that CPython passes (%.1f %%)" % (totals[0], totals[1], share))


if __name__ == "__main__":
    main()
