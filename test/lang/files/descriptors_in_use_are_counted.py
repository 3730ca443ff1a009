# A program that counts its descriptors does not find those of files that it has dropped.
import os


def count():
    return len(os.listdir("/proc/self/fd"))


def drops():
    for _ in range(20):
        open(os.devnull, "rb").read()


before = count()
drops()
print(count() - before)
held = [open(os.devnull, "rb") for _ in range(5)]
print(count() - before)
for file in held:
    file.close()
print(len(os.listdir("/proc/%d/fd/" % os.getpid())) - before)
