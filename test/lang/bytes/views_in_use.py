# While a view of its memory is in use, an object cannot be resized or closed; it can be as soon as the view was released.
import array
import io
import mmap


def tries(view, *changes):
    for change in changes:
        try:
            change()
        except BufferError as error:
            print(error)
    view.release()


def stream():
    file = io.BytesIO(b"abc")
    view = file.getbuffer()
    tries(view, lambda: file.write(b"x"), file.close, lambda: file.truncate(1))
    file.close()


def numbers():
    values = array.array("i", [1, 2])
    view = memoryview(values)
    tries(view, lambda: values.append(1), values.pop, lambda: values.__delitem__(slice(None)))
    values.append(3)
    print(values)


def buffer():
    values = bytearray(b"text")
    view = memoryview(values)
    tries(view, lambda: values.append(1), values.pop, values.clear, lambda: values.__setitem__(slice(1, 2), b"long"))
    values.clear()
    print(values)


def mapping():
    area = mmap.mmap(-1, 4096)
    view = memoryview(area)
    tries(view, area.close)
    area.close()


stream()
numbers()
buffer()
mapping()
