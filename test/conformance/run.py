#!/usr/bin/python3.11
"""CPython's own test suite (Debian's libpython3.11-testsuite) on Krait, file by file and case by case.

usage: run.py [--build DIR] [--tier interp|native|record|stress] [--jobs N] [--seconds N] [--memory MB] [--keep DIR] [FILE...]

Tier record interprets, recording; native compiles the test module and what it imports of its own from that record and runs it;
stress does so with every guard failing.

FILE is a name of files.txt with or without "test_", or the name of a class there; without any, everything runs. Prints for each
file how many cases passed, failed, errored, were skipped, crashed and timed out, against what CPython passes (cpython.txt).

A case tagged in expect/FILE.txt that does not pass is a failure: the exit code is 1. --update tags what passes and makes the
table in README.md anew; --baseline runs CPython in Krait's place and writes cpython.txt.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = "/usr/bin/python3.11"
CASES = os.path.join(HERE, "cases.py")
WORDS = ["pass", "fail", "error", "skip", "crash", "timeout"]
# Cases cut short by a crash or a hang are left out and the file goes on with the next, at most this often.
RESTARTS = 40
# A test module of three thousand lines takes about a minute to build on one core; test_asyncio, built on a busy machine, is the most.
BUILD_SECONDS = 2400


class Class:
    """A section of files.txt: "[name] goal N" or "[name] goal N seconds N", then names of files."""

    def __init__(self, name, goal, seconds):
        self.name, self.goal, self.seconds, self.files = name, goal, seconds, []


def read_lines(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [line.strip() for line in file if line.strip() and not line.startswith("#")]


def read_classes():
    classes = []
    for line in read_lines(os.path.join(HERE, "files.txt")):
        head = re.fullmatch(r"\[(.+)\] goal (\d+)(?: seconds (\d+))?", line)
        if head:
            classes.append(Class(head[1], int(head[2]), head[3] and int(head[3])))
        else:
            classes[-1].files += ["test_" + word for word in line.split()]
    return classes


def read_baseline():
    return {name: int(count) for name, count in (line.split() for line in read_lines(os.path.join(HERE, "cpython.txt")))}


def read_left_out():
    """Cases that do not count: id -> reason, by file."""
    out = collections.defaultdict(dict)
    for line in read_lines(os.path.join(HERE, "left_out.txt")):
        case, reason = line.split(None, 1)
        out["test_ctypes" if case.startswith("ctypes.") else case.split(".")[1]][case] = reason
    return out


def countable(baseline, left_out, name):
    """How many cases of a file CPython passes, without those that do not count (it does not pass those with reason host)."""
    return baseline.get(name, 0) - sum(1 for reason in left_out[name].values() if reason != "host")


def expectation(name):
    return os.path.join(HERE, "expect", name + ".txt")


class Outcome:
    """What became of one file's cases."""

    def __init__(self, name):
        self.name = name
        self.cases = {}
        self.note = ""
        self.seconds = collections.Counter()

    def count(self, word):
        return sum(1 for value in self.cases.values() if value == word)


class Runner:
    def __init__(self, options):
        self.options = options
        self.left_out = read_left_out()
        self.seconds = {name: group.seconds for group in read_classes() if group.seconds for name in group.files}
        build = os.path.abspath(options.build)
        self.krait = os.path.join(build, "bin", "krait")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self.environment["PYTHONHASHSEED"] = "0"
        if options.tier == "stress":
            self.environment["KRAIT_STRESS"] = "deopt:all"

    @staticmethod
    @contextlib.contextmanager
    def timed(outcome, phase):
        """Processor time of processes that ended meanwhile; with --jobs 1 it is this file's."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        yield
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        outcome.seconds[phase] += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def command(self, folder, name, outcome):
        """How cases.py is started in [folder]."""
        options = self.options
        if options.baseline:
            return [PYTHON, CASES]
        if options.tier == "interp":
            return [os.path.join(os.path.dirname(self.krait), "kpython"), CASES]
        kept = options.keep and os.path.abspath(options.keep)
        profile = os.path.join(kept or folder, name + ".kprof")
        record = [self.krait, "record", "--output", profile, CASES]
        if options.tier == "record":
            return record
        binary = os.path.join(kept or folder, "%s-%s" % (name, options.tier))
        if not os.path.exists(profile):
            recorded, done = os.path.join(folder, "recorded"), os.path.join(folder, "done")
            self.write_done(done, name, [])
            with self.timed(outcome, "record"):
                self.once(record + [recorded, name, done], folder, recorded)
        build = [self.krait, "build", CASES, "-O%d" % options.level, "-o", binary] + ["--include=" + module for module in self.own_modules(profile, name)]
        if options.tier == "stress":
            build.append("--stress-deopt")
        if os.path.exists(profile):
            build += ["--profile", profile]
        with self.timed(outcome, "build"):
            code = self.once(build, folder, seconds=BUILD_SECONDS)
        return [binary] if code == 0 else None

    def write_done(self, path, name, cases):
        """Names the cases that are not to be run: [cases], and those for which this host is not made."""
        unfit = [case for case, reason in self.left_out[name].items() if reason == "host"]
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join([*cases, *unfit]))

    @staticmethod
    def own_modules(profile, name):
        """The test module and what it imports of its own: of package test, without the helpers that all test modules share."""
        own = {"test." + name}
        if os.path.exists(profile):
            with open(profile, encoding="utf-8") as file:
                own.update(re.findall(r"^module ((?:ctypes\.)?test\.(?!support\b).+)$", file.read(), re.MULTILINE))
        return sorted(own)

    def limits(self):
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored when this runs in the background
        size = self.options.memory << 20
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def once(self, command, folder, report=None, seconds=None, grace=None):
        """Exit code, or None after the time limit, which begins anew whenever the report has grown ([grace]: its length then)."""
        with open(os.path.join(folder, "said"), "wb") as said:
            process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=self.environment,
                                       preexec_fn=self.limits)
            code, size = None, 0
            while True:
                try:
                    code = process.wait(seconds or grace or self.options.seconds)
                    break
                except subprocess.TimeoutExpired:
                    grown = os.path.getsize(report) if report and os.path.exists(report) else 0
                    if grown == size:
                        break
                    size = grown
            try:  # also what the tests left behind
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
        return code

    def run(self, name):
        outcome = Outcome(name)
        folder = tempfile.mkdtemp(prefix="conformance-")
        try:
            command = self.command(folder, name, outcome)
            if command is None:
                with open(os.path.join(folder, "said"), errors="replace") as file:
                    outcome.note = "not built: " + file.read()[-90:].strip().replace("\n", " ")
                return outcome
            for _ in range(RESTARTS):
                report, done = os.path.join(folder, "report"), os.path.join(folder, "done")
                self.write_done(done, name, outcome.cases)
                work = os.path.join(folder, "work")
                os.makedirs(work, exist_ok=True)
                if os.path.exists(report):
                    os.remove(report)
                with self.timed(outcome, "run"):
                    code = self.once(command + [report, name, done], work, report, grace=self.seconds.get(name))
                ended, running = self.read(report, outcome)
                if ended:
                    break
                with open(os.path.join(work, "said"), errors="replace") as file:
                    said = [line for line in file.read().splitlines() if line.strip()]
                word = "timeout" if code is None else "crash"
                outcome.note = outcome.note or "%s: %s" % (word if code is None or code < 0 else "exit %d" % code, said[-1][:90] if said else "")
                if not running:
                    break
                outcome.cases[running] = word
        finally:
            if self.options.verbose and os.path.exists(os.path.join(folder, "work", "said")):
                with open(os.path.join(folder, "work", "said"), errors="replace") as file:
                    sys.stderr.write(file.read())
            shutil.rmtree(folder, ignore_errors=True)
        return outcome

    @staticmethod
    def read(report, outcome):
        """Adds a report's cases; (whether it is complete, the case that was running at its end)."""
        running = ended = None
        if os.path.exists(report):
            with open(report, encoding="utf-8") as file:
                for line in file:
                    word, _, text = line.rstrip("\n").partition(" ")
                    if word == "start":
                        running = text
                    elif word == "end":
                        ended = True
                    elif word == "import":
                        outcome.note = text[:100]
                        ended = True
                    else:
                        outcome.cases[text] = word
                        running = None
        return ended, running


def update_expectation(outcome):
    path = expectation(outcome.name)
    passed = sorted(case for case, word in outcome.cases.items() if word == "pass")
    if not passed:
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(case + "\n" for case in passed))


def tagged_share():
    """The table of README.md, from expect/ and cpython.txt."""
    baseline, left_out = read_baseline(), read_left_out()
    lines = []
    for group in read_classes():
        rows, own, base = [], 0, 0
        for name in group.files:
            wanted = countable(baseline, left_out, name)
            passed = min(len(read_lines(expectation(name))), wanted)
            own, base = own + passed, base + wanted
            rows.append("| %s | %d | %d | %s |" % (name, passed, wanted, "%.0f %%" % (100 * passed / wanted) if wanted else "-"))
        lines += ["", "### %s: %.1f %% of %d (goal %d %%)" % (group.name, 100 * own / base if base else 0, base, group.goal), "",
                  "| file | passed | CPython | share |", "|---|---|---|---|"] + rows
    return "\n".join(lines) + "\n"


def update_readme():
    path = os.path.join(HERE, "README.md")
    with open(path) as file:
        text = file.read()
    mark = "<!-- made by ./dev conformance --update -->\n"
    with open(path, "w") as file:
        file.write(text.split(mark)[0] + mark + tagged_share())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build")
    parser.add_argument("--tier", choices=["interp", "native", "record", "stress"], default="interp")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--seconds", type=int, default=180, help="for one case, roughly: a process is ended that reports none for so long")
    parser.add_argument("--memory", type=int, default=4096, help="MB of address space for one process")
    parser.add_argument("-O", type=int, dest="level", default=0, help="of LLVM's pipeline for what is compiled (all HIR passes run anyway)")
    parser.add_argument("--keep", metavar="DIR", help="keep profiles and binaries there; a profile that is there is not recorded again")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--baseline", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="show what the tests say, with tracebacks of failures")
    parser.add_argument("--times", action="store_true", help="processor time of each file's recording, build and run; wants --jobs 1")
    parser.add_argument("--list", metavar="WORD", help="also list the cases that ended so (fail, error, crash, timeout; lost: tagged and no longer passing)")
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    if options.keep:
        os.makedirs(options.keep, exist_ok=True)
    if options.verbose:
        os.environ["KRAIT_CONFORMANCE_VERBOSE"] = "1"
    classes = read_classes()
    known = {name for group in classes for name in group.files}
    names = []
    for word in options.files:
        chosen = [group.files for group in classes if group.name == word]
        names += chosen[0] if chosen else [word if word.startswith("test_") else "test_" + word]
    names = list(dict.fromkeys(names or [name for group in classes for name in group.files]))
    baseline, left_out = read_baseline(), read_left_out()
    runner = Runner(options)
    broken, own, base = [], 0, 0
    outcomes = {}
    print("%-28s %s   CPython" % ("", " ".join("%7s" % word for word in WORDS)))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for outcome in pool.map(runner.run, names):
            name = outcome.name
            outcomes[name] = outcome
            for case in left_out[name]:
                if outcome.cases.get(case) not in ("crash", "timeout") and not options.baseline:
                    outcome.cases.pop(case, None)
            wanted = countable(baseline, left_out, name)
            own, base = own + min(outcome.count("pass"), wanted), base + wanted
            lost = [case for case in read_lines(expectation(name)) if outcome.cases.get(case) != "pass"]
            broken += lost
            note = " ".join("%s %.1f s" % item for item in outcome.seconds.items()) if options.times else ""
            print("%-28s %s %9d   %s" % (name, " ".join("%7d" % outcome.count(word) for word in WORDS), wanted, note + outcome.note), flush=True)
            for case, word in sorted(outcome.cases.items()):
                if options.list and word in options.list.split(",") or case in lost and "lost" in (options.list or ""):
                    print("    %s %s" % (word, case), flush=True)
            if options.update and not options.baseline and options.tier == "interp":
                update_expectation(outcome)
    if options.baseline:
        baseline.update({name: outcome.count("pass") for name, outcome in outcomes.items()})
        with open(os.path.join(HERE, "cpython.txt"), "w") as file:
            file.write("# Cases of each file that CPython 3.11 passes; made by ./dev conformance --baseline.\n")
            file.write("".join("%s %d\n" % item for item in sorted(baseline.items()) if item[0] in known or item[0] in names))
        return
    if options.update:
        update_readme()
    else:
        for case in broken:
            print("no longer passes: %s" % case)
    print("%d of %d cases that CPython passes (%.1f %%)" % (own, base, 100 * own / base if base else 0))
    sys.exit(1 if broken and not options.update else 0)


if __name__ == "__main__":
    main()
