# Events that audit hooks are told of: what the system is asked for, sensitive attributes, code made at run time.
import array
import fcntl
import gc
import marshal
import mmap
import os
import pickle
import resource
import socket
import sys
import tempfile
import types

folder = tempfile.mkdtemp()
os.chdir(folder)
with open("f", "w") as file:
    file.write("x")


def shown(value):
    if isinstance(value, (types.CodeType, types.FunctionType, types.FrameType, types.GeneratorType, socket.socket, A)):
        return type(value).__name__
    return repr(value)


events = None


def hook(event, args):
    global events
    if events is not None:
        kept, events = events, None
        kept.append(f"{event}({', '.join(map(shown, args))})")
        events = kept


sys.addaudithook(hook)


def told(function, *args, **named):
    """What hooks hear during a call."""
    global events
    events = []
    try:
        function(*args, **named)
    except (OSError, TypeError) as error:
        events.append(type(error).__name__)
    heard, events = events, None
    print(*heard, sep="; ")


def files():
    told(os.mkdir, "d")
    told(os.mkdir, "d/e", 0o700)
    told(os.rename, "f", "g")
    told(os.replace, "g", "f")
    told(os.link, "f", "h")
    told(os.symlink, "f", "l")
    told(os.remove, "h")
    told(os.unlink, "l")
    told(os.rmdir, "d/e")
    told(os.chmod, "f", 0o600)
    told(os.truncate, "f", 1)
    told(os.utime, "f", (1, 2))
    told(os.utime, "f", ns=(1, 2))
    told(os.listdir)
    told(os.listdir, b".")
    told(os.scandir, ".")
    told(os.chdir, ".")
    told(os.chown, "f", os.getuid(), os.getgid())
    told(os.getxattr, "f", "user.none")
    told(os.open, "f", os.O_RDONLY)
    told(open, "f", "rb")
    told(open, b"f", "r+")
    told(os.putenv, "AUDIT_EVENTS", "1")
    told(os.unsetenv, "AUDIT_EVENTS")
    told(os.system, "true")
    told(os.execv, "/nonexistent", ["a"])
    told(os.execve, "/nonexistent", ["a"], {"B": "1"})
    told(fcntl.flock, 0, 77)
    told(resource.setrlimit, resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE)[:1] * 2)


def memory():
    told(array.array, "b", [1])
    told(array.array, "b")
    told(mmap.mmap, -1, 8)
    told(marshal.dumps, (1, "a"))
    told(marshal.loads, b"i\x03\x00\x00\x00")
    told(pickle.loads, pickle.dumps(len))
    told(pickle.loads, pickle.dumps([1]))
    told(gc.get_referents, 1, 2)


def sockets():
    told(socket.socket)
    one = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told(one.bind, "s")
    told(one.connect, "nobody")
    told(one.connect_ex, "nobody")
    told(one.sendto, b"1", "nobody")
    told(socket.getservbyname, "http", "tcp")
    told(socket.getaddrinfo, b"127.0.0.1", 80, 0, 0, 0, socket.AI_NUMERICHOST)
    one.close()


class A:
    pass


class B:
    pass


def attributes():
    a = A()
    told(setattr, A, "__name__", "C")
    told(setattr, A, "__qualname__", "A")
    told(setattr, A, "x", 1)
    told(setattr, A, "__bases__", (object,))
    told(setattr, a, "__class__", B)
    told(setattr, a, "__class__", 1)

    def function(a=1):
        yield

    told(getattr, function, "__code__")
    told(getattr, function, "__defaults__")
    told(setattr, function, "__kwdefaults__", {})
    told(setattr, function, "__defaults__", None)
    told(getattr, function(1), "gi_frame")
    told(getattr, function(1), "gi_code")
    told(getattr, sys._getframe(), "f_code")
    told(types.FunctionType, (lambda: 0).__code__, {})
    told(sys._getframe)
    told(sys.settrace, None)
    told(sys.set_asyncgen_hooks, firstiter=None)


def names(function):
    """As told(), without arguments: those of imports are long."""
    global events
    events = []
    function()
    heard, events = events, None
    print(*(one.partition(" None")[0] for one in heard if one.startswith("import")))


for group in files, memory, sockets, attributes:
    group()
told(compile, "1", "name", "eval")
told(eval, "1 + 1")
told(exec, compile("y = 1", "name", "exec"), {})
told(sys.audit, "mine", 1, "b")
names(lambda: __import__("xml.dom.domreg"))
names(lambda: __import__("xml.dom.domreg"))


class Refusing:
    def __call__(self, event, args):
        if event == "os.mkdir":
            raise PermissionError("no folders")


sys.addaudithook(Refusing())
try:
    os.mkdir("refused")
except PermissionError as error:
    print(error, os.path.exists("refused"))

# What the interpreter itself does for the first import that is searched for is no event.
sys.addaudithook(lambda event, args: heard.append((event, args[0])) if heard is not None and event == "import" else None)
heard = []
import colorsys
import keyword

found, heard = heard, None
print(found)
