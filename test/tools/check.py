#!/usr/bin/python3.11
"""Checks of the tree that no compiler makes: formatting, include layering, READMEs, top-level folders.

usage: check.py [--fix-format [FILE...]]

Layering is DESIGN section 3: a folder includes only what its row in [MAY_INCLUDE] names, and Boehm, LLVM and Clang
headers stay in the folders that own them.
"""

import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Every second-level folder and what it may include besides itself.
FRONT = ["compiler/support"]
RUNTIME = ["runtime/abi", "runtime/gc", "runtime/unicode", "runtime/object", "runtime/builtins", "runtime/interp", "runtime/deopt", "runtime/start"]
HIR = FRONT + ["compiler/frontend", "runtime/abi"]
MAY_INCLUDE = {
    "compiler/support": [],
    "compiler/frontend": FRONT + ["runtime/abi", "runtime/unicode"],
    "compiler/hir": HIR,
    "compiler/build": HIR + ["compiler/hir"],
    "compiler/specialize": HIR + ["compiler/hir", "compiler/build", "profiler/format"],
    "compiler/passes": HIR + ["compiler/hir", "compiler/build", "compiler/specialize"],
    "compiler/lower": HIR + ["compiler/hir", "compiler/build", "compiler/specialize", "llvm-patches"],
    "compiler/native": HIR + ["compiler/hir", "compiler/build", "compiler/specialize", "compiler/lower", "llvm-patches", "compiler/passes", "profiler/format"],
    "compiler/abigen": FRONT + ["compiler/hir", "runtime/abi"],
    "compiler/driver": None,
    "runtime/abi": [],
    "runtime/unicode": [],
    "runtime/gc": RUNTIME[:1] + FRONT,
    "runtime/object": RUNTIME[:3] + FRONT,
    "runtime/builtins": RUNTIME[:4] + FRONT + ["compiler/frontend"],
    "runtime/interp": RUNTIME[:5] + FRONT + ["compiler/frontend", "profiler/format"],
    "runtime/deopt": RUNTIME[:6] + FRONT,
    "runtime/start": RUNTIME[:7] + FRONT + ["compiler/frontend", "stdlib/native", "profiler/record", "profiler/format"],
    "profiler/format": FRONT + ["runtime/abi"],
    "profiler/record": FRONT + ["runtime/abi", "runtime/object", "runtime/interp", "profiler/format"],
    "profiler/tool": FRONT + ["compiler/frontend", "profiler/format", "runtime/abi"],
    "stdlib/image": FRONT + ["compiler/frontend"],
    "stdlib/native": RUNTIME + FRONT + ["compiler/frontend"],
    "stdlib/python": [],
    "llvm-patches": FRONT,
}
# Headers of a library, by the start of their name, and the folders that own them.
OWNED = [
    (("gc.h", "gc/", "gc_"), ["runtime/gc"]),
    (("clang/",), ["compiler/abigen"]),
    (("llvm/", "llvm-c/", "lld/"), ["compiler/lower", "compiler/native", "compiler/driver", "compiler/abigen", "llvm-patches", "profiler/tool"]),
]
TOP_LEVEL = {"compiler", "runtime", "profiler", "stdlib", "test", "llvm-patches", "CMakeLists.txt", "README.md", "LICENSE", "dev"}


def tracked():
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for path in out.stdout.splitlines() if os.path.exists(os.path.join(ROOT, path))]


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def folder_of(path):
    """The folder a file belongs to in the table above."""
    parts = path.split("/")
    return parts[0] if parts[0] == "llvm-patches" else "/".join(parts[:2])


def check_top_level(files):
    for name in sorted({path.split("/")[0] for path in files}):
        if name not in TOP_LEVEL and not name.startswith("."):
            yield "%s: does not belong at the top level" % name


def check_layering(files):
    include = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.M)
    sources = [path for path in files if path.endswith((".h", ".cpp", ".inc")) and not path.startswith("test/")]
    for path in sources:
        here = folder_of(path)
        text = read(path)
        for match in include.finditer(text):
            name = match.group(2)
            where = "%s:%d" % (path, text.count("\n", 0, match.start()) + 1)
            for starts, owners in OWNED:
                if name.startswith(starts) and here not in owners and not os.path.exists(os.path.join(ROOT, name)):
                    yield "%s: <%s> belongs to %s" % (where, name, ", ".join(owners))
            target = folder_of(name)
            if target not in MAY_INCLUDE or target == here or MAY_INCLUDE.get(here, []) is None:
                continue
            if target not in MAY_INCLUDE.get(here, []):
                yield "%s: %s may not include %s" % (where, here, target)


def check_readmes(files):
    """Files named in READMEs exist; flags of `krait` and verbs of `./dev` named there do too."""
    folders = sorted({folder_of(path) for path in files if folder_of(path) in MAY_INCLUDE and path.endswith((".cpp", ".h"))})
    for folder in folders:
        if folder + "/README.md" not in files:
            yield "%s: has no README.md" % folder
    verbs = set(re.findall(r"(?m)^  ([a-z-]+)(?: \|[^)]*)?\)", read("dev")))
    source_text = None
    for readme in [path for path in files if path.endswith("README.md")]:
        text = read(readme)
        base = os.path.dirname(readme)
        for verb in set(re.findall(r"\./dev ([a-z-]+)", text)):
            if verb not in verbs:
                yield "%s: `./dev %s` does not exist" % (readme, verb)
        # Names without a folder count where they are rows of a table of files; elsewhere they may be examples.
        rows = "\n".join(line for line in text.splitlines() if line.startswith("|"))
        in_rows = set(re.findall(r"`([^`\n]+)`", rows))
        for span in sorted(set(re.findall(r"`([^`\n]+)`", text))):
            placeholder = re.search(r"[A-Z]{3,}", span.replace("README", "").replace("CMakeLists", "")) is not None
            if re.fullmatch(r"[\w./-]+\.(?:h|cpp|def|py|md|inc|txt|sh|cmake)", span):
                if placeholder or ("/" not in span and span not in in_rows) or span.startswith(("generated/", "build")):
                    continue
                generated = span.endswith((".inc", ".bind.inc"))
                found = any(os.path.exists(os.path.join(ROOT, start, span)) for start in [base, ""])
                found = found or any(path.endswith("/" + span) for path in files)
                if not found and not generated and "app" not in span:
                    yield "%s: names %s, which does not exist" % (readme, span)
            elif re.fullmatch(r"--[a-z][a-z-]+", span):
                if source_text is None:
                    kinds = (".cpp", ".h", ".def", ".py", ".sh")
                    source_text = "\n".join(read(path) for path in files if path.endswith(kinds) and not path.startswith("test/lang")) + read("dev")
                if span not in source_text and span[2:] not in source_text:
                    yield "%s: names the flag %s, which no source knows" % (readme, span)


def changed_sources(files):
    """C++ files that differ from the upstream branch (or the commit before, where there is none)."""
    base = "HEAD~1"
    for candidate in ["@{upstream}", "origin/main"]:
        if subprocess.run(["git", "rev-parse", "-q", "--verify", candidate], cwd=ROOT, capture_output=True).returncode == 0:
            base = candidate
            break
    out = subprocess.run(["git", "diff", "--name-only", base], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    return [path for path in out if path in files and path.endswith((".h", ".cpp"))]


def check_format(files):
    for path in changed_sources(files):
        done = subprocess.run(["clang-format-19", "--dry-run", "-Werror", path], cwd=ROOT, capture_output=True)
        if done.returncode != 0:
            yield "%s: not formatted (./dev fmt)" % path


def main(arguments):
    files = tracked()
    if arguments[:1] == ["--fix-format"]:
        names = arguments[1:] or changed_sources(files)
        if names:
            subprocess.run(["clang-format-19", "-i", *names], check=True)
        print("%d files formatted" % len(names))
        return 0
    problems = 0
    for check in [check_top_level, check_layering, check_readmes, check_format]:
        if arguments and check.__name__[6:] not in arguments:
            continue
        for problem in check(files):
            print(problem)
            problems += 1
    print("%d problems" % problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
