# Limits of blake2's parameters, of struct's offsets, of group ids; folders read twice by one descriptor.
import glob
import hashlib
import os
import struct
import subprocess
import sys
import tempfile

print(hashlib.blake2b(node_offset=(1 << 64) - 1).hexdigest()[:8])
for keywords in ({"node_offset": -1}, {"node_offset": 1 << 64}, {"leaf_size": 1 << 32}, {"leaf_size": -1}):
    try:
        hashlib.blake2s(**keywords)
    except (ValueError, OverflowError) as error:
        print(type(error).__name__)
try:
    struct.pack_into("<I", bytearray(10), sys.maxsize, 1)
except struct.error as error:
    print(error)
try:
    struct.calcsize("2\0i")
except struct.error as error:
    print(error)
for groups in ([2**64], [-1]):
    try:
        subprocess.check_call(["true"], extra_groups=groups)
    except ValueError as error:
        print(error)
with tempfile.TemporaryDirectory() as folder:
    open(os.path.join(folder, "one"), "w").close()
    fd = os.open(folder, os.O_RDONLY)
    print(glob.glob("*", dir_fd=fd), glob.glob("*", dir_fd=fd), os.listdir(fd))
    os.close(fd)
