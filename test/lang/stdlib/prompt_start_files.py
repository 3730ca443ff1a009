# Before the prompt: PYTHONSTARTUP's file, then sys.__interactivehook__, which site sets.
import os
import subprocess
import sys
import tempfile

folder = tempfile.mkdtemp()


def file(text):
    path = os.path.join(folder, f"{len(os.listdir(folder))}.py")
    with open(path, "w") as out:
        out.write(text)
    return path


def prompt(*options, lines="1 + 1\n", **environment):
    done = subprocess.run([sys.executable, *options], input=lines, text=True, capture_output=True, env={**os.environ, **environment})
    print(done.returncode, done.stdout.splitlines(), done.stderr.replace(folder, "").replace(">>> ", "").splitlines()[-1:])


good = file("import sys\nX = 5\nprint('startup', __name__)\nsys.__interactivehook__ = lambda: print('hook')\n")
prompt("-q", "-i", lines="X\n'__file__' in globals()\n", PYTHONSTARTUP=good)
prompt("-q", "-i", "-E", PYTHONSTARTUP=good)
prompt("-q", "-i", PYTHONSTARTUP=file("1 / 0\n"))
prompt("-q", "-i", PYTHONSTARTUP=file("raise SystemExit(4)\n"))
prompt("-i", "-c", "import sys; sys.__interactivehook__ = lambda: print('h')")
for option in [], ["-I"], ["-S"]:
    prompt(*option, "-c", "import sys; print(hasattr(sys, '__interactivehook__'))")
for mode in "default", "always", "never":
    prompt("--check-hash-based-pycs", mode, "-c", "import _imp; print(_imp.check_hash_based_pycs)")
