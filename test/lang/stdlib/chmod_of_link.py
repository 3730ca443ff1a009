# The mode of a symbolic link itself cannot be changed; and a tree hash without room for its leaves.
import hashlib
import os
import tempfile

with tempfile.TemporaryDirectory() as folder:
    link = os.path.join(folder, "link")
    os.symlink("nowhere", link)
    try:
        os.chmod(link, 0o600, follow_symlinks=False)
    except NotImplementedError as error:
        print(error)
for leaf_size in -1, 1 << 32:
    try:
        hashlib.blake2b(leaf_size=leaf_size)
    except (ValueError, OverflowError) as error:
        print(type(error).__name__, error)
