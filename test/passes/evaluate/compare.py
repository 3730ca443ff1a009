"""Evaluates functions as the middle end makes them (krait-hir --evaluate) and compares with running them in Python.

Usage: compare.py KRAIT-HIR FILE.py KIND CALL... ; one line per difference, the last line counts.
"""
import subprocess
import sys

tool, path, kind, *calls = sys.argv[1:]
names = {}
exec(compile(open(path, encoding="utf-8").read(), path, "exec"), names)
wrong = 0
for call in calls:
    want = repr(eval(call, names))
    run = subprocess.run([tool, f"--python={path}", f"--assume={kind}", f"--evaluate={call}"], capture_output=True, text=True)
    got = run.stdout.strip() or run.stderr.strip()
    if got != want:
        wrong += 1
        print(f"{call}: {got[:300]}, Python says {want[:100]}")
print(f"{len(calls)} calls, {wrong} wrong")
