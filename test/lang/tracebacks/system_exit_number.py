# uncaught
import atexit
import sys

atexit.register(print, "atexit one")
atexit.register(print, "atexit two", 2)
print("body")
sys.exit(7)
