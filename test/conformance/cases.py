"""Runs the cases of one test module and reports them, one line each; executed by the Python under test.

usage: cases.py REPORT MODULE [DONE]

REPORT is appended to, line by line and unbuffered, so that it says where a crash or a hang was: "start ID", then one of
"pass ID", "fail ID", "error ID", "skip ID"; "end" when all is done, or "import TEXT" when the module does not load.
Cases named in the file DONE are not run again.
"""

import os
import sys
import unittest

report = done = None


def say(word, text):
    os.write(report, ("%s %s\n" % (word, " ".join(text.split()))).encode("utf-8", "backslashreplace"))


class Result(unittest.TestResult):
    """A case counts by the worst that was reported of it or of its subtests."""

    def startTest(self, test):
        super().startTest(test)
        self.worst = "pass"
        say("start", test.id())

    def stopTest(self, test):
        super().stopTest(test)
        say(self.worst, test.id())

    def note(self, word, test, error):
        if word == "error" or self.worst == "pass":
            self.worst = word
        if os.environ.get("KRAIT_CONFORMANCE_VERBOSE"):
            sys.stderr.write("== %s %s\n%s\n" % (word, test.id(), self._exc_info_to_string(error, test)))

    def addError(self, test, error):
        if isinstance(test, unittest.suite._ErrorHolder):  # setUpClass, setUpModule
            say("error", test.id())
            if os.environ.get("KRAIT_CONFORMANCE_VERBOSE"):
                sys.stderr.write("== error %s\n%s\n" % (test.id(), self._exc_info_to_string(error, test)))
        else:
            self.note("error", test, error)

    def addFailure(self, test, error):
        self.note("fail", test, error)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.note("fail" if issubclass(error[0], test.failureException) else "error", subtest, error)

    def addSkip(self, test, reason):
        if self.worst == "pass":
            self.worst = "skip"

    def addUnexpectedSuccess(self, test):
        self.worst = "fail"


def without(suite):
    """[suite] without the cases that are done; order and fixtures stay."""
    kept = []
    for item in suite:
        if isinstance(item, unittest.BaseTestSuite):
            kept.append(without(item))
        elif item.id() not in done:
            kept.append(item)
    return type(suite)(kept)


def run_main(module, support):
    """Runs the cases that test_main() of [module] hands to run_unittest, between what it sets up and takes down."""

    def run_unittest(*classes):
        load = unittest.defaultTestLoader.loadTestsFromTestCase
        without(unittest.TestSuite([load(case) for case in classes])).run(Result())

    support.run_unittest = run_unittest
    module.test_main()


def stand_in():
    """test_call asks _testcapi for callables while it is loaded. Its cases about them do not count, the others shall run without it."""
    import types

    class Anything:
        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            return Anything()

        def __call__(self, *args, **kwargs):
            return Anything()

    module = types.ModuleType("_testcapi")
    module.__getattr__ = Anything().__getattr__
    return module


def ctypes_library():
    """_ctypes_test is a library of plain C functions, which ctypes loads, and an extension module, which needs four names of the C API."""
    import ctypes
    import subprocess
    import types

    with open("c_api.c", "w") as file:
        file.write("void *_Py_NoneStruct[2];\nvoid *PyModuleDef_Init(void *def) { return def; }\n"
                   "int PyArg_ParseTuple(void) { return 0; }\nint PyList_Append(void) { return -1; }\n")
    subprocess.run(["clang-19", "-shared", "-fPIC", "-o", "c_api.so", "c_api.c"], check=True)
    ctypes.CDLL(os.path.abspath("c_api.so"), ctypes.RTLD_GLOBAL)
    module = types.ModuleType("_ctypes_test")
    module.__file__ = "/usr/lib/python3.11/lib-dynload/_ctypes_test.cpython-311-x86_64-linux-gnu.so"
    return module


def collecting(cleanup, support):
    """Collects before the helper [cleanup] looks for threads that are left: it holds on to one that it sees for a hundred collections."""
    import _thread
    import threading

    def wrapped(*before):
        if (_thread._count(), threading._dangling) != before:
            support.gc_collect()
        cleanup(*before)

    return wrapped


def main():
    global report, done
    report = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    name = sys.argv[2]
    done = set()
    if len(sys.argv) > 3:
        with open(sys.argv[3]) as file:
            done = set(file.read().split("\n"))
    sys.path[0] = os.getcwd()
    sys.argv[:] = ["cases.py"]
    try:
        from test import support
        from test.support import threading_helper

        support.use_resources = []
        support.verbose = 0
        support.cpython_only = lambda case: case  # messages and details of CPython are Krait's too
        if sys.implementation.name != "cpython":
            threading_helper.threading_cleanup = collecting(threading_helper.threading_cleanup, support)
        if name == "test_call" and sys.implementation.name != "cpython":
            sys.modules["_testcapi"] = stand_in()
        if name == "test_ctypes" and sys.implementation.name != "cpython":
            sys.modules["_ctypes_test"] = ctypes_library()
        if name == "test_code" and sys.implementation.name != "cpython":
            import opcode

            opcode.opmap["COPY_FREE_VARS"] = opcode.opmap["LoadFree"]  # looked up while it is loaded
        suite = unittest.defaultTestLoader.loadTestsFromName("test." + name)
    except unittest.SkipTest as reason:
        say("import", "skipped: %s" % reason)
        sys.exit(0)
    except BaseException as error:
        say("import", "%s: %s" % (type(error).__name__, error))
        raise
    for loading in unittest.defaultTestLoader.errors:
        sys.stderr.write(loading)
    if name in ("test_xml_etree", "test_xml_etree_c"):
        run_main(sys.modules["test." + name], support)
    else:
        if done:
            suite = without(suite)
        suite.run(Result())
    say("end", "")


if __name__ == "__main__":  # workers of multiprocessing import it
    main()
