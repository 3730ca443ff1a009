class Bad:
    def __len__(self):
        raise ValueError("len")

    def __iter__(self):
        raise ValueError("iter")

    def __hash__(self):
        raise ValueError("hash")

    def __eq__(self, other):
        raise ValueError("eq")

    def __bool__(self):
        raise ValueError("bool")

    def __getitem__(self, k):
        raise ValueError("getitem")

    def __call__(self):
        raise ValueError("call")

    def __add__(self, o):
        raise ValueError("add")

    def __enter__(self):
        raise ValueError("enter")

    def __exit__(self, *a):
        print("not reached")

    def __index__(self):
        raise ValueError("index")


b = Bad()


def use_with():
    with b:
        pass


for f in (lambda: len(b), lambda: list(b), lambda: {b: 1}, lambda: b == 1, lambda: not b, lambda: b[0], lambda: b(), lambda: b + 1, use_with, lambda: [1][b], lambda: b in [5],
          lambda: 1 if b else 2, lambda: [*b], lambda: max(b), lambda: sorted([b, b]) if b else 0):
    try:
        f()
    except ValueError as error:
        print(error)
