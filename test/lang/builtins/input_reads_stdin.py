print(repr(input()))
print(repr(input("prompt> ")))
import sys

print(repr(sys.stdin.readline()), [line.strip() for line in sys.stdin])
try:
    input()
except EOFError as error:
    print("EOFError", error)
