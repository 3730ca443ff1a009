# record: train
# Methods and functions of text that compiled code calls by their typed entries, then with other kinds of arguments.
import sys

SPACE = " \t\n"
WORDS = {"a": 1, "bb": 2}


class Text(str):
    def __len__(self):
        return 99

    def startswith(self, *args):
        return "mine"


class Box:
    def __init__(self, text):
        self.text = text


def slices(text, i, j):
    return text[i:j], text[i:], text[:j], text[::-1], text[:], text[-2:]


def tests(text, part, at):
    return part in text, part not in text, text.startswith(part), text.startswith(part, at), text.endswith(part), text.find(part), text.find(part, at)


def characters(text, i):
    letter = text[i]
    return letter, ord(letter), chr(ord(letter) + 1), letter == "b", letter in SPACE, letter < "c"


def numbers(text, n):
    return int(text), float(text), str(n), str(text), "%d:%s" % (n, text), f"{n:05d}|{text:>6}|{n / 8:.2f}"


def methods(text):
    return text.upper(), text.strip("x "), text.split(","), text.replace("a", "--"), text.isdigit(), text.rjust(7), text.partition(",")


def length(box):
    total = 0
    for _ in range(3):
        total += len(box.text)
    return total


def kinds(value):
    return isinstance(value, str), isinstance(value, (int, float)), isinstance(value, Box), isinstance(value, list)


def run(text, i, j, part):
    return slices(text, i, j), tests(text, part, i), characters(text, i), methods(text)


for _ in range(300):
    run("abc,b d", 1, 3, "b")
    numbers("12", 7)
    length(Box("four"))
    kinds("a")
print(run("abc,b d", 1, 3, "b"))
print(numbers("12", 7), numbers("-3", -7), length(Box("four")), kinds("a"))
if len(sys.argv) == 1:
    print(slices("abc", -2, 99), slices("", 0, 0), slices("é€x", 1, -1), slices([1, 2, 3], 0, 2), slices((1, 2, 3), -9, 2), slices(b"xyz", 1, 2))
    print(slices("abc", None, None), slices("abc", True, 2), slices("abcdef", 2**70, -2**70))
    print(tests("abc", "", 3), tests("abc", "", 4), tests("äöü", "ö", -2), tests("a", "abc", 0), tests("abc", "€", 1))
    print(characters("aé€\U0001f600", 1), characters("aé€\U0001f600", 2), characters("aé€\U0001f600", -1), characters(Text("abc"), 0))
    print(numbers(" 1_000 ", 2**70), numbers("1" * 30, 0), methods(Text(" a,b ")), length(Box(Text("a"))), length(Box([1])))
    print(kinds(1), kinds(1.5), kinds(True), kinds(Text("")), kinds(Box("")), kinds([]), kinds(None), kinds(2**70))
    for wrong in (lambda: slices(5, 0, 1), lambda: slices("abc", "a", 1), lambda: tests("abc", 5, 0), lambda: tests("abc", ("a", "b"), 0),
                  lambda: characters("abc", 3), lambda: ord("ab"), lambda: characters(["\U0010ffff"], 0), lambda: characters([""], 0),
                  lambda: numbers("x", 1), lambda: numbers("1.5", 1), lambda: methods(5), lambda: length(Box(5)), lambda: "abc".startswith(("a", 5), 9)):
        try:
            print(wrong())
        except (TypeError, ValueError, IndexError, AttributeError) as error:
            print(type(error).__name__, error)
    print(Text("abc").startswith("a"), run("abc,b d", 1, 3, "b"))
