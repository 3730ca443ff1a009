# An object can be resized or closed as soon as nobody holds a view of its memory, also when the views were not released.
import array
import io
import mmap


def stream():
    file = io.BytesIO(b"abc")
    print(file.getbuffer().nbytes)
    file.seek(0, io.SEEK_END)
    file.write(b"text" * 100)
    print(len(file.getbuffer()), file.truncate(5))
    bytes(file.getbuffer()[1:])
    file.close()


def numbers():
    values = array.array("i", [1])
    print(memoryview(values).nbytes)
    values.append(2)
    print(bytes(memoryview(values)[:1]))
    del values[0]
    print(memoryview(values).tolist())
    values.extend([1, 2, 3])
    del values[::2]
    memoryview(values)[0:1]
    print(values.pop(), values)


def mapping():
    area = mmap.mmap(-1, 4096)
    print(len(memoryview(area)), bytes(memoryview(area)[2:4]))
    area.close()
    print(area.closed)


def packets(count):
    buffer, sent = bytearray(), 0
    for number in range(count):
        buffer += b"packet %d;" % number
        while len(buffer) > 6:
            sent += len(memoryview(buffer)[:5])
            del buffer[:5]
    return sent, buffer


stream()
numbers()
for _ in range(20):
    mapping()
print(packets(3000))
