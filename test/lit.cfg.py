# The one lit configuration of the project. Folders with another kind of test set `config.test_format` in a
# lit.local.cfg; `./dev test` (test/tools/run_tests.py) passes the build folder as the parameter `build`.

import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "tools"))

import krait_lit  # noqa: E402
import programs  # noqa: E402

build = os.path.abspath(lit_config.params.get("build", os.path.join(here, "..", "build")))
llvm = "/usr/lib/llvm-19/bin"

config.name = "krait"
config.test_source_root = here
config.test_exec_root = os.path.join(build, "test", "run")
config.suffixes = [".test", ".py", ".hir", ".ll", ".kprof", ".txt", ".h", ".cpp", ".sh"]
config.excludes = ["CMakeLists.txt", "README.md", "lit.cfg.py", "lit.local.cfg", "Inputs"]
config.test_format = krait_lit.RunLines(execute_external=False)

# Folders set these up further in their lit.local.cfg.
config.krait_build = build
config.krait_run_id = lit_config.params.get("run_id", "by hand %d" % os.getpid())
config.krait_stress = "stress" in lit_config.params
config.krait_features = programs.probe_features(build)
config.available_features.update(config.krait_features)

config.environment["PATH"] = os.pathsep.join([os.path.join(build, "bin"), llvm, "/usr/bin", "/bin"])
config.environment["KRAIT_BUILD"] = build

# Tools by name: %krait, %krait-hir, %krait-ast ... A test tool that was not built leaves its feature unset, so a
# test that says `REQUIRES: krait-hir` is unsupported rather than failed.
for tool in ["krait-profile", "krait-ast", "krait-dis", "krait-hir", "krait-lower", "abigen", "kpython", "krait"]:
    path = os.path.join(build, "bin", tool)
    config.substitutions.append((r"%%%s\b(?!-)" % tool, path))
    if os.access(path, os.X_OK):
        config.available_features.add(tool)
if os.access("/usr/bin/gdb", os.X_OK):
    config.available_features.add("gdb")
config.substitutions.append((r"%python\b", programs.PYTHON))
config.substitutions.append((r"%FileCheck\b", os.path.join(llvm, "FileCheck") + " --enable-var-scope"))
config.substitutions.append((r"%opt\b", os.path.join(llvm, "opt")))
config.substitutions.append((r"%clangxx\b", os.path.join(llvm, "clang++")))
config.substitutions.append((r"%build\b", build))
config.substitutions.append((r"%root\b", os.path.dirname(here)))
