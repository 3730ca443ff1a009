# -b and -bb: comparing bytes with text or ints, and str() of bytes.
import subprocess
import sys

PROGRAM = """
import sys
print(b"a" == "a", "a" == b"a", b"a" != "a", bytearray(b"a") == "a", b"a" == 97, bytearray(b"x") == 5)
print(str(b"q"), f"{b'z'}", "%s" % b"y", repr(b"r"), str(bytearray(b"b")))
print({b"a": 1}.get("a"), "a" in [b"a"], sys.flags.bytes_warning)
"""

for options in [], ["-b"], ["-bb"]:
    done = subprocess.run([sys.executable, *options, "-c", PROGRAM], capture_output=True, text=True)
    print(options, done.returncode, done.stdout, done.stderr)
