# Files that were dropped without close() do not use descriptors up: their numbers stay low, however much is alive.
import os

kept = [str(i) for i in range(200000)]
for i in range(400):
    open(os.devnull, "rb").read()
with open(os.devnull, "rb") as file:
    print(file.fileno() < 100)
held = [open(os.devnull, "rb") for _ in range(150)]
print(len({file.fileno() for file in held}), max(file.fileno() for file in held) < 260)
