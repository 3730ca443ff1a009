# How an uncaught SyntaxError is shown: its message alone below its place, else as str() has it.
import subprocess
import sys

for arguments in '', '""', 'None', '5', '"a", ("f", 1, 2, "xx")', 'None, ("f", 1, 2, "xx")', '"", ("f", 1, 2, "xx")', '"a", ("f", None, 2, "xx")', '"a", (None, 3, 2, "xx")':
    done = subprocess.run([sys.executable, "-c", f"raise SyntaxError({arguments})"], capture_output=True, text=True)
    print(done.returncode, done.stderr.splitlines()[2:])
