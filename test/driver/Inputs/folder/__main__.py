import sys
print("folder:", __name__, sys.argv[1:], sys.path[0] == __file__.rsplit("/", 1)[0])
