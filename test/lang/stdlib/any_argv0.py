# The interpreter runs under any argv[0]: what counts is which file is executed.
import subprocess
import sys

for name in "somethingelse", "", "krait":
    done = subprocess.run([name, "-c", "print(6 * 7)"], executable=sys.executable, stdout=subprocess.PIPE)
    print(done.returncode, done.stdout)
