# group: general; quick: 2000
# Words of a large made-up text: split, strip, fold case, count, report the most frequent and the longest.
import sys

SYLLABLES = ["ba", "ko", "Ri", "ten", "mo", "la", "Sa", "vi", "ur", "ne", "pol", "dra"]
ENDS = ["", "", "", ",", ".", ";", "!", "'s"]


def text_lines(lines):
    seed = 12345
    for _ in range(lines):
        words = []
        for _ in range(12):
            seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
            length = 1 + (seed >> 20) % 3
            pick = seed >> 8
            word = ""
            for _ in range(length):
                word += SYLLABLES[pick % 12]
                pick //= 12
            words.append(word + ENDS[(seed >> 5) % 8])
        yield " ".join(words) + "\n"


def main():
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 180000
    text = "".join(text_lines(lines))
    counts = {}
    for line in text.splitlines():
        for word in line.split():
            word = word.strip(".,;!").lower()
            if word.endswith("'s"):
                word = word[:-2]
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
    print(len(text), len(counts), sum(counts.values()))
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:10]:
        print("%-12s %6d" % (word, count))
    print(max(counts, key=lambda word: (len(word), word)))
    print(text.count("ko"), text.find("drapol"), len(text.replace("ba", "")))


main()
