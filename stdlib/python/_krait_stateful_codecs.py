"""HZ and the ISO 2022 encodings: character sets of seven bits that escape sequences switch between, on the tables of _krait_multibyte.

The state of a coder is a list of the names of the sets that are G0, G1 and G2 and of what is in effect: "shift" after SO, "through" within
an escape sequence of no meaning, which is text.
"""

import _krait_multibyte
from _codecs import lookup_error
from _multibytecodec import MultibyteCodec, replacement

# Name: (escape sequence, table, how many bytes it has there: 3 behind 0x8f; 1: computed; 0: a part of G2)
SETS = {
    "ascii": (b"\x1b(B", None, 1),
    "0201r": (b"\x1b(J", None, 1),
    "0201k": (b"\x1b(I", None, 1),
    "0208": (b"\x1b$B", "euc_jp", 2),
    "0208o": (b"\x1b$@", "euc_jp", 2),
    "0212": (b"\x1b$(D", "euc_jp", 3),
    "gb2312": (b"\x1b$(A", "gb2312", 2),
    "ksc": (b"\x1b$(C", "euc_kr", 2),
    "ksc1": (b"\x1b$)C", "euc_kr", 2),
    "0213-2004-1": (b"\x1b$(Q", "euc_jis_2004", 2),
    "0213-2004-2": (b"\x1b$(P", "euc_jis_2004", 3),
    "0213-2000-1": (b"\x1b$(O", "euc_jisx0213", 2),
    "0213-2000-2": (b"\x1b$(P", "euc_jisx0213", 3),
    "latin1": (b"\x1b.A", "latin-1", 0),
    "greek": (b"\x1b.F", "iso8859-7", 0),
}
# Sets of each encoding, in the order in which an encoder tries them.
ENCODINGS = {
    "iso2022_kr": ["ksc1"],
    "iso2022_jp": ["0208", "0201r", "0208o"],
    "iso2022_jp_1": ["0208", "0212", "0201r", "0208o"],
    "iso2022_jp_2": ["0208", "0212", "ksc", "gb2312", "0201r", "0208o", "latin1", "greek"],
    "iso2022_jp_2004": ["0208", "0213-2004-1", "0213-2004-2"],
    "iso2022_jp_3": ["0208", "0213-2000-1", "0213-2000-2"],
    "iso2022_jp_ext": ["0208", "0212", "0201r", "0201k", "0208o"],
}
PLANE_2_ROWS = {0x21, 0x23, 0x24, 0x25, 0x28, *range(0x2C, 0x30), *range(0x6E, 0x7F)}


def code_of(name, text):
    """The seven-bit bytes of one character, or of a pair, in a set; None if it has none."""
    if name == "ascii":
        return text.encode() if text < "\x80" else None
    c = ord(text[0])
    if name == "0201r":
        return b"\\" if c == 0xA5 else b"~" if c == 0x203E else text.encode() if c < 0x80 and text not in "\\~" else None
    if name == "0201k":
        return bytes([c - 0xFF40]) if 0xFF61 <= c <= 0xFF9F else None
    _, table, size = SETS[name]
    if not size:
        return None  # parts of G2 are only read
    data, end, status = _krait_multibyte.encode(table, text, 0, True)
    if name.startswith("0213") and text == "\uff5e":
        return None  # these two sets have it elsewhere
    if status or len(data) != size or data[-1] < 0xA1 or data[-2] < 0xA1:
        return None
    if size == 3 and name != "0212" and data[1] & 0x7F not in PLANE_2_ROWS:
        return None
    return bytes([data[-2] & 0x7F, data[-1] & 0x7F])


def text_of(name, code):
    """What one code of a set stands for, or ""."""
    if name == "ascii":
        return chr(code[0]) if code[0] < 0x80 else ""
    if name == "0201r":
        return {0x5C: "\xa5", 0x7E: "\u203e"}.get(code[0], chr(code[0])) if code[0] < 0x80 else ""
    if name == "0201k":
        return chr(code[0] + 0xFF40) if 0x21 <= code[0] <= 0x5F else ""
    _, table, size = SETS[name]
    if not size:
        return bytes([code[0] | 0x80]).decode(table, "ignore") if 0x20 <= code[0] < 0x80 else ""
    if not all(0x21 <= byte <= 0x7E for byte in code):
        return ""
    if size == 3 and name != "0212" and code[0] not in PLANE_2_ROWS:
        return ""
    text, end, status = _krait_multibyte.decode(table, b"\x8f" * (size == 3) + bytes([code[0] | 0x80, code[1] | 0x80]), 0)
    return "" if status else text


class StatefulCodec(MultibyteCodec):
    __slots__ = ()

    def _state(self):
        return ["ascii", "ascii", "ascii", ""]

    def encode(self, input, errors=None):
        if not isinstance(input, str):
            raise TypeError("couldn't convert the object to str.")
        state = self._state()
        data = self._encode(input, errors or "strict", True, state)[0]
        return data + self._close(state), len(input)

    def _pack(self, state, encoding):
        if self._name == "hz":
            return bytes([state[0] != "ascii"]) + bytes(7)
        marks = [mark_of(name) for name in state[:3]]
        if encoding and state[2] == "ascii":
            marks[2] = 0
        return bytes([*marks, 0, ("shift" in state[3]) + 2 * ("through" in state[3]), 0, 0, 0])

    def _unpack(self, raw):
        if self._name == "hz":
            return ["gb2312" if raw[0] else "ascii", "ascii", "ascii", ""]
        names = {mark_of(name): name for name in ["ascii", *ENCODINGS[self._name]]}
        return [*(names.get(mark, "ascii") for mark in raw[:3]), "shift" * (raw[4] & 1) + "through" * (raw[4] >> 1 & 1)]

    def _close(self, state):
        """What brings a coder back to plain text."""
        out = b"\x0f" if state[3] == "shift" else b""
        if state[0] != "ascii":
            out += b"~}" if self._name == "hz" else b"\x1b(B"
        state[0], state[3] = "ascii", ""
        return out

    def _encode(self, text, errors, final, state):
        out, at = [], 0
        step = self._step_hz if self._name == "hz" else self._step
        while at < len(text):
            used, data = step(text, at, final, state)
            if used:
                out.append(data)
                at += used
                continue
            if data is None:  # perhaps the first of a pair
                break
            fault = UnicodeEncodeError(self._name, text, at, at + 1, "illegal multibyte sequence")
            instead, at = replacement(lookup_error(errors)(fault), (str, bytes), "encoding", len(text))
            out.append(instead if isinstance(instead, bytes) else self._encode(instead, "strict", True, state)[0])
        return b"".join(out), at

    def _step_hz(self, text, at, final, state):
        c = text[at]
        if c < "\x80":
            data = b"~}" if state[0] != "ascii" else b""
            state[0] = "ascii"
            return 1, data + (b"~~" if c == "~" else c.encode())
        code = code_of("gb2312", c)
        if code is None:
            return 0, b""
        data = b"~{" if state[0] == "ascii" else b""
        state[0] = "gb2312"
        return 1, data + code

    def _step(self, text, at, final, state):
        """(Characters used, bytes) for what is at [at]; (0, None) to wait for more, (0, b"") if there is no code."""
        c = text[at]
        if c < "\x80":
            data = self._close(state)
            if c == "\n":
                state[2] = "ascii"
            return 1, data + c.encode()
        for name in ENCODINGS[self._name]:
            escape, table, size = SETS[name]
            if name.startswith("0213") and size == 2:
                if at + 1 == len(text) and not final and not _krait_multibyte.encode(table, c, 0, False)[1]:
                    return 0, None
                pair = text[at : at + 2]
                if len(pair) == 2:
                    data = _krait_multibyte.encode(table, pair, 0, True)[0]
                    if len(data) == 2 and data[0] >= 0xA1 and _krait_multibyte.decode(table, data, 0)[0] == pair:
                        return 2, self._designate(name, state) + bytes([data[0] & 0x7F, data[1] & 0x7F])
            code = code_of(name, c)
            if code is None:
                continue
            if name == "ksc1":
                data = b"" if state[1] == name else escape
                data += b"" if state[3] else b"\x0e"
                state[1], state[3] = name, "shift"
                return 1, data + code
            return 1, self._designate(name, state) + code
        return 0, b""

    def _designate(self, name, state):
        if state[0] == name:
            return b""
        state[0] = name
        return SETS[name][0]

    def _decode(self, data, errors, final, state):
        out, at = [], 0
        step = self._read_hz if self._name == "hz" else self._read
        while at < len(data):
            used, text = step(data, at, state)
            if used > 0:
                out.append(text)
                at += used
                continue
            if not used:  # unfinished
                if not final:
                    break
                fault = UnicodeDecodeError(self._name, data, at, len(data), "incomplete multibyte sequence")
            else:
                fault = UnicodeDecodeError(self._name, data, at, at - used, "illegal multibyte sequence")
            text, at = replacement(lookup_error(errors)(fault), str, "decoding", len(data))
            out.append(text)
        return "".join(out), at

    def _read_hz(self, data, at, state):
        """(Bytes used, text); (0, "") when more are needed, (-n, "") when n bytes are wrong."""
        byte = data[at]
        if byte == 0x7E:
            if at + 1 == len(data):
                return 0, ""
            then = data[at + 1 : at + 2]
            if then == b"~" and state[0] == "ascii":
                return 2, "~"
            if then == b"{" and state[0] == "ascii":
                state[0] = "gb2312"
                return 2, ""
            if then == b"\n" and state[0] == "ascii":
                return 2, ""
            if then == b"}" and state[0] != "ascii":
                state[0] = "ascii"
                return 2, ""
            return -1, ""
        if byte & 0x80:
            return -1, ""
        if state[0] == "ascii":
            return 1, chr(byte)
        if at + 1 == len(data):
            return 0, ""
        text = text_of("gb2312", data[at : at + 2])
        return (2, text) if text else (-1, "")

    def _read(self, data, at, state):
        byte = data[at]
        if "through" in state[3]:
            if is_last(byte):
                state[3] = state[3].replace("through", "")
            return 1, chr(byte)
        if byte == 0x1B:
            return self._read_escape(data, at, state)
        if byte in (0x0E, 0x0F) and self._name == "iso2022_kr":
            state[3] = "shift" if byte == 0x0E else ""
            return 1, ""
        if byte == 0x0A:
            state[3] = ""
        if byte < 0x20:
            return 1, chr(byte)
        if byte >= 0x80:
            return -1, ""
        name = state[1] if state[3] else state[0]
        size = 2 if SETS[name][2] >= 2 else 1
        if at + size > len(data):
            return 0, ""
        text = text_of(name, data[at : at + size])
        return (size, text) if text else (-size, "")

    def _read_escape(self, data, at, state):
        sets = ENCODINGS[self._name]
        if at + 1 == len(data):
            return 0, ""
        kind = data[at + 1 : at + 2]
        if kind == b"N" and "latin1" in sets:
            if at + 2 == len(data):
                return 0, ""
            text = text_of(state[2], data[at + 2 : at + 3])
            return (3, text) if text else (-3, "")
        if kind not in (b"(", b")", b"$", b".", b"&"):
            state[3] += "through"
            return 1, "\x1b"
        size = 1
        while size < 16 and not is_last(data[at + size]):
            size += 1
            if size < 16 and at + size == len(data):
                return 0, ""
        if size == 16:
            return -1, ""
        size += 1
        escape = data[at : at + size]
        if kind == b"&" or size > 4 or (size == 4 and kind != b"$"):
            return -size, ""
        place = escape[1:2] if kind != b"$" else escape[2:3] if size == 4 else b"("
        if place not in (b"(", b")") and not (place == b"." and "latin1" in sets and kind != b"$"):
            return -size, ""
        mark = (b"$" if kind == b"$" else b"") + escape[-1:]
        for name in ["ascii", *sets]:
            known = SETS[name][0]
            if mark == (b"$" if known[1:2] == b"$" else b"") + known[-1:]:
                state[b"().".index(place)] = name
                return size, ""
        return -size, ""


def mark_of(name):
    """The byte that CPython has for a set in its states."""
    escape = SETS[name][0]
    return escape[-1] | (0x80 if escape[1:2] == b"$" else 0)


def is_last(byte):
    """Whether the byte ends an escape sequence."""
    return 0x40 <= byte <= 0x5A
