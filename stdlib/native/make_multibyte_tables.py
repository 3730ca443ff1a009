"""Writes the tables of the East Asian encodings, as the reference Python decodes and encodes them.

usage: make_multibyte_tables.py OUTPUT

Of each encoding: what single bytes are, a plane of two-byte characters by lead and trail byte, for those of the EUC-JP family a second plane
behind 0x8f, for GB 18030 the runs of characters that take four bytes, the pairs of characters that are one code, and the characters whose
encoding is not what decoding says in reverse.

A plane is a run of bytes: how many cells are what the plane it is based on has there (nothing, if it has no base), how many
differ, those, and so on. Numbers have seven bits per byte, low ones first. A 0 and a number stand for so many empty cells; another
cell is one more than its difference, sign in the lowest bit, from what follows the last character written.
"""
import sys

# encoding: (encoding that its plane is based on, how cells correspond)
ENCODINGS = {
    "gb18030": None, "gbk": ("gb18030", "same"), "gb2312": ("gbk", "same"),
    "cp950": None, "big5": ("cp950", "same"), "big5hkscs": ("cp950", "same"),
    "euc_jp": None, "shift_jis": ("euc_jp", "sjis"), "cp932": ("shift_jis", "same"),
    "euc_jis_2004": ("euc_jp", "same"), "euc_jisx0213": ("euc_jis_2004", "same"),
    "shift_jis_2004": ("euc_jis_2004", "sjis"), "shift_jisx0213": ("shift_jis_2004", "same"),
    "cp949": None, "euc_kr": ("cp949", "same"), "johab": ("cp949", "johab"),
}
SECOND = {"euc_jp": None, "euc_jis_2004": "euc_jp", "euc_jisx0213": "euc_jis_2004"}
INVALID, LEAD, PAIR, CELLS, LIMIT = 0xFFFF, 0xFFFE, 0x110000, 0x8000, 0x30000


def euc_of_sjis(cell):
    """The cell of EUC-JP that has the character of a cell of Shift_JIS; cells are (lead - 0x80) << 8 | trail."""
    lead, trail = (cell >> 8) + 0x80, cell & 255
    if not (0x81 <= lead <= 0x9F or 0xE0 <= lead <= 0xEF) or trail < 0x40 or trail == 0x7F or trail > 0xFC:
        return 0
    row = (lead - (0x81 if lead < 0xA0 else 0xC1)) * 2 + (trail >= 0x9F)
    column = trail - (0x9F if trail >= 0x9F else 0x40 if trail < 0x7F else 0x41)
    return row + 0x21 << 8 | column + 0xA1


def euc_of_johab(cell):
    """The same for symbols and ideographs of Johab in EUC-KR; Hangul is elsewhere."""
    lead, trail = (cell >> 8) + 0x80, cell & 255
    if not (0xD9 <= lead <= 0xDE or 0xE0 <= lead <= 0xF9) or not (0x31 <= trail <= 0x7E or 0x91 <= trail <= 0xFE):
        return 0
    column = trail - (0x31 if trail < 0x91 else 0x43)
    row = ((lead - 0xD9) * 2 if lead < 0xE0 else lead * 2 - 0x197) + (column >= 0x5E)
    return row + 0x21 << 8 | column % 0x5E + 0xA1


MAPS = {"same": lambda cell: cell, "sjis": euc_of_sjis, "johab": euc_of_johab}
pairs = []  # texts of two characters; a cell of one is PAIR + its number


def decoded(encoding, data):
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0
    if len(text) == 1:
        return ord(text)
    if text not in pairs:
        pairs.append(text)
    return PAIR + pairs.index(text)


def singles_of(encoding):
    out = []
    for byte in range(256):
        try:
            out.append(ord(bytes([byte]).decode(encoding)))
        except UnicodeDecodeError as error:
            out.append(LEAD if error.reason.startswith("incomplete") else INVALID)
    return out


def plane_of(encoding, prefix, leads):
    cells = [0] * CELLS
    for lead in leads:
        for trail in range(256):
            cells[lead - 0x80 << 8 | trail] = decoded(encoding, prefix + bytes([lead, trail]))
    return cells


def number(out, n):
    while n >= 0x80:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)


def packed(cells, expected):
    out, at, following = bytearray(), 0, 0
    while at < CELLS:
        start = at
        while at < CELLS and cells[at] == expected[at]:
            at += 1
        number(out, at - start)
        start = at
        while at < CELLS and (cells[at] != expected[at] or cells[at + 1:at + 3] != expected[at + 1:at + 3]):
            at += 1
        number(out, at - start)
        for i, c in enumerate(cells[start:at], start):
            if not c:
                if i == start or cells[i - 1]:
                    number(out, 0)
                    number(out, next(n for n in range(at - i + 1) if i + n == at or cells[i + n]))
                continue
            difference = c - following
            number(out, 1 + (difference << 1 if difference >= 0 else (-difference << 1) - 1))
            following = c + 1
    return out


def linear(data):
    return (((data[0] - 0x81) * 10 + data[1] - 0x30) * 126 + data[2] - 0x81) * 10 + data[3] - 0x30


def encoded(text, encoding):
    return b"" if 0xD800 <= ord(text[0]) < 0xE000 else text.encode(encoding, "ignore")


def four_byte_runs(encoding):
    runs = []
    for c in range(0x80, 0x10000):
        data = encoded(chr(c), encoding)
        if len(data) != 4:
            continue
        if runs and runs[-1][0] + runs[-1][2] == c and runs[-1][1] + runs[-1][2] == linear(data):
            runs[-1][2] += 1
        else:
            runs.append([c, linear(data), 1])
    return runs


def exceptions(encoding, singles, planes):
    """Characters that are not encoded as the first bytes that decode to them: (character, bytes as a number, 0 if none)."""
    inverse = {}
    for byte, c in enumerate(singles):
        if c < LEAD:
            inverse.setdefault(c, byte)
    for prefix, cells in planes:
        for i, c in enumerate(cells):
            if c:
                inverse.setdefault(c, prefix << 16 | i + 0x8000)
    out = []
    for c in [*range(LIMIT), *range(PAIR, PAIR + len(pairs))]:
        text = chr(c) if c < PAIR else pairs[c - PAIR]
        data = encoded(text, encoding)
        if c >= PAIR and data == encoded(text[0], encoding) + encoded(text[1], encoding):
            data = b""
        n = int.from_bytes(data, "big") if len(data) < 4 else None
        if n is not None and inverse.get(c, 0) != n:
            out.append((c, n))
    return out


def array(out, type, name, numbers):
    out.write("static constexpr %s %s[] = {\n" % (type, name))
    for at in range(0, len(numbers), 32):
        out.write(",".join(map(str, numbers[at : at + 32])) + ",\n")
    out.write("0};\n")


def main(path):
    rows, planes, seconds, names = [], {}, {}, list(ENCODINGS)
    with open(path, "w") as out:
        for encoding, base in ENCODINGS.items():
            singles = singles_of(encoding)
            plane = planes[encoding] = plane_of(encoding, b"", [byte for byte in range(128, 256) if singles[byte] == LEAD])
            expected = [planes[base[0]][MAPS[base[1]](cell)] if base else 0 for cell in range(CELLS)]
            array(out, "uint8_t", encoding + "Plane", packed(plane, expected))
            second, second_name, second_base = [0] * CELLS, "nullptr", "-1"
            if encoding in SECOND:
                second = seconds[encoding] = plane_of(encoding, b"\x8f", range(0xA1, 0xFF))
                second_name = encoding + "Second"
                if SECOND[encoding]:
                    second_base = str(names.index(SECOND[encoding]))
                array(out, "uint8_t", second_name, packed(second, seconds.get(SECOND[encoding], [0] * CELLS)))
            runs = four_byte_runs(encoding) if encoding == "gb18030" else []
            others = exceptions(encoding, singles, [(0, plane), (0x8F, second)])
            array(out, "uint16_t", encoding + "Singles", singles)
            array(out, "uint32_t", encoding + "Runs", [n for run in runs for n in run])
            array(out, "uint32_t", encoding + "Others", [n for pair in others for n in pair])
            rows.append('{"%s", %sSingles, {%sPlane, %s, CellMap::%s}, {%s, %s, CellMap::same}, %s, %sRuns, %d, %sOthers, %d}'
                        % (encoding, encoding, encoding, names.index(base[0]) if base else -1, base[1] if base else "same", second_name, second_base,
                           "true" if encoding in SECOND else "false", encoding, len(runs), encoding, len(others)))
        out.write("static constexpr Charset charsets[] = {\n%s};\n" % ",\n".join(rows))
        array(out, "uint16_t", "pairs", [ord(c) for pair in pairs for c in pair])


if __name__ == "__main__":
    main(sys.argv[1])
