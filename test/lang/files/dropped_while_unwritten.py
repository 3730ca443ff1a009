# Files that are dropped without being closed: what was written is there when somebody looks.
import os
import resource
import shutil
import subprocess
import sys
import tempfile

folder = tempfile.mkdtemp()
path = os.path.join(folder, "a.txt")


def read():
    with open(path) as file:
        return file.read()


open(path, "w").write("first")
print(read())
open(path, "w").write("the second")
print(os.path.getsize(path), os.stat(path).st_size)
open(path, "a").write(" and more")
print(read())
open(path, "wb").write(b"bytes")
print(open(path, "rb").read())


def fill(text):
    file = open(path, "w")
    file.write(text)
    print("more", file=file)


for i in range(3):
    fill("number %d " % i)
    print(repr(read()))
open(path, "w").write("longer text than the next")
open(path, "w").write("short")
print(read())

print("one\ntwo", file=open(path, "w"))
print(subprocess.run(["cat", path], capture_output=True, text=True).stdout)
open(path, "w").write("for system\n")
sys.stdout.flush()
os.system("cat " + path)
open(path, "w").write("copied")
shutil.copy(path, path + ".copy")
print(open(path + ".copy").read())
open(path, "w").write("once")
sys.stdout.flush()
child = os.fork()
if child == 0:
    os._exit(0)
os.waitpid(child, 0)
print(read())

# One that is held keeps what it has not flushed.
held = open(path, "w")
held.write("later")
print(repr(read()))
held.close()
print(read())

# More files than descriptors.
resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
print(sum(len(open(path).read()) for _ in range(500)))
print(len([os.open(path, os.O_RDONLY) for _ in range(20)]))
shutil.rmtree(folder)
