try:
    raise StopIteration(1, 2)
except StopIteration as error:
    print(error.value, error.args)
print(StopIteration().value)


print(list(zip([1, 2], iter([3]))))
r = map(lambda x: next(x), [iter([1]), iter([])])
print(list(r))
