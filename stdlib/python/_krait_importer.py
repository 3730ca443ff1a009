"""Finder of the modules that a built binary carries. They look like modules loaded from their source files.

Each has a place: the entry of sys.path (of its package's __path__) where it was found when the binary was built. It is found without a
look at the disk as long as the search would end there. What the program does at run time counts as it does for source files: where
an entry was put in front of that place, a hook or a finder was added, or the place was taken out, the path finder is asked first.
"""

import _krait
import sys
import _frozen_importlib_external as external

# The program's source file in a process that runs something else, such as a worker of multiprocessing.
MAIN_FILE = _krait.main_file()


def code_of(name):
    return _krait.module_code(name)


def is_own_hook(hook):
    return getattr(hook, "__qualname__", None) in ("zipimporter", "FileFinder.path_hook.<locals>.path_hook_for_FileFinder", "main_file_hook")


def found_elsewhere(fullname, path, place, file):
    """(Whether the program has the search end elsewhere, the spec found there)."""
    start = _krait.start_path() if path is None else ()
    entries = sys.path if path is None else path
    hooked = not all(map(is_own_hook, sys.path_hooks)) or type(sys.path_importer_cache.get(place, None)) not in (external.FileFinder, type(None))
    before = []
    for entry in entries:
        if entry == place:
            if hooked:
                before.append(entry)
            break
        if hooked or entry not in start:
            before.append(entry)
    else:
        # A place that was never an entry is in a folder that the program adds, or this machine has none of it.
        if place in start:
            return True, external.PathFinder.find_spec(fullname, path)
    spec = external.PathFinder.find_spec(fullname, before) if before else None
    # A folder without __init__.py is a package only if nothing else has the name.
    if spec is None or spec.loader is None or spec.origin == file and type(spec.loader) is external.SourceFileLoader:
        return False, None
    return True, spec


class ProgramFinder:
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        # The program itself, to runpy.run_path only, which puts the file in front of sys.path.
        if fullname == "__main__" and sys.path[:1] != [MAIN_FILE]:
            return None
        found = _krait.find_module(fullname)
        if found is None:
            return None
        file, package = found
        folder = file.rpartition("/")[0]
        if fullname != "__main__":
            elsewhere, spec = found_elsewhere(fullname, path, folder.rpartition("/")[0] if package else folder, file)
            if elsewhere:
                return spec
        loader = external.SourceFileLoader(fullname, file)
        loader.get_code = code_of
        return external.spec_from_file_location(fullname, file, loader=loader, submodule_search_locations=[folder] if package else None)

    @classmethod
    def invalidate_caches(cls):
        pass


def main_file_hook(path):
    """Entry of sys.path_hooks: lets runpy.run_path run the program without its source file, as multiprocessing's workers do."""
    if path != MAIN_FILE:
        raise ImportError("only for the program of this binary", path=path)
    return ProgramFinder


if MAIN_FILE is not None:
    sys.path_hooks.append(main_file_hook)
sys.meta_path.insert(sys.meta_path.index(external.PathFinder), ProgramFinder)
