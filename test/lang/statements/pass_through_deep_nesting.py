def deep(n):
    out = []
    for a in range(n):
        for b in range(n):
            for c in range(n):
                for d in range(n):
                    if a < b:
                        if b < c:
                            if c < d:
                                while True:
                                    try:
                                        with open("/dev/null") as f:
                                            if a:
                                                out.append((a, b, c, d))
                                            break
                                    finally:
                                        out.append(len(out))
    return out


print(deep(5))
def blocks(k):
    try:
        try:
            try:
                try:
                    return [1, 2, 3][k]
                except KeyError:
                    return "key"
            finally:
                k += 1
        except ValueError:
            return "value"
    except IndexError:
        return "index %d" % k
print(blocks(0), blocks(7))
