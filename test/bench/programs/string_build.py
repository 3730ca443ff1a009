# group: general; quick: 20000
# Strings built piece by piece: += in a loop, join, formatting, slicing, translation.
import sys


def by_append(count):
    text = ""
    for i in range(count):
        text += chr(97 + i % 26)
    return text


def by_join(count):
    return ",".join([str(i * i % 1000) for i in range(count)])


def by_format(count):
    rows = []
    for i in range(count):
        rows.append(f"{i:06d}|{i % 7:>3}|{i / 8:.2f}|{'ab' * (i % 3):<5}")
    return "\n".join(rows)


def by_percent(count):
    return "".join("%d:%s;" % (i, hex(i)) for i in range(count))


def caesar(text, shift):
    shifted = []
    for letter in text:
        code = ord(letter)
        if 97 <= code <= 122:
            letter = chr((code - 97 + shift) % 26 + 97)
        shifted.append(letter)
    return "".join(shifted)


def palindromes(text, width):
    found = 0
    for start in range(len(text) - width):
        piece = text[start:start + width]
        if piece == piece[::-1]:
            found += 1
    return found


def digest(text):
    value = 0
    for letter in text[::7]:
        value = (value * 31 + ord(letter)) % 1000000007
    return value


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1300000
    appended = by_append(count)
    joined = by_join(count)
    formatted = by_format(count // 2)
    percent = by_percent(count // 2)
    secret = caesar(appended, 3)
    for text in (appended, joined, formatted, percent, secret):
        print(len(text), digest(text))
    print(palindromes(joined[:count], 5))


main()
