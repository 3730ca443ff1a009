# group: general; quick: 400
# A JSON reader and writer in plain Python, run over a document that it makes itself.
import sys

SPACE = " \t\n\r"
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class ParseError(ValueError):
    pass


class Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def skip(self):
        text, at = self.text, self.at
        while at < len(text) and text[at] in SPACE:
            at += 1
        self.at = at

    def value(self):
        self.skip()
        letter = self.text[self.at]
        if letter == "{":
            return self.mapping()
        if letter == "[":
            return self.sequence()
        if letter == '"':
            return self.string()
        for word, meaning in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return meaning
        return self.number()

    def expect(self, letter):
        self.skip()
        if self.text[self.at] != letter:
            raise ParseError("expected %r at %d" % (letter, self.at))
        self.at += 1

    def mapping(self):
        self.at += 1
        result = {}
        self.skip()
        if self.text[self.at] == "}":
            self.at += 1
            return result
        while True:
            self.skip()
            key = self.string()
            self.expect(":")
            result[key] = self.value()
            self.skip()
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.expect("}")
            return result

    def sequence(self):
        self.at += 1
        result = []
        self.skip()
        if self.text[self.at] == "]":
            self.at += 1
            return result
        while True:
            result.append(self.value())
            self.skip()
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.expect("]")
            return result

    def string(self):
        text = self.text
        at = self.at + 1
        pieces = []
        while True:
            letter = text[at]
            if letter == '"':
                self.at = at + 1
                return "".join(pieces)
            if letter == "\\":
                at += 1
                letter = text[at]
                if letter == "u":
                    pieces.append(chr(int(text[at + 1:at + 5], 16)))
                    at += 5
                    continue
                letter = ESCAPES[letter]
            pieces.append(letter)
            at += 1

    def number(self):
        text = self.text
        start = at = self.at
        while at < len(text) and text[at] in "+-0123456789.eE":
            at += 1
        if start == at:
            raise ParseError("nothing to read at %d" % at)
        self.at = at
        word = text[start:at]
        if "." in word or "e" in word or "E" in word:
            return float(word)
        return int(word)


def quoted(text):
    pieces = ['"']
    for letter in text:
        if letter == '"' or letter == "\\":
            pieces.append("\\" + letter)
        elif letter < " ":
            pieces.append("\\u%04x" % ord(letter))
        else:
            pieces.append(letter)
    pieces.append('"')
    return "".join(pieces)


def write(value):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(quoted(k) + ": " + write(v) for k, v in value.items()) + "}"
    return "[" + ", ".join([write(item) for item in value]) + "]"


def document(count):
    return [
        {
            "id": i,
            "name": "item \"%d\"\n" % i,
            "price": i * 0.25,
            "tags": ["t%d" % (i % 5), "x\\y", None, i % 2 == 0],
            "nested": {"a": [1, 2, [3, [4, -i]]], "b": {}},
        }
        for i in range(count)
    ]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 35000
    text = write(document(count))
    parsed = Reader(text).value()
    print(len(text), len(parsed), sum(item["price"] for item in parsed))
    print(write(parsed) == text, write(parsed[-1]))
    bad = 0
    for broken in ("[1, 2", "{\"a\" 1}", "[tru]", "\"abc"):
        try:
            Reader(broken).value()
        except (ParseError, IndexError) as error:
            bad += 1
            print(type(error).__name__)
    print(bad)


main()
