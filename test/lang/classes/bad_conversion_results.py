class B:
    def __str__(self):
        return 5

    def __repr__(self):
        return None

    def __int__(self):
        return "x"

    def __index__(self):
        return 1.5

    def __float__(self):
        return 1

    def __len__(self):
        return -5

    def __iter__(self):
        return 5

    def __format__(self, s):
        return 1

    def __bytes__(self):
        return "s"

    def __hash__(self):
        return 1.0


for f in (str, repr, int, float, len, iter, format, bytes, hash, hex, list, "{}".format):
    try:
        print(f(B()))
    except (TypeError, ValueError) as error:
        print(error)
