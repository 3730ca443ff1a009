"""Lit test formats of this project.

RunLines     files of any kind with `RUN:` lines (FileCheck tests), others in the folder are left alone
Programs     Python programs run in every configuration of Krait and compared with CPython 3.11
UnitTests    the cases of every krait_unit_* executable

A configuration whose tool stage does not exist (probed once, see [probe_features]) is UNSUPPORTED, never a pass.
"""

import fcntl
import functools
import glob
import hashlib
import json
import os
import shutil
import subprocess

import lit.Test
import lit.formats

import programs


@functools.cache
def known_failures():
    """Test name -> reason, from test/known_failures.txt: what is not finished yet, in the open."""
    listed = {}
    with open(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "known_failures.txt")) as file:
        for line in file:
            name, _, reason = line.strip().partition(" ")
            if name and not name.startswith("#"):
                listed[name] = reason.strip()
    return listed


def has_run_lines(path):
    try:
        with open(path, "rb") as file:
            return b"RUN:" in file.read(4096)
    except OSError:
        return False


class RunLines(lit.formats.ShTest):
    """Shell tests; a file without a RUN line is no test."""

    def getTestsForPath(self, suite, path_in_suite, lit_config, local_config):
        if has_run_lines(suite.getSourcePath(path_in_suite)):
            yield from super().getTestsForPath(suite, path_in_suite, lit_config, local_config)


class UnitTests(lit.formats.base.TestFormat):
    """Each case of each GoogleTest executable `bin/krait_unit_*` is one test."""

    def __init__(self, build):
        self.build = build

    def getTestsForPath(self, suite, path_in_suite, lit_config, local_config):
        # test/unit/hir_parse.cpp names the executable of its area: krait_unit_hir.
        area = path_in_suite[-1].split("_")[0].split(".")[0]
        yield from self.cases(suite, path_in_suite[:-1], local_config, area)

    def getTestsInDirectory(self, suite, path_in_suite, lit_config, local_config):
        yield from self.cases(suite, path_in_suite, local_config, "*")

    def cases(self, suite, folder, local_config, area):
        for executable in sorted(glob.glob(os.path.join(self.build, "bin", "krait_unit_" + area))):
            listing = subprocess.run(
                [executable, "--gtest_list_tests"], capture_output=True, text=True, timeout=60
            )
            name = os.path.basename(executable)
            if listing.returncode != 0:
                test = lit.Test.Test(suite, folder + (name, "does not start"), local_config)
                test.command = [executable, "--gtest_list_tests"]
                yield test
                continue
            group = ""
            for line in listing.stdout.splitlines():
                text = line.split("#")[0].rstrip()
                if not text.startswith("  "):
                    group = text if text.endswith(".") else group
                    continue
                case = group + text.strip()
                test = lit.Test.Test(suite, folder + (name, case), local_config)
                test.command = [executable, "--gtest_filter=" + case]
                yield test

    def execute(self, test, lit_config):
        if "DISABLED_" in test.command[-1]:
            return lit.Test.SKIPPED, ""
        try:
            done = subprocess.run(test.command, capture_output=True, text=True, errors="replace", timeout=300)
        except subprocess.TimeoutExpired:
            return lit.Test.TIMEOUT, " ".join(test.command)
        if done.returncode == 0:
            return lit.Test.PASS, ""
        return lit.Test.FAIL, "$ %s\n%s%s" % (" ".join(test.command), done.stdout, done.stderr)


class Programs(lit.formats.base.TestFormat):
    """Python programs; one test for each program and configuration, named `lang:CONFIGURATION/area/name.py`.

    Configurations that need one build or one recording of the same program are run together by the first test
    that comes to them; its siblings read the stored outcome. The configuration stands before the program in the
    name so that siblings are far apart in lit's order and never wait for one another.
    """

    def __init__(self, build, run_id, features, configurations, mixed=False):
        self.build = build
        self.run_id = run_id
        self.features = features
        self.configurations = configurations
        self.mixed = mixed  # the folder also holds files with RUN lines
        self.shell = RunLines()

    def getTestsForPath(self, suite, path_in_suite, lit_config, local_config):
        path = suite.getSourcePath(path_in_suite)
        if self.mixed and has_run_lines(path):
            yield from self.shell.getTestsForPath(suite, path_in_suite, lit_config, local_config)
            return
        if not programs.is_program(path):
            return
        for configuration in self.configurations:
            first = "%s:%s" % (path_in_suite[0], configuration)
            test = lit.Test.Test(suite, (first,) + tuple(path_in_suite[1:]), local_config)
            test.program = path
            test.configuration = configuration
            yield test

    def getTestsInDirectory(self, suite, path_in_suite, lit_config, local_config):
        folder = suite.getSourcePath(path_in_suite)
        if os.path.basename(folder).startswith("_"):
            return
        for name in sorted(os.listdir(folder)):
            if os.path.isfile(os.path.join(folder, name)):
                yield from self.getTestsForPath(suite, path_in_suite + (name,), lit_config, local_config)

    def execute(self, test, lit_config):
        if not hasattr(test, "program"):
            return self.shell.execute(test, lit_config)
        missing = programs.missing_features(test.configuration, self.features)
        if missing:
            return lit.Test.UNSUPPORTED, "needs " + ", ".join(missing)
        outcome = self.outcome(test.program, test.configuration)
        known = known_failures().get("/".join(test.path_in_suite))
        if outcome["ok"]:
            return (lit.Test.XPASS if known else lit.Test.PASS), ""
        return (lit.Test.XFAIL if known else lit.Test.FAIL), outcome["text"]

    def outcome(self, program, configuration):
        """The outcome of one configuration: run now with its siblings, or stored by one of them in this lit run."""
        key = hashlib.sha256(program.encode()).hexdigest()[:16]
        scratch = os.path.join(self.build, "test", "programs", key)
        os.makedirs(scratch, exist_ok=True)
        group = programs.group_of(configuration)
        stored = os.path.join(scratch, group + ".json")
        with open(os.path.join(scratch, group + ".lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            outcomes = {}
            if os.path.exists(stored):
                with open(stored) as file:
                    record = json.load(file)
                outcomes = record["outcomes"] if record["run"] == self.run_id else {}
            if configuration not in outcomes:
                wanted = [c for c in self.configurations if programs.group_of(c) == group]
                wanted = [c for c in wanted if not programs.missing_features(c, self.features)]
                runner = programs.Runner(self.build, program, os.path.join(scratch, group))
                outcomes = runner.run_all(wanted)
                with open(stored, "w") as file:
                    json.dump({"run": self.run_id, "outcomes": outcomes}, file)
                shutil.rmtree(os.path.join(scratch, group), ignore_errors=True)
            return outcomes[configuration]
