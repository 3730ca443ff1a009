# Modules that a binary carries give way where the program changes sys.path, its hooks or a package's __path__ so that others are found first.
import importlib
import os
import sys
import tempfile

import _helper
from _package import lazy as first_part

print(_helper.__name__, os.path.basename(_helper.__file__), first_part.__name__)
home = os.path.dirname(os.path.abspath(_helper.__file__))


def forget(*names):
    for name in list(sys.modules):
        if name.partition(".")[0] in names:
            del sys.modules[name]


def where(module):
    folder = os.path.dirname(module.__file__)
    return "home" if folder.startswith(home) else "new" if folder.startswith(new) else "library"


with tempfile.TemporaryDirectory() as new:
    for name, text in (("_helper.py", "kind = 'another'\n"), ("colorsys.py", "kind = 'own'\n"), ("lazy.py", "kind = 'a part'\n")):
        with open(os.path.join(new, name), "w") as file:
            file.write(text)

    # An entry behind changes nothing, one in front does.
    forget("_helper")
    sys.path.append(new)
    import _helper

    print(where(_helper))
    forget("_helper")
    sys.path.remove(new)
    sys.path.insert(0, new)
    import _helper
    import colorsys

    print(where(_helper), _helper.kind, where(colorsys), colorsys.kind)
    sys.path.remove(new)
    forget("_helper", "colorsys")
    import _helper
    import colorsys

    print(where(_helper), where(colorsys), hasattr(_helper, "kind"))

    # A package's own path.
    import _package

    forget("_package")
    import _package

    _package.__path__.insert(0, new)
    from _package import lazy

    print(where(lazy), lazy.kind, lazy.__name__)
    forget("_package")

    # The entry of the program's own folder taken out.
    forget("_helper")
    kept = sys.path[:]
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != home]
    try:
        import _helper
    except ImportError as error:
        print(error)
    sys.path[:] = kept
    import _helper

    print(where(_helper))

    # A hook sees the entries, and may answer for one.
    class Loader:
        def create_module(self, spec):
            return None

        def exec_module(self, module):
            module.kind = "made"

    class Finder:
        def find_spec(self, name, target=None):
            if name == "_helper":
                return importlib.util.spec_from_loader(name, Loader())

    seen = []

    def hook(entry):
        seen.append(entry)
        if entry == home:
            return Finder()
        raise ImportError

    import importlib.util

    forget("_helper")
    sys.path_hooks.insert(0, hook)
    sys.path_importer_cache.clear()
    import _helper
    import colorsys

    print(_helper.kind, home in seen)
    sys.path_hooks.remove(hook)
    sys.path_importer_cache.clear()
    forget("_helper")
    import _helper

    print(where(_helper))
