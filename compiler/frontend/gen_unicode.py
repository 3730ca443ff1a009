#!/usr/bin/python3.11
"""Writes unicode_tables.cpp: the Unicode 14 data the front end needs, taken from Python 3.11's own tables.

usage: gen_unicode.py OUTPUT
Contents: identifier and printable ranges, NFKC data, character names (hashed), single-byte charmaps.
"""
import encodings.aliases
import sys
import unicodedata

LIMIT = 0x110000


def ranges(predicate):
    """The half-open ranges of code points for which predicate(chr) holds, as a flat list."""
    result, inside = [], False
    for c in range(LIMIT):
        if predicate(chr(c)) != inside:
            result.append(c)
            inside = not inside
    if inside:
        result.append(LIMIT)
    return result


def emit(out, ctype, name, values, hexadecimal=True):
    out.write(f"extern const size_t {name}Size;\nconst size_t {name}Size = {len(values)};\n")
    out.write(f"extern const {ctype} {name}[];\nconst {ctype} {name}[] = {{\n")
    for i in range(0, len(values), 16):
        out.write(",".join(hex(v) if hexadecimal else str(v) for v in values[i:i + 16]) + ",\n")
    out.write("};\n")


def name_hash(name):
    """FNV-1a, 64 bits, folded to the 43 bits that stand above the code point in a table entry."""
    h = 0xCBF29CE484222325
    for b in name.encode("ascii"):
        h = ((h ^ b) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h >> 21


def lookup(name):
    """The character that \\N{name} gives, or None (named sequences are not accepted there)."""
    try:
        return ("\\N{%s}" % name).encode("ascii").decode("unicode_escape")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None


def names():
    entries = {}
    algorithmic = ("CJK UNIFIED IDEOGRAPH-", "HANGUL SYLLABLE ")
    for c in range(LIMIT):
        name = unicodedata.name(chr(c), None)
        if name and not name.startswith(algorithmic):
            entries[name_hash(name)] = c
    # Aliases have no enumeration in the library: those of the corrections and control names are known by
    # the names in the encodings' own comments; ask for each alias of the list below.
    for name in ALIASES:
        char = lookup(name)
        if char is not None:
            entries[name_hash(name)] = ord(char)
    values = [(h << 21) | c for h, c in entries.items()]
    assert len({v >> 21 for v in values}) == len(values)
    return sorted(values)


CONTROLS = """NULL;START OF HEADING;START OF TEXT;END OF TEXT;END OF TRANSMISSION;ENQUIRY;ACKNOWLEDGE;ALERT;BACKSPACE;
CHARACTER TABULATION;HORIZONTAL TABULATION;LINE FEED;NEW LINE;END OF LINE;LINE TABULATION;VERTICAL TABULATION;
FORM FEED;CARRIAGE RETURN;SHIFT OUT;LOCKING-SHIFT ONE;SHIFT IN;LOCKING-SHIFT ZERO;DATA LINK ESCAPE;DEVICE CONTROL ONE;
DEVICE CONTROL TWO;DEVICE CONTROL THREE;DEVICE CONTROL FOUR;NEGATIVE ACKNOWLEDGE;SYNCHRONOUS IDLE;
END OF TRANSMISSION BLOCK;CANCEL;END OF MEDIUM;SUBSTITUTE;ESCAPE;INFORMATION SEPARATOR FOUR;FILE SEPARATOR;
INFORMATION SEPARATOR THREE;GROUP SEPARATOR;INFORMATION SEPARATOR TWO;RECORD SEPARATOR;INFORMATION SEPARATOR ONE;
UNIT SEPARATOR;DELETE;PADDING CHARACTER;HIGH OCTET PRESET;BREAK PERMITTED HERE;NO BREAK HERE;INDEX;NEXT LINE;
START OF SELECTED AREA;END OF SELECTED AREA;CHARACTER TABULATION SET;HORIZONTAL TABULATION SET;
CHARACTER TABULATION WITH JUSTIFICATION;HORIZONTAL TABULATION WITH JUSTIFICATION;LINE TABULATION SET;
VERTICAL TABULATION SET;PARTIAL LINE FORWARD;PARTIAL LINE DOWN;PARTIAL LINE BACKWARD;PARTIAL LINE UP;
REVERSE LINE FEED;REVERSE INDEX;SINGLE SHIFT TWO;SINGLE-SHIFT-2;SINGLE SHIFT THREE;SINGLE-SHIFT-3;
DEVICE CONTROL STRING;PRIVATE USE ONE;PRIVATE USE-1;PRIVATE USE TWO;PRIVATE USE-2;SET TRANSMIT STATE;
CANCEL CHARACTER;MESSAGE WAITING;START OF GUARDED AREA;START OF PROTECTED AREA;END OF GUARDED AREA;
END OF PROTECTED AREA;START OF STRING;SINGLE GRAPHIC CHARACTER INTRODUCER;SINGLE CHARACTER INTRODUCER;
CONTROL SEQUENCE INTRODUCER;STRING TERMINATOR;OPERATING SYSTEM COMMAND;PRIVACY MESSAGE;APPLICATION PROGRAM COMMAND"""
ABBREVIATIONS = """NUL SOH STX ETX EOT ENQ ACK BEL BS HT TAB LF NL EOL VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN
EOM SUB ESC FS GS RS US SP DEL PAD HOP BPH NBH IND NEL SSA ESA HTS HTJ VTS PLD PLU RI SS2 SS3 DCS PU1 PU2 STS CCH MW
SPA EPA SOS SGC SCI CSI ST OSC PM APC NBSP SHY CGJ ALM ZWSP ZWNJ ZWJ LRM RLM LRE RLE PDF LRO RLO NNBSP MMSP WJ LRI RLI
FSI PDI BOM ZWNBSP FVS1 FVS2 FVS3 FVS4 MVS"""
OTHERS = """LATIN CAPITAL LETTER GHA;LATIN SMALL LETTER GHA;ARABIC SMALL HIGH LIGATURE ALEF WITH YEH BARREE;
SYRIAC SUBLINEAR COLON SKEWED LEFT;KANNADA LETTER LLLA;LAO LETTER FO FON;LAO LETTER FO FAY;LAO LETTER RO;
LAO LETTER LO;TIBETAN MARK BKA- SHOG GI MGO RGYAN;YI SYLLABLE ITERATION MARK;WEIERSTRASS ELLIPTIC FUNCTION;
MICR ON US SYMBOL;MICR DASH SYMBOL;LEFTWARDS TRIANGLE-HEADED ARROW WITH DOUBLE VERTICAL STROKE;
RIGHTWARDS TRIANGLE-HEADED ARROW WITH DOUBLE VERTICAL STROKE;BYTE ORDER MARK;
PRESENTATION FORM FOR VERTICAL RIGHT WHITE LENTICULAR BRACKET;CUNEIFORM SIGN NU11 TENU;CUNEIFORM SIGN NU11 OVER NU11 BUR OVER BUR;
BYZANTINE MUSICAL SYMBOL FTHORA SKLIRON CHROMA VASIS;HEBREW POINT JUDEO-SPANISH VARIKA;CYRILLIC SMALL LETTER MULTIOCULAR O;
MEDEFAIDRIN CAPITAL LETTER H;MEDEFAIDRIN CAPITAL LETTER NG;MEDEFAIDRIN SMALL LETTER H;MEDEFAIDRIN SMALL LETTER NG"""
ALIASES = ([n.strip() for n in (CONTROLS + ";" + OTHERS).replace("\n", "").split(";")] + ABBREVIATIONS.split()
           + [f"VS{i}" for i in range(1, 257)] + [f"VARIATION SELECTOR-{i}" for i in range(1, 257)])


# Encodings in which a byte's meaning depends on others, also where each byte alone gives a character.
STATEFUL = ("utf", "iso2022", "hz", "idna", "punycode", "unicode_escape", "raw_unicode_escape")


def main():
    out = open(sys.argv[1], "w")
    out.write("// Generated by gen_unicode.py; the declarations are in unicode.cpp.\n"
              "#include <cstddef>\n#include <cstdint>\nnamespace krait::unicode {\n")
    emit(out, "uint32_t", "kIdStart", ranges(str.isidentifier))
    emit(out, "uint32_t", "kIdContinue", ranges(lambda c: ("a" + c).isidentifier()))
    emit(out, "uint32_t", "kPrintable", ranges(str.isprintable))

    keys, starts, pool = [], [], []
    for c in range(LIMIT):
        if 0xAC00 <= c < 0xD7A4 or 0xD800 <= c < 0xE000:
            continue
        full = unicodedata.normalize("NFKD", chr(c))
        if full != chr(c):
            keys.append(c)
            starts.append(len(pool))
            pool.extend(map(ord, full))
    starts.append(len(pool))
    emit(out, "uint32_t", "kDecompositionKeys", keys)
    emit(out, "uint32_t", "kDecompositionStarts", starts)
    emit(out, "uint32_t", "kDecompositionPool", pool)
    emit(out, "uint32_t", "kCombining",
         [(c << 8) | unicodedata.combining(chr(c)) for c in range(LIMIT) if unicodedata.combining(chr(c))])
    pairs = []
    for c in range(LIMIT):
        parts = unicodedata.decomposition(chr(c)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            a, b = (int(p, 16) for p in parts)
            if unicodedata.normalize("NFC", chr(a) + chr(b)) == chr(c):
                pairs.append((a, b, c))
    pairs.sort()
    emit(out, "uint64_t", "kCompositionPairs", [(a << 32) | b for a, b, _ in pairs])
    emit(out, "uint32_t", "kCompositionResults", [c for _, _, c in pairs])
    emit(out, "uint64_t", "kNames", names())
    ideographs = ranges(lambda c: unicodedata.name(c, "").startswith("CJK UNIFIED IDEOGRAPH-"))
    emit(out, "uint32_t", "kIdeographs", ideographs)

    # Charmaps: name -> 256 code units; 0xFFFE marks an undefined byte.
    codecs, seen = [], {}
    for module in sorted(set(encodings.aliases.aliases.values())):
        try:
            chars = [bytes([b]).decode(module, "replace") for b in range(256)]
        except (LookupError, ValueError):
            continue
        if module.startswith(STATEFUL) or any(len(c) != 1 for c in chars) or module in ("ascii", "latin_1"):
            continue
        if not all(bytes([b]).decode(module) == chr(b) for b in b"\n\r #coding:=-_az09"):
            continue
        multi = False
        for lead in range(0x80, 0x100):
            for trail in (0x40, 0xA1):
                try:
                    multi |= len(bytes([lead, trail]).decode(module)) == 1
                except UnicodeDecodeError:
                    pass
        if not multi:
            seen[module] = [0xFFFE if c == "\ufffd" else ord(c) for c in chars]
    names_of = []
    for index, (module, units) in enumerate(seen.items()):
        codecs.extend(units)
        names_of.append((module, index))
        names_of += [(alias, index) for alias, m in encodings.aliases.aliases.items() if m == module]
    emit(out, "uint16_t", "kCharmaps", codecs)
    special = [(a, m) for a, m in encodings.aliases.aliases.items()]
    known = {m for m, _ in names_of}
    out.write("struct CharmapName { const char *name; int index; };\nextern const CharmapName kCharmapNames[];\n"
              "const CharmapName kCharmapNames[] = {\n")
    for name, index in sorted(set(names_of)):
        out.write(f'{{"{name}", {index}}},\n')
    out.write("{nullptr, 0}};\n")
    # Every other alias: to the codec module's name, from which the decoder picks UTF-8, Latin-1 or iconv.
    out.write("struct CodecAlias { const char *alias; const char *codec; };\nextern const CodecAlias kCodecAliases[];\n"
              "const CodecAlias kCodecAliases[] = {\n")
    for alias, module in sorted(special):
        if alias not in known:
            out.write(f'{{"{alias}", "{module}"}},\n')
    out.write("{nullptr, nullptr}};\n}\n")


if __name__ == "__main__":
    main()
