"""exec and eval whose globals or built-ins are subclasses of dict, other mappings, or no mappings."""
import types


class Frozen(dict):
    def __setitem__(self, key, value):
        raise RuntimeError("frozen " + key)


class Asked(dict):
    def __getitem__(self, key):
        raise ZeroDivisionError(key)


def show(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


show(exec, "x = 1", Frozen(__builtins__=__builtins__))
show(exec, "global x\nx = 1\nprint(x)", Frozen(__builtins__=__builtins__))
show(exec, "name", Asked(name=1))
show(exec, "name", {"__builtins__": Asked(name=1)})
show(exec, "def f(): return name\nf()", {"__builtins__": Asked(name=1)})
show(exec, "print('Hello')", {"__builtins__": {}})
show(exec, "print('Hello')", {"__builtins__": 123})
show(exec, "def f(): return len\nf()", {"__builtins__": 123})
show(exec, "print(sum([1]))", {"__builtins__": types.MappingProxyType({"sum": lambda x: 5, "print": print})})
show(exec, "class A: pass", {"__builtins__": {}})
namespace = {"seen": []}
body = compile("seen.append(1)\nlate = 2", "body", "exec")
types.FunctionType(body, namespace)()
print(namespace["seen"], namespace["late"])
