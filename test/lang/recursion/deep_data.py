# Data nested deeper than anything may recurse: RecursionError, in threads too.
import collections
import copy
import json
import pickle
import types

from _ways import try_all

DEEP = 20_000


def nested(make, end, depth=DEEP):
    for _ in range(depth):
        end = make(end)
    return end


def linked(n):
    end = None
    for _ in range(n):
        end = types.SimpleNamespace(next=end)
    return end


WAYS = {
    "deep list repr": lambda: repr(nested(lambda x: [x], [])),
    "deep tuple repr": lambda: repr(nested(lambda x: (x,), ())),
    "deep dict repr": lambda: repr(nested(lambda x: {1: x}, {})),
    "deep list ==": lambda: nested(lambda x: [x], []) == nested(lambda x: [x], []),
    "deep list <": lambda: nested(lambda x: [x], []) < nested(lambda x: [x], []),
    "deep tuple ==": lambda: nested(lambda x: (x,), ()) == nested(lambda x: (x,), ()),
    "deep dict ==": lambda: nested(lambda x: {1: x}, {}) == nested(lambda x: {1: x}, {}),
    "deep deque": lambda: repr(nested(lambda x: collections.deque([x]), 1)),
    "deep deque ==": lambda: nested(lambda x: collections.deque([x]), 1) == nested(lambda x: collections.deque([x]), 1),
    "deep deepcopy": lambda: copy.deepcopy(nested(lambda x: [x], [])),
    "deep pickle": lambda: pickle.dumps(nested(lambda x: [x], [])),
    "deep json": lambda: json.dumps(nested(lambda x: [x], [])),
    "deep json dict": lambda: json.dumps(nested(lambda x: {"a": x}, {})),
    "deep json indent": lambda: json.dumps(nested(lambda x: [x], []), indent=1),
    "json text": lambda: json.loads("[" * DEEP),
    "json text dict": lambda: json.loads('{"a":' * DEEP),
    "isinstance tuple": lambda: isinstance(1, nested(lambda x: (x,), str)),
    "issubclass tuple": lambda: issubclass(int, nested(lambda x: (x,), str)),
    "mappingproxy": lambda: repr(nested(types.MappingProxyType, {})),
    "namespace": lambda: repr(linked(DEEP)),
    "generic alias": lambda: repr(nested(lambda x: list[x], int)),
    "exception repr": lambda: repr(nested(lambda x: ValueError(x), 1)),
    "group": lambda: repr(nested(lambda x: ExceptionGroup("g", [x]), ValueError())),
    "group split": lambda: nested(lambda x: ExceptionGroup("g", [x]), ValueError()).split(KeyError),
    "slice ==": lambda: nested(lambda x: slice(x), 1) == nested(lambda x: slice(x), 1),
    "slice repr": lambda: repr(nested(lambda x: slice(x), 1)),
    "staticmethod repr": lambda: repr(nested(staticmethod, print)),
}


try_all(WAYS)
