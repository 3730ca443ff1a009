def tag(name):
    print("make", name)

    def decorate(f):
        print("apply", name, f.__name__)

        def wrapper(*a, **k):
            return "<%s>%s</%s>" % (name, f(*a, **k), name)

        wrapper.__name__ = "wrapped_" + f.__name__
        return wrapper

    return decorate


@tag("a")
@tag("b")
@(lambda f: f)
def hello(x):
    return x


print(hello("hi"), hello.__name__)
