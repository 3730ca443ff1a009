# The class was not made ready: its objects had no shape.
print(list(reversed([1, 2, 3])), type(reversed([])).__name__)
