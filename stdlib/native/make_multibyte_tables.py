"""Writes the tables of the East Asian encodings, as the reference Python decodes and encodes them.

usage: make_multibyte_tables.py OUTPUT

Of each encoding: what single bytes are, a plane of two-byte characters by lead and trail byte, for EUC-JP a second plane behind 0x8f, for
GB 18030 the runs of characters that take four bytes, and the characters whose encoding is not what decoding says in reverse.
"""
import sys

ENCODINGS = ["gb2312", "gbk", "gb18030", "big5", "cp950", "euc_jp", "shift_jis", "cp932", "euc_kr", "cp949", "johab"]
INVALID, LEAD = 0xFFFF, 0xFFFE


def decoded(encoding, data):
    """The one character that [data] is, or 0."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0
    return ord(text) if len(text) == 1 else 0


def singles_of(encoding):
    out = []
    for byte in range(256):
        try:
            out.append(ord(bytes([byte]).decode(encoding)))
        except UnicodeDecodeError as error:
            out.append(LEAD if error.reason.startswith("incomplete") else INVALID)
    return out


def plane_of(encoding, prefix, leads):
    """(first lead, leads, first trail, trails, cells) of what follows [prefix]."""
    cells = {}
    for lead in leads:
        for trail in range(256):
            c = decoded(encoding, prefix + bytes([lead, trail]))
            if c:
                cells[lead, trail] = c
    if not cells:
        return 0, 0, 0, 0, []
    firstLead, lastLead = min(lead for lead, _ in cells), max(lead for lead, _ in cells)
    firstTrail, lastTrail = min(trail for _, trail in cells), max(trail for _, trail in cells)
    grid = [cells.get((lead, trail), 0) for lead in range(firstLead, lastLead + 1) for trail in range(firstTrail, lastTrail + 1)]
    return firstLead, lastLead - firstLead + 1, firstTrail, lastTrail - firstTrail + 1, grid


def linear(data):
    return (((data[0] - 0x81) * 10 + data[1] - 0x30) * 126 + data[2] - 0x81) * 10 + data[3] - 0x30


def four_byte_runs(encoding):
    runs = []
    for c in range(0x80, 0x10000):
        data = b"" if 0xD800 <= c < 0xE000 else chr(c).encode(encoding, "ignore")
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
    for prefix, (firstLead, leads, firstTrail, trails, grid) in planes:
        for i, c in enumerate(grid):
            if c:
                inverse.setdefault(c, prefix << 16 | (firstLead + i // trails) << 8 | firstTrail + i % trails)
    out = []
    for c in range(0x10000):
        data = b"" if 0xD800 <= c < 0xE000 else chr(c).encode(encoding, "ignore")
        n = int.from_bytes(data, "big") if len(data) < 4 else None
        if n is not None and inverse.get(c, 0) != n:
            out.append((c, n))
    return out


def array(out, type, name, numbers):
    out.write("static constexpr %s %s[] = {\n" % (type, name))
    for at in range(0, len(numbers), 32):
        out.write(",".join(map(str, numbers[at : at + 32])) + ",\n")
    out.write("0};\n")


rows = []
with open(sys.argv[1], "w") as out:
    for encoding in ENCODINGS:
        singles = singles_of(encoding)
        leads = [byte for byte in range(256) if singles[byte] == LEAD]
        plane = plane_of(encoding, b"", leads)
        second = plane_of(encoding, b"\x8f", range(0xA1, 0xFF)) if encoding == "euc_jp" else (0, 0, 0, 0, [])
        runs = four_byte_runs(encoding) if encoding == "gb18030" else []
        others = exceptions(encoding, singles, [(0, plane), (0x8F, second)])
        array(out, "uint16_t", encoding + "Singles", singles)
        array(out, "uint16_t", encoding + "Plane", plane[4])
        array(out, "uint16_t", encoding + "Second", second[4])
        array(out, "uint32_t", encoding + "Runs", [n for run in runs for n in run])
        array(out, "uint32_t", encoding + "Others", [n for pair in others for n in pair])
        rows.append('{"%s", %sSingles, {%d, %d, %d, %d, %sPlane}, {%d, %d, %d, %d, %sSecond}, %sRuns, %d, %sOthers, %d}'
                    % (encoding, encoding, *plane[:4], encoding, *second[:4], encoding, encoding, len(runs), encoding, len(others)))
    out.write("static constexpr Charset charsets[] = {\n%s};\n" % ",\n".join(rows))
