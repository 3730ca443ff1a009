#!/usr/bin/python3.11
"""Compares Krait's parser with CPython's on every .py file of the standard library and its tests.

usage: ast_oracle.py KRAIT_AST [--jobs N] [PATH...]
For each file: the tree with all positions must be identical to ast.dump's, or both must reject the file. Prints the
counts and the files that differ; the exit status is 1 if any does.
"""
import ast
import multiprocessing
import os
import subprocess
import sys
import warnings

ROOTS = ["/usr/lib/python3.11"]
warnings.simplefilter("ignore")
sys.setrecursionlimit(100000)


class Server:
    """A krait-ast process that answers one request after the other."""

    def __init__(self, tool, *options):
        self.process = subprocess.Popen([tool, *options, "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, request):
        self.process.stdin.write(request)
        self.process.stdin.flush()
        status, length = self.process.stdout.readline().split()
        return status == b"ok", self.process.stdout.read(int(length)).decode("utf-8", "replace")

    def file(self, path):
        return self.ask(b"F " + os.fsencode(path) + b"\n")

    def source(self, data):
        return self.ask(b"S %d\n" % len(data) + data)


def reference(path):
    with open(path, "rb") as f:
        source = f.read()
    try:
        return True, ast.dump(ast.parse(source, path), include_attributes=True)
    except (SyntaxError, ValueError, MemoryError) as error:
        return False, f"{type(error).__name__}: {error}"
    except RecursionError:
        return None, ""


def first_difference(ours, theirs):
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    start = max(0, at - 100)
    return f"    krait:   ...{ours[start:at + 100]!r}\n    cpython: ...{theirs[start:at + 100]!r}"


def check(job):
    tool, paths = job
    server = Server(tool)
    results = []
    for path in paths:
        accepted, tree = reference(path)
        if accepted is None:
            results.append((path, "skipped", ""))
            continue
        ok, answer = server.file(path)
        if accepted and ok and answer == tree:
            results.append((path, "identical", ""))
        elif not accepted and not ok:
            results.append((path, "rejected", ""))
        elif accepted and ok:
            results.append((path, "different", first_difference(answer, tree)))
        else:
            results.append((path, "different", f"    krait: {'accepts' if ok else answer.splitlines()!r}\n"
                                               f"    cpython: {'accepts' if accepted else tree}"))
    server.process.stdin.close()
    return results


def main():
    arguments = sys.argv[1:]
    jobs = os.cpu_count() or 1
    if "--jobs" in arguments:
        at = arguments.index("--jobs")
        jobs = int(arguments[at + 1])
        del arguments[at:at + 2]
    if not arguments:
        sys.exit(__doc__)
    tool, roots = arguments[0], arguments[1:] or ROOTS
    paths = []
    for root in roots:
        if os.path.isfile(root):
            paths.append(root)
        for folder, _, names in os.walk(root):
            paths += [os.path.join(folder, name) for name in names if name.endswith(".py")]
    paths.sort()
    chunks = [(tool, paths[i:i + 25]) for i in range(0, len(paths), 25)]
    counts = {"identical": 0, "rejected": 0, "different": 0, "skipped": 0}
    with multiprocessing.Pool(jobs) as pool:
        for results in pool.imap(check, chunks):
            for path, verdict, detail in results:
                counts[verdict] += 1
                if verdict == "different":
                    print(f"{path}: different\n{detail}")
    print(f"{counts['identical']} identical, {counts['rejected']} rejected alike, {counts['different']} different"
          + (f", {counts['skipped']} too deep for CPython's ast.dump" if counts["skipped"] else ""))
    sys.exit(1 if counts["different"] else 0)


if __name__ == "__main__":
    main()
