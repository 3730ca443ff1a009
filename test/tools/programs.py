#!/usr/bin/python3.11
"""Runs one Python program on CPython 3.11 (the oracle) and in the configurations of Krait, and compares.

Compared are stdout, stderr (tracebacks, with the folders of file names taken off) and the exit code. The oracle's
answer is cached in the build folder under a hash of the program and what it may import from beside it.

By hand, for one program:  test/tools/programs.py [--build DIR] FILE.py [CONFIGURATION...]
"""

import difflib
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

PYTHON = "/usr/bin/python3.11"
RUN_SECONDS = 60
STRESS_SECONDS = 300  # a collection at each of the first thousands of allocations, in each process that a program starts
BUILD_SECONDS = 180
MEMORY_BYTES = 4 << 30

# configuration -> (what shares its recording and builds, tool features it needs, KRAIT_STRESS)
CONFIGURATIONS = {
    "interpreted": ("interpreted", ["run"], None),
    "recorded": ("profiled", ["record"], None),
    "native": ("native", ["build"], None),
    "profile": ("profiled", ["record", "build"], None),
    "deopt": ("profiled", ["record", "build"], "deopt:all"),
    "lying": ("profiled", ["record", "build", "lie"], None),
    # Of random_programs.py: the binary of "deopt", in which hardly a guard fails on purpose.
    "compiled": ("profiled", ["record", "build"], "deopt:1000000007"),
    # Only with --stress:
    "interpreted-gc": ("interpreted", ["run"], "gc:1/1000"),
    "native-gc": ("native", ["build"], "gc:1/1000"),
    "profile-gc": ("profiled", ["record", "build"], "gc:1/1000"),
    "deopt-seed1": ("profiled", ["record", "build"], "deopt:seed=1"),
    "deopt-seed2": ("profiled", ["record", "build"], "deopt:seed=2"),
    "deopt-3": ("profiled", ["record", "build"], "deopt:3"),
    # The binaries of "profile" and "native", whose guards do not ask:
    "any-all": ("profiled", ["record", "build"], "deopt:all"),
    "any-seed3": ("profiled", ["record", "build"], "deopt:seed=3"),
    "any-native-2": ("native", ["build"], "deopt:2"),
}
INTERPRETED = ["interpreted", "recorded"]
ORDINARY = [*INTERPRETED, "native", "profile", "deopt", "lying"]
QUICK = ["interpreted", "recorded", "compiled", "deopt", "deopt-seed1", "deopt-3"]  # with one build
STRESS = ["interpreted-gc", "native-gc", "profile-gc", "deopt", "deopt-seed1", "deopt-seed2", "deopt-3", "any-all", "any-seed3", "any-native-2"]


def chosen(parameters):
    """The configurations that lit's parameters ask for."""
    if "stress" in parameters:
        return STRESS
    return INTERPRETED if "interpreted" in parameters else ORDINARY


def group_of(configuration):
    return CONFIGURATIONS[configuration][0]


def missing_features(configuration, features):
    return ["krait " + name for name in CONFIGURATIONS[configuration][1] if name not in features]


def is_program(path):
    """A test program: a .py file that no leading underscore, of itself or its folder, marks as a helper."""
    folder, name = os.path.split(path)
    return name.endswith(".py") and not name.startswith("_") and not os.path.basename(folder).startswith("_")


def runs_anything(krait):
    """Whether [krait] runs a program at all, for a tool whose stages have no help text."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write("print('it runs')")
        file.flush()
        done = subprocess.run([krait, "run", file.name], capture_output=True, timeout=20)
    return done.stdout == b"it runs\n"


def probe_features(build):
    """Which stages the tool in [build] has: a stage answers `--help` with success."""
    krait = os.path.join(build, "bin", "krait")
    if not os.access(krait, os.X_OK):
        return []
    stages = {"run": ["run"], "record": ["record"], "build": ["build"], "lie": ["profile", "lie"]}
    features = []
    for feature, words in stages.items():
        try:
            done = subprocess.run([krait, *words, "--help"], capture_output=True, timeout=20)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0 and done.stdout.strip():
            features.append(feature)
        elif feature == "run" and runs_anything(krait):
            features.append(feature)
    return features


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def environment(stress=None):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "KRAIT", "LC_"))}
    env.update(LANG="C.UTF-8", LC_ALL="C.UTF-8", TZ="UTC", COLUMNS="80", PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")
    if stress:
        env["KRAIT_STRESS"] = stress
    return env


def kill_group(leader):
    """Ends what the session of [leader] still has: a program that went wrong may leave children behind, even many."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        pass


def execute(command, cwd, stress=None, seconds=RUN_SECONDS, stdin=None):
    """Runs [command] in [cwd]; the answer is {"code", "out", "err"}; a signal or a timeout is a code in words."""
    source = open(stdin, "rb") if stdin else subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, cwd=cwd, env=environment(stress), stdin=source,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limits, start_new_session=True,
        )  # fmt: skip
        try:
            out, err = process.communicate(timeout=seconds)
            code = process.returncode if process.returncode >= 0 else "signal %d" % -process.returncode
        except subprocess.TimeoutExpired:
            kill_group(process.pid)
            out, err = process.communicate()
            code = "timeout after %d s" % seconds
        kill_group(process.pid)
    finally:
        if stdin:
            source.close()
    return {"code": code, "out": out.decode("utf-8", "backslashreplace"), "err": err.decode("utf-8", "backslashreplace")}


def normalise_errors(text):
    """Takes the folders off file names in tracebacks and warnings: they differ between the ways to run a program."""
    text = re.sub(r'File "[^"\n]*/([^/"\n]+)"', r'File "\1"', text)
    return re.sub(r"(?m)^\S*/([^/\s]+\.py:\d+: \w*Warning)", r"\1", text)


class Runner:
    """One program in one scratch folder. [program] is an absolute path; every run gets a fresh, empty folder to be in."""

    def __init__(self, build, program, scratch):
        self.build = os.path.abspath(build)
        self.krait = os.path.join(self.build, "bin", "krait")
        self.program = os.path.abspath(program)
        self.scratch = os.path.abspath(scratch)
        shutil.rmtree(self.scratch, ignore_errors=True)
        os.makedirs(self.scratch)
        stdin = self.program[:-3] + ".in"
        self.stdin = stdin if os.path.exists(stdin) else None
        with open(self.program, "rb") as file:
            head = file.read(1000).decode("utf-8", "replace")
        training = re.search(r"(?m)^# record: (.*)$", head)
        # Arguments of the run that is recorded; all other runs have none.
        self.training = training.group(1).split() if training else []

    def run(self, command, stress=None):
        cwd = os.path.join(self.scratch, "cwd")
        shutil.rmtree(cwd, ignore_errors=True)
        os.makedirs(cwd)
        return execute(command, cwd, stress, STRESS_SECONDS if stress else RUN_SECONDS, self.stdin)

    def oracle(self, arguments=()):
        stated = self.program[:-3] + ".out"
        if os.path.exists(stated):  # a known difference: what Krait prints stands beside the program
            with open(stated, encoding="utf-8") as file:
                return {"code": 0, "out": file.read(), "err": ""}
        digest = hashlib.sha256(repr(list(arguments)).encode())
        helpers = [self.program]
        folder = os.path.dirname(self.program)
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if name.startswith("_") and name.endswith(".py"):
                helpers.append(path)
            elif name.startswith("_") and os.path.isdir(path):
                for root, _, files in sorted(os.walk(path)):
                    helpers += [os.path.join(root, f) for f in sorted(files) if f.endswith(".py")]
        if self.stdin:
            helpers.append(self.stdin)
        for path in helpers:
            digest.update(os.path.basename(path).encode() + b"\0")
            with open(path, "rb") as file:
                digest.update(file.read() + b"\0")
        cache = os.path.join(self.build, "test", "oracle", digest.hexdigest()[:32] + ".json")
        if os.path.exists(cache):
            with open(cache) as file:
                return json.load(file)
        answer = self.run([PYTHON, self.program, *arguments])
        os.makedirs(os.path.dirname(cache), exist_ok=True)
        with open(cache + ".%d" % os.getpid(), "w") as file:
            json.dump(answer, file)
        os.replace(cache + ".%d" % os.getpid(), cache)
        return answer

    def record(self):
        """Records once; answers with (how the recorded run went, path of the profile or None)."""
        if not hasattr(self, "recorded_"):
            profile = os.path.join(self.scratch, "own.kprof")
            went = self.run([self.krait, "record", "--output", profile, self.program, *self.training])
            self.recorded_ = (went, profile if os.path.exists(profile) else None)
        return self.recorded_

    def executable(self, name, profile, stress=None):
        """Builds once for each [name], with guards that can be made to fail if [stress] asks for it; answers with (path, None), or (None, what went wrong)."""
        built = self.__dict__.setdefault("built_", {})
        if name not in built:
            exe = os.path.join(self.scratch, name + ".exe")
            command = [self.krait, "build", self.program, "-o", exe]
            command += ["--profile", profile] if profile else []
            command += ["--stress-deopt"] if stress else []
            went = execute(command, self.scratch, seconds=BUILD_SECONDS)
            ok = went["code"] == 0 and os.path.exists(exe)
            built[name] = (exe, None) if ok else (None, "$ %s\n%s\n%s%s" % (" ".join(command), went["code"], went["out"], went["err"]))
        return built[name]

    def run_one(self, configuration):
        group, _, stress = CONFIGURATIONS[configuration]
        if group == "interpreted":
            return self.compare([self.krait, "run", self.program], stress)
        if configuration == "recorded":
            went, profile = self.record()
            if not profile:
                return {"ok": False, "text": "no profile was written\n" + went["err"]}
            return self.judge(["krait", "record", self.program, *self.training], went, None, self.training)
        profile = None
        name = "native"
        if group == "profiled":
            went, profile = self.record()
            if not profile:
                return {"ok": False, "text": "no profile was written\n" + went["err"]}
            name = "profile"
        if configuration == "lying":
            name = "lying"
            lie = os.path.join(self.scratch, "lie.kprof")
            went = execute([self.krait, "profile", "lie", profile, lie], self.scratch)
            if went["code"] != 0:
                return {"ok": False, "text": "krait profile lie: %s\n%s" % (went["code"], went["err"])}
            profile = lie
        stress_guards = stress if stress and stress.startswith("deopt") and not configuration.startswith("any-") else None
        exe, error = self.executable(name + "-stress" if stress_guards else name, profile, stress_guards)
        if not exe:
            return {"ok": False, "text": error}
        return self.compare([exe], stress)

    def compare(self, command, stress):
        return self.judge(command, self.run(command, stress), stress)

    def judge(self, command, got, stress, arguments=()):
        want = self.oracle(arguments)
        text = []
        if got["code"] != want["code"]:
            text.append("exit code %s, CPython's is %s" % (got["code"], want["code"]))
        streams = [("stdout", want["out"], got["out"]),
                   ("stderr", normalise_errors(want["err"]), normalise_errors(got["err"]))]  # fmt: skip
        for name, expected, actual in streams:
            if expected != actual:
                lines = difflib.unified_diff(
                    expected.splitlines(), actual.splitlines(), "CPython " + name, "Krait " + name, lineterm="", n=2
                )
                text += list(lines)[:60]
                if expected.splitlines() == actual.splitlines():
                    text.append("%s: differs in line ends only" % name)
        if text:
            shown = ("KRAIT_STRESS=%s " % stress if stress else "") + " ".join(command)
            text.insert(0, "$ " + shown)
        return {"ok": not text, "text": "\n".join(text)}

    def run_all(self, configurations):
        return {configuration: self.run_one(configuration) for configuration in configurations}


def main(arguments):
    build = "build"
    if arguments[:1] == ["--build"]:
        build, arguments = arguments[1], arguments[2:]
    if not arguments:
        sys.exit(__doc__)
    program, wanted = arguments[0], arguments[1:] or ORDINARY
    features = probe_features(build)
    runner = Runner(build, program, os.path.join(build, "test", "by-hand"))
    failed = False
    for configuration in wanted:
        missing = missing_features(configuration, features)
        if missing:
            print("%-12s unsupported: needs %s" % (configuration, ", ".join(missing)))
            continue
        outcome = runner.run_one(configuration)
        print("%-12s %s" % (configuration, "ok" if outcome["ok"] else "FAILED\n" + outcome["text"]))
        failed = failed or not outcome["ok"]
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
