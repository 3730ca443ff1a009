"""Finder of the modules that a built binary carries. They look like modules loaded from their source files."""

import _krait
import sys
import _frozen_importlib_external as external


def code_of(name):
    return _krait.module_code(name)


class ProgramFinder:
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
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


sys.meta_path.insert(sys.meta_path.index(external.PathFinder), ProgramFinder)
