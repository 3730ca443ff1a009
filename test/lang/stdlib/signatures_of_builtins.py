# inspect.signature of built-in classes.
import inspect
import io

for cls in (list, tuple, float, complex, property, memoryview, io.BytesIO, io.StringIO, io.BufferedReader, io.TextIOWrapper, io.FileIO):
    print(cls.__name__, inspect.signature(cls))


class Mine(list):
    pass


print(inspect.signature(Mine))
