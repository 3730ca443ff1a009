"""Converting an index or a value may release the view: then nothing is read or written."""


def views():
    view = memoryview(bytearray(b"\xff" * 16))

    class Index:
        def __index__(self):
            view.release()
            return 4

    return view, Index()


view, index = views()
try:
    print(view[index])
except ValueError as error:
    print(error)
view, index = views()
print(list(view[:index]))
view, index = views()
try:
    view[index] = 1
except ValueError as error:
    print(error)
view, index = views()
try:
    view[0] = index
except ValueError as error:
    print(error)
