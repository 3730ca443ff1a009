# Nesting beyond the recursion limit is an error in both directions, as is a container in itself.
import json

deep = []
for _ in range(2000):
    deep = [deep]
for action in [lambda: json.dumps(deep), lambda: json.loads('[' * 2000 + ']' * 2000), lambda: json.loads('{"a":' * 2000)]:
    try:
        action()
    except RecursionError as error:
        print(error)
print(len(json.dumps(json.loads('[' * 500 + ']' * 500))))
loop = {}
loop['self'] = [loop]
try:
    json.dumps(loop)
except ValueError as error:
    print(error)
