# group: general; quick: 20000
# Frequencies of short words in a made-up strand of DNA: a dict keyed by slices of a string.
import sys


def strand(length):
    seed = 139968
    letters = []
    for _ in range(length):
        seed = (seed * 3877 + 29573) % 139968
        letters.append("ACGT"[seed * 4 // 139968] if seed & 8 else "GATTACA"[seed % 7])
    return "".join(letters)


def frequencies(text, width):
    counts = {}
    for start in range(len(text) - width + 1):
        word = text[start:start + width]
        counts[word] = counts.get(word, 0) + 1
    return counts


def main():
    length = int(sys.argv[1]) if len(sys.argv) > 1 else 1500000
    text = strand(length)
    for width in (1, 2):
        counts = frequencies(text, width)
        total = sum(counts.values())
        for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            print("%s %.3f" % (word, 100.0 * count / total))
        print()
    for wanted in ("GGT", "GGTA", "GGTATT", "GATTACAGATTA"):
        print(frequencies(text, len(wanted)).get(wanted, 0), wanted)


main()
