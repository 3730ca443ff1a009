// The image format of compiled modules: a tree of code objects as one relocatable block of bytes that can be mapped and
// used in place. Written by compiler/frontend/serialize.cpp; checked by validateCodeImage there (damaged bytes are an
// error message, never a crash); read by the runtime through CodeImage below, which trusts a checked image.
//
// All numbers are little-endian; all offsets are in bytes from the start of the image, which is 8-aligned in memory.
//
//   ImageHeader
//   CodeRecord[codeCount]      the code objects in preorder; the root is number 0
//   StringRecord[stringCount]  all strings of the module, each once; names refer to them by number
//   arrays: units (2-aligned), constants and payloads (8-aligned), string numbers (4-aligned), tables, text
//
// The loader makes one table of str objects per image (interned where kStringInterned is set), at first use, and code
// objects refer to the unit stream, exception table and position table in place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace krait {

inline constexpr uint32_t kImageMagic = 0x4943524B; // "KRCI"
/// Raised whenever the format or the meaning of an opcode changes; an image of another version is refused.
inline constexpr uint32_t kImageVersion = 1;

/// co_flags, with CPython's values.
enum CodeFlag : uint32_t {
  kCodeOptimized = 0x1,
  kCodeNewLocals = 0x2,
  kCodeVarArgs = 0x4,
  kCodeVarKeywords = 0x8,
  kCodeNested = 0x10,
  kCodeGenerator = 0x20,
  kCodeCoroutine = 0x80,
  kCodeIterableCoroutine = 0x100,
  kCodeAsyncGenerator = 0x200,
  kCodeFutureDivision = 0x20000,
  kCodeFutureAbsoluteImport = 0x40000,
  kCodeFutureWithStatement = 0x80000,
  kCodeFuturePrintFunction = 0x100000,
  kCodeFutureUnicodeLiterals = 0x200000,
  kCodeFutureBarryAsBdfl = 0x400000,
  kCodeFutureGeneratorStop = 0x800000,
  kCodeFutureAnnotations = 0x1000000,
};

enum class ConstKind : uint32_t {
  None,
  True,
  False,
  Ellipsis,
  Int,       // payload: offset of an int64_t
  BigInt,    // payload: offset of BigIntRecord
  Float,     // payload: offset of a double
  Complex,   // payload: offset of two doubles
  Str,       // payload: string number
  Bytes,     // payload: offset of BytesRecord
  Tuple,     // payload: offset of TupleRecord
  FrozenSet, // payload: offset of TupleRecord
  Code,      // payload: number of the code record; always greater than that of the record that refers to it
};
inline constexpr uint32_t kConstKindCount = 13;

struct ConstRecord {
  ConstKind kind;
  uint32_t payload;
};

/// The magnitude's limbs follow, least first; the last is not zero.
struct BigIntRecord {
  uint32_t negative, limbCount;
  const uint64_t *limbs() const { return reinterpret_cast<const uint64_t *>(this + 1); }
};

/// The bytes follow, then a zero byte.
struct BytesRecord {
  uint64_t size;
  const char *data() const { return reinterpret_cast<const char *>(this + 1); }
};

/// The items follow.
struct TupleRecord {
  uint32_t count, unused;
  const ConstRecord *items() const { return reinterpret_cast<const ConstRecord *>(this + 1); }
};

enum : uint32_t { kStringInterned = 1, kStringAscii = 2 };

/// A str: WTF-8 text (UTF-8 in which surrogates may stand alone), followed by a zero byte.
struct StringRecord {
  uint32_t text;       // offset of the first byte
  uint32_t byteLength;
  uint32_t length;     // in code points
  uint32_t flags : 8;
  uint32_t width : 24; // bytes that the widest code point needs: 1 (below 256), 2 or 4
};

/// Exceptions raised by an instruction whose offset is in [start, end) go to [handler] with the exception in [reg].
struct ExceptionRange {
  uint32_t start, end, handler; // in units
  uint32_t reg;
};

/// A table of a code object: [count] elements at byte offset [at].
struct ImageArray {
  uint32_t at, count;
};

struct CodeRecord {
  uint64_t hash;          // structural hash
  uint32_t argcount, posonlyargcount, kwonlyargcount, flags;
  uint32_t firstLine, nregs, nsites, unused;
  uint32_t name, qualname, filename; // string numbers
  uint32_t parent;        // number of the code record this one is a constant of; the root has its own number
  ImageArray units;       // CodeWord
  ImageArray consts;      // ConstRecord
  ImageArray names;       // uint32_t string numbers
  ImageArray varnames;    // uint32_t string numbers
  ImageArray cellvars;    // uint32_t string numbers
  ImageArray freevars;    // uint32_t string numbers
  ImageArray cellRegs;    // uint16_t, as many as cellvars
  ImageArray handlers;    // ExceptionRange
  ImageArray positions;   // bytes
};

struct ImageHeader {
  uint32_t magic, version;
  uint32_t size;       // of the whole image in bytes
  uint32_t opcodes;    // number of opcodes the writer knew
  uint32_t codeCount, stringCount;
  uint32_t codes, strings; // offsets of the two record tables
};

/// A view of a checked image in memory.
class CodeImage {
public:
  explicit CodeImage(const void *bytes) : base_(static_cast<const char *>(bytes)) {}
  const ImageHeader &header() const { return *at<ImageHeader>(0); }
  uint32_t codeCount() const { return header().codeCount; }
  uint32_t stringCount() const { return header().stringCount; }
  const CodeRecord &code(uint32_t i) const { return at<CodeRecord>(header().codes)[i]; }
  const StringRecord &string(uint32_t i) const { return at<StringRecord>(header().strings)[i]; }
  const char *text(const StringRecord &s) const { return base_ + s.text; }
  /// The thing at byte offset [offset].
  template <typename T> const T *at(uint32_t offset) const { return reinterpret_cast<const T *>(base_ + offset); }
  template <typename T> const T *array(const ImageArray &a) const { return at<T>(a.at); }

private:
  const char *base_;
};

/// Where an instruction comes from. Lines from 1, columns from 0 in UTF-8 bytes; -1 where there is none.
struct SourceRange {
  int32_t line = -1, endLine = -1, col = -1, endCol = -1;
  bool operator==(const SourceRange &) const = default;
};

/// Reads a position table: entries in order of the units they cover. An entry is a varint (units << 2 | kind), then
///   kind 0: no position
///   kind 1: zigzag varint line - previous line; one line; varint col, varint endCol - col
///   kind 2: zigzag varint line - previous line, varint endLine - line, varint col + 1, varint endCol + 1
///   kind 3: as 1 without the line, which is that of the entry before
/// where the line before the first entry is the code's first line. A varint has seven bits a byte, least first.
class PositionReader {
public:
  PositionReader(const void *table, size_t size, uint32_t firstLine)
      : at_(static_cast<const uint8_t *>(table)), end_(at_ + size), line_(int32_t(firstLine)) {}

  /// Reads the next entry; false at the end of the table.
  bool next() {
    if (at_ >= end_)
      return false;
    uint32_t head = varint();
    start_ = stop_;
    stop_ += head >> 2;
    range_ = {};
    uint32_t kind = head & 3;
    if (kind == 0)
      return true;
    if (kind != 3)
      line_ += zigzag();
    range_.line = range_.endLine = line_;
    if (kind == 2) {
      range_.endLine += int32_t(varint());
      range_.col = int32_t(varint()) - 1;
      range_.endCol = int32_t(varint()) - 1;
    } else {
      range_.col = int32_t(varint());
      range_.endCol = range_.col + int32_t(varint());
    }
    return true;
  }

  uint32_t startUnit() const { return start_; }
  uint32_t endUnit() const { return stop_; }
  const SourceRange &range() const { return range_; }

  /// The range of the instruction at unit [unit]; an empty range where the table has none.
  SourceRange find(uint32_t unit) {
    while (next())
      if (unit < stop_)
        return range_;
    return {};
  }

private:
  uint32_t varint() {
    uint32_t value = 0;
    for (unsigned shift = 0; at_ < end_ && shift < 32; shift += 7) {
      uint8_t byte = *at_++;
      value |= uint32_t(byte & 0x7F) << shift;
      if (!(byte & 0x80))
        break;
    }
    return value;
  }
  int32_t zigzag() {
    uint32_t v = varint();
    return int32_t(v >> 1) ^ -int32_t(v & 1);
  }

  const uint8_t *at_, *end_;
  int32_t line_;
  uint32_t start_ = 0, stop_ = 0;
  SourceRange range_;
};

} // namespace krait
