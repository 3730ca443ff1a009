# The default of a keyword-only parameter of a function that is called directly and not inlined: its name was looked for in the
# caller's code only.
class Maker:
    def make(self, count):
        total = 0
        for i in range(count):
            total += len(build('name', i))
        return total


def build(name, size, *, unusual=3, second=None):
    try:
        parts = []
        for i in range(size % 3):
            for j in range(unusual):
                parts.append(name + str(i * j))
                if second is not None:
                    parts.append(second)
        while len(parts) > 4:
            parts.pop()
        text = ','.join(parts)
        for before, after in (('a', 'b'), ('c', 'd'), ('e', 'f')):
            text = text.replace(before, after)
            text += after
        with_more = [text, name, str(size)]
        with_more.sort()
        return '-'.join(with_more)
    except ValueError as error:
        return str(error)


for _ in range(3):
    print(Maker().make(200))
