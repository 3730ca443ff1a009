"""Running and measuring one program in each implementation; shared by run.py and demo.py."""

import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "tools"))

import programs  # noqa: E402

# name -> (what the tool must have, heading)
IMPLEMENTATIONS = {
    "cpython": (None, "CPython 3.11"),
    "pypy": (None, "PyPy"),
    "interpreted": ("run", "interpreted"),
    "recorded": ("record", "recorded"),
    "native": ("build", "native"),
    "profile": ("build", "with profile"),
    "lying": ("build", "lying profile"),
}
PROFILED = ["profile", "lying"]
ON_REQUEST = ["lying"]  # timed only when --only names it


TIMEOUT = 128 + 14  # ended by SIGALRM


class Sample:
    """One run of one command."""

    def __init__(self, wall, user, system, peak_kb, code, output):
        self.wall, self.cpu, self.peak_kb, self.code, self.output = wall, user + system, peak_kb, code, output


class Bench:
    """The tools at hand and a scratch folder for what is built and written."""

    def __init__(self, build, seconds, stress=None):
        # KRAIT_STRESS for the runs of Krait: guards fail, or the collector runs, on purpose.
        self.stress = {"KRAIT_STRESS": stress} if stress else {}
        self.build = os.path.abspath(build)
        self.krait = os.path.join(self.build, "bin", "krait")
        self.scratch = os.path.join(self.build, "test", "bench")
        self.seconds = seconds
        os.makedirs(self.scratch, exist_ok=True)
        self.features = programs.probe_features(self.build)
        self.pypy = shutil.which("pypy3")
        self.measure = os.path.join(self.scratch, "measure")
        compiler = next(c for c in ["clang-19", "cc", "gcc"] if shutil.which(c))
        subprocess.run([compiler, "-O1", "-o", self.measure, os.path.join(HERE, "measure.c")], check=True)

    def available(self, name):
        if name == "pypy":
            return self.pypy is not None
        need = IMPLEMENTATIONS[name][0]
        return need is None or (need in self.features and (name not in PROFILED or "record" in self.features))

    def run(self, command, extra_env=None, seconds=None):
        """Measures [command]; code [TIMEOUT] stands for one that took longer than allowed."""
        report = os.path.join(self.scratch, "report")
        output = os.path.join(self.scratch, "output")
        env = programs.environment()
        env.update(extra_env or {})
        shell = [self.measure, report, output, str(seconds or self.seconds)] + command
        subprocess.run(shell, env=env, cwd=self.scratch, check=True)
        with open(report) as file:
            wall, user, system, peak, code = file.read().split()
        with open(output, "rb") as file:
            text = file.read()
        return Sample(float(wall), float(user), float(system), int(peak), int(code), text)


class Subject:
    """One program on its way through all implementations: its commands, builds and samples."""

    def __init__(self, bench, path, arguments):
        self.bench = bench
        self.path = path
        self.name = os.path.basename(path)[:-3]
        self.arguments = [str(a) for a in arguments]
        self.base = os.path.join(bench.scratch, self.name)
        self.samples = {}
        self.problems = {}
        self.build_seconds = {}
        self.build_peak_kb = {}
        self.binary_bytes = {}
        self.expected = None

    def prepare(self, name):
        """Builds what [name] needs; says whether it can run."""
        if name not in ("native", *PROFILED):
            return True
        target = "%s.%s" % (self.base, name)
        command = [self.bench.krait, "build", self.path, "-o", target]
        if name in PROFILED:
            if not os.path.exists(self.base + ".kprof"):
                self.record()
            if not os.path.exists(self.base + ".kprof"):
                self.problems[name] = "no profile"
                return False
            profile = self.base + ".kprof"
            if name == "lying":
                truth, profile = profile, self.base + ".lie.kprof"
                self.bench.run([self.bench.krait, "profile", "lie", truth, profile])
            command += ["--profile", profile]
        sample = self.bench.run(command, seconds=300)
        if sample.code != 0 or not os.path.exists(target):
            self.problems[name] = "build failed"
            self.problems[name + " text"] = sample.output.decode("utf-8", "replace")[-2000:]
            return False
        self.build_seconds[name] = sample.wall
        self.build_peak_kb[name] = sample.peak_kb
        self.binary_bytes[name] = os.path.getsize(target)
        return True

    def record(self):
        return self.bench.run([self.bench.krait, "record", "--output", self.base + ".kprof", self.path] + self.arguments)

    def once(self, name):
        """One run in implementation [name]; PyPy runs with both nursery sizes and the faster counts."""
        bench = self.bench
        if name == "cpython":
            sample = bench.run([programs.PYTHON, self.path] + self.arguments)
            if self.expected is None and sample.code == 0:
                self.expected = sample.output
        elif name == "pypy":
            plain = bench.run([bench.pypy, self.path] + self.arguments)
            wide = bench.run([bench.pypy, self.path] + self.arguments, {"PYPY_GC_NURSERY": "32M"})
            sample = min(plain, wide, key=lambda s: s.wall)
        elif name == "interpreted":
            sample = bench.run([bench.krait, "run", self.path] + self.arguments, bench.stress)
        elif name == "recorded":
            sample = self.record()
        else:
            sample = bench.run(["%s.%s" % (self.base, name)] + self.arguments, bench.stress)
        if sample.code != 0:
            self.problems[name] = "timeout" if sample.code == TIMEOUT else "exit code %d" % sample.code
            self.problems[name + " text"] = sample.output.decode("utf-8", "replace")[-2000:]
        elif sample.output != self.expected:
            self.problems[name] = "output differs"
        else:
            self.samples.setdefault(name, []).append(sample)
        return sample

    def clean(self):
        for ending in (".native", ".profile", ".lying", ".kprof", ".lie.kprof"):
            if os.path.exists(self.base + ending):
                os.remove(self.base + ending)

    def best(self, name):
        return min((s.wall for s in self.samples.get(name, [])), default=None)

    def median(self, name):
        walls = sorted(s.wall for s in self.samples.get(name, []))
        return walls[len(walls) // 2] if walls else None

    def cpu(self, name):
        return min((s.cpu for s in self.samples.get(name, [])), default=None)

    def peak_kb(self, name):
        return min((s.peak_kb for s in self.samples.get(name, [])), default=None)


def table(rows, left=1):
    """Lays out [rows] of strings; the first [left] columns flush left, the others flush right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for number, row in enumerate(rows):
        cells = [cell.ljust(w) if i < left else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths))]
        lines.append("  ".join(cells).rstrip())
        if number == 0:
            lines.append("-" * len(lines[0]))
    return "\n".join(lines)
