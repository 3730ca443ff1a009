# Views of memory: CPython refuses to resize a bytearray, an array or a BytesIO, or to close an mmap, while a memoryview of it is
# alive (BufferError). Krait cannot tell a view in use from one that was dropped without release() unless it collects, so it asks only in
# programs whose own code names BufferError. In any other the change is made, and a view that is still in use sees the memory as it was
# left. Release views (`with memoryview(...) as view`) before resizing, as CPython demands too.
buffer = bytearray(b"0123456789")
view = memoryview(buffer)
try:
    del buffer[:5]
    print(buffer)
except Exception as error:
    print(type(error).__name__)
print(len(view))
