# weakref.getweakrefs: the shared reference, the shared proxy, then the others, newest first.
import weakref


class Thing:
    pass


class Reference(weakref.ref):
    pass


thing = Thing()
names = {}


def named(name, reference):
    names[id(reference)] = name
    return reference


def callback(reference):
    pass


kept = [
    named("subclass", Reference(thing)), named("with callback", weakref.ref(thing, callback)), named("shared", weakref.ref(thing)),
    named("shared proxy", weakref.proxy(thing)), named("second with callback", weakref.ref(thing, callback)),
    named("proxy with callback", weakref.proxy(thing, callback)),
]
print([names[id(reference)] for reference in weakref.getweakrefs(thing)])
print(names[id(thing.__weakref__)])
