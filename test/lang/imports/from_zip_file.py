# Modules are imported from a zip file on sys.path; so are frozen ones that hold nothing but a greeting.
import contextlib
import os
import sys
import tempfile
import zipfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "code.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in_zip.py", "def double(n):\n    return 2 * n\n")
        archive.writestr("package/__init__.py", "here = __file__[-27:]\n")
        archive.writestr("package/part.py", "from . import here\n")
    sys.path.insert(0, path)
    import in_zip
    from package import part

    print(in_zip.double(21), part.here, type(in_zip.__loader__).__name__)
    sys.path.remove(path)
print(sys.path_hooks[0])

import _imp

print([_imp.find_frozen(name) for name in ("__hello__", "__phello__", "__phello__.__init__", "__phello__.ham.eggs", "__hello_only__")])
with contextlib.redirect_stdout(None):
    import __phello__.spam
print(__phello__.spam.__spec__.origin)
