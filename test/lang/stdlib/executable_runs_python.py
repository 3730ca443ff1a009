# What a program starts through sys.executable is a Python interpreter, also in a built binary; a script that is the program
# itself is the program.
import os
import subprocess
import sys

if sys.argv[1:] == ["again"]:
    print("again", __name__, sys.argv[1:])
    sys.exit(4)


def run(*words, **options):
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, **options)
    print(done.returncode, repr(done.stdout), repr(done.stderr.splitlines()[-1:]))


run("-c", "import sys; print(sys.argv, __name__)", "a", "b")
run("-O", "-c", "assert 0; print('asserts are off')")
run("-c", "1 / 0")
run("-c", "import __main__; print(hasattr(__main__, 'run'))")
run("-", "x", input="import sys; print(sys.argv[1:])")
run("-m", "base64", "-h")
with open("script.py", "w") as file:
    file.write("import os; print(os.path.basename(__file__), __name__, 6 * 7)\n")
run("script.py")
run(os.path.normpath(sys.executable) and "-V")
plain = os.path.realpath(sys.executable)
done = subprocess.run([plain, "-I", "-c", "import sys; print('plain', sys.argv)", "a"], capture_output=True, text=True)
print(done.returncode, done.stdout)
done = subprocess.run(["./" + os.path.basename(plain), "-c", "from math import tau; print(tau)"],
                      cwd=os.path.dirname(plain), capture_output=True, text=True)
print(done.returncode, done.stdout)
os.symlink(sys.executable, "linked")
done = subprocess.run(["./linked", "-c", "print('linked')"], capture_output=True, text=True)
print(done.returncode, done.stdout)
run(sys.argv[0], "again")
run(__file__, "again")
print(os.path.isfile(sys.executable), os.path.samefile(sys.executable, "/proc/self/exe"))
sys.stdout.flush()
os.execv(sys.executable, [sys.executable, *sys.argv, "again"])
