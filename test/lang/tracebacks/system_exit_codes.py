# uncaught
import sys

print("output first")
try:
    sys.exit("this goes to stderr")
finally:
    print("finally runs")
