# stderr: this program writes to it
import sys

print(sys.stdout.write("written\n"))
print("to stderr", file=sys.stderr)
sys.stderr.write("more\n")
sys.stdout.writelines(["a", "b", "\n"])
print(sys.stdout.name, sys.stdout.encoding, sys.stdout.writable(), sys.stdout.readable())
sys.stdout.flush()
sys.stdout.buffer.write(b"bytes\n")
sys.stdout.flush()
try:
    sys.stdout.write(5)
except TypeError as error:
    print(error)
saved, sys.stdout = sys.stdout, None
print("nowhere")
sys.stdout = saved
print("back")
