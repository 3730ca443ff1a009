"""Finder of the modules that a built binary carries. They look like modules loaded from their source files."""

import _krait
import sys
import _frozen_importlib_external as external

# The program's source file in a process that runs something else, such as a worker of multiprocessing.
MAIN_FILE = _krait.main_file()


def code_of(name):
    return _krait.module_code(name)


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
        loader = external.SourceFileLoader(fullname, file)
        loader.get_code = code_of
        folders = [file.rpartition("/")[0]] if package else None
        return external.spec_from_file_location(fullname, file, loader=loader, submodule_search_locations=folders)

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
