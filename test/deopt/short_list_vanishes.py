# Short lists that do not escape are values in registers; leaving makes them, once each.


class Wire:
    def __init__(self, a, b):
        self.a = a
        self.b = b

    def ends(self):
        return [self.a, self.b]


def first(wires):
    total = 0
    for w in wires:
        total += w.ends()[0] + w.ends()[-1]
    return total


def both(wires):
    total = 0
    for w in wires:
        for end in w.ends():
            total += end
        for _ in []:
            total += 1000
    return total


def kept(wires, strange):
    total = 0
    for i, w in enumerate(wires):
        pair = [w.a, i]
        same = pair
        pair[0] = w.b
        for x in pair:
            if i == strange and x == i:
                same.append(7)
                print(pair, same is pair, len(pair))
            total += x
    return total


def outside(wires, at):
    total = 0
    for w in wires:
        try:
            total += [w.a, w.b][at]
        except IndexError as e:
            total -= 1
    return total


wires = [Wire(i, i * 2) for i in range(300)]
print(first(wires), both(wires), kept(wires, -1), outside(wires, 1), outside(wires, 0))
print(kept(wires, 250), outside(wires, 2), outside(wires, -2), outside(wires, -3))
wires[200].a = 0.5
print(first(wires), both(wires), kept(wires, 100))
