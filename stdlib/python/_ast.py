# _ast.py - the node classes of the abstract syntax tree, made from the front end's own table (compiler/frontend/Ast.def).
from _krait_ast import nodes as _nodes, parse as _parse_source

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000


class AST:
    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __new__(cls, /, *args, **kwargs):
        return object.__new__(cls)

    def __init__(self, /, *args, **kwargs):
        fields = self._fields
        name = type(self).__name__
        if len(args) > len(fields):
            plural = "" if len(fields) == 1 else "s"
            raise TypeError(f"{name} constructor takes at most {len(fields)} positional argument{plural}")
        for field, value in zip(fields, args):
            setattr(self, field, value)
        for key, value in kwargs.items():
            if key in fields[: len(args)]:
                raise TypeError(f"{name} got multiple values for argument {key!r}")
            setattr(self, key, value)

    def __reduce__(self):
        return type(self), (), dict(self.__dict__)


AST.__module__ = "ast"
_classes = {"AST": AST}


def _make():
    attributes = ("lineno", "col_offset", "end_lineno", "end_col_offset")
    for name, base, fields, optional, located, doc in _nodes():
        parent = _classes[base]
        namespace = {"__module__": "ast", "_fields": fields, "__match_args__": fields, "__doc__": doc}
        if parent is AST:
            namespace["_attributes"] = attributes if located else ()
            if located and name != "pattern":  # whose ends are required
                namespace["end_lineno"] = namespace["end_col_offset"] = None
        for field in optional:
            namespace[field] = None
        _classes[name] = type(name, (parent,), namespace)
    for name, cls in _classes.items():
        members = [member.__doc__ for member in cls.__subclasses__()]
        if members and cls is not AST:
            separator = "\n" + " " * len(name) + " | " if any("(" in member for member in members) else " | "
            cls.__doc__ = f"{name} = {separator.join(members)}"


_make()
globals().update(_classes)


def _parse(source, filename, mode, flags, feature_version):
    """What compile() with PyCF_ONLY_AST gives."""
    return _parse_source(source, filename, mode, bool(flags & PyCF_TYPE_COMMENTS), feature_version, _classes)
