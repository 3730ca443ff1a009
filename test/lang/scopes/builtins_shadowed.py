len = lambda x: "shadowed"
print(len([1, 2]))
del len
print(len([1, 2]))


def f():
    print_ = print
    sum = 5
    print_(sum)


f()
import builtins

builtins.my_builtin = 42
print(my_builtin)
del builtins.my_builtin
try:
    my_builtin
except NameError as error:
    print(error)
