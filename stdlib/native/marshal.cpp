// marshal.cpp - see marshal.h. From version 3 on an object that occurs again is written once and then
// referred to by number.
#include "stdlib/native/marshal.h"

#include "runtime/interp/interp.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/bytes.h"
#include "runtime/object/complex.h"
#include "runtime/object/containers.h"
#include "runtime/object/function.h"
#include "runtime/object/int_limbs.h"
#include "runtime/object/utf8.h"
#include "stdlib/native/marshal.bind.inc"

#include <array>

namespace krait {

namespace {

constexpr int kMaxDepth = 2000;
constexpr uint8_t kRefFlag = 0x80;

/// The plain numbers of a code object, and how many objects follow them: consts, names, varnames, cellvars,
/// freevars, name, qualname, filename.
constexpr size_t kCodeNumbers = 9, kCodeParts = 8;
std::array<int64_t, kCodeNumbers> codeNumbers(const Code *code) {
  return {code->flags,         code->argCount,  code->posOnlyCount, code->kwOnlyCount, code->localCount,
          code->registerCount, code->siteCount, code->firstLine,    code->ordinal};
}

// ---- Writing ----------------------------------------------------------------------------------------------

/// Runs twice: first to find what occurs more than once, then to write.
struct Writer {
  BytesBuilder out;
  int version;
  bool counting;
  int depth = 0;
  Dict *seen = krt_dict_new(); // address -> times seen; when writing -> number of the reference
  Dict *repeated = nullptr;    // when writing: addresses seen more than once
  int64_t references = 0;
  GcVector<Value> made; // objects made on the way: their addresses must not be used again meanwhile

  void byte(int b) { out.append(static_cast<uint8_t>(b)); }
  void int32(int64_t n) {
    for (int shift = 0; shift < 32; shift += 8)
      byte(static_cast<int>(n >> shift & 0xff));
  }
  void int16(int64_t n) {
    byte(static_cast<int>(n & 0xff));
    byte(static_cast<int>(n >> 8 & 0xff));
  }
  void real(double d) { out.append(&d, 8); }
  void textReal(double d) {
    std::string text = doubleToText(d, 'g', 17, false, false);
    byte(static_cast<int>(text.size()));
    out.append(text);
  }
  bool sized(int64_t n) {
    if (n > INT32_MAX) {
      krt_raise(kValueError, "unmarshallable object");
      return false;
    }
    int32(n);
    return true;
  }

  /// True if the object was written before (a reference is written now). Otherwise sets *flag for its type
  /// byte.
  bool reference_py(Value v, int *flag) {
    *flag = 0;
    if (version < 3 || !v.isObject())
      return false;
    Value key = smallInt(static_cast<int64_t>(v.bits >> 3));
    if (counting) {
      Value times = krt_dict_get_py(seen, key);
      krt_dict_set_py(seen, key, smallInt(times ? 2 : 1));
      return bool(times);
    }
    if (krt_dict_get_py(repeated, key) != smallInt(2))
      return false;
    if (Value number = krt_dict_get_py(seen, key)) {
      byte('r');
      int32(number.asInt());
      return true;
    }
    krt_dict_set_py(seen, key, smallInt(references++));
    *flag = kRefFlag;
    return false;
  }

  bool longInt(Value plain, int flag) {
    // 15-bit digits, least significant first; the sign is that of their number.
    IntView view(plain);
    byte('l' | flag);
    int64_t bits = krt_int_bit_length(plain);
    int64_t digits = (bits + 14) / 15;
    int32(krt_int_sign(plain) < 0 ? -digits : digits);
    for (int64_t i = 0; i < digits; ++i) {
      int64_t at = i * 15, word = at / 64, shift = at % 64;
      uint64_t digit = view.limbs[word] >> shift;
      if (shift > 49 && word + 1 < view.count)
        digit |= view.limbs[word + 1] << (64 - shift);
      int16(static_cast<int64_t>(digit & 0x7fff));
    }
    return true;
  }

  bool text(Str *s, int flag) {
    bool interned = s->isInterned() && version >= 1;
    if (version >= 4 && s->isAscii()) {
      bool isShort = s->length() < 256;
      byte((isShort ? (interned ? 'Z' : 'z') : (interned ? 'A' : 'a')) | flag);
      if (isShort)
        byte(static_cast<int>(s->length()));
      else if (!sized(s->length()))
        return false;
      out.append(s->data1(), static_cast<size_t>(s->length()));
      return true;
    }
    size_t size;
    const char *utf8 = krt_str_utf8_lossy(s, &size); // lone surrogates pass
    byte((interned ? 't' : 'u') | flag);
    if (!sized(static_cast<int64_t>(size)))
      return false;
    out.append(utf8, size);
    return true;
  }

  bool items_py(const Value *values, int64_t count) {
    for (int64_t i = 0; i < count; ++i)
      if (!value_py(values[i]))
        return false;
    return true;
  }

  bool dict_py(Dict *dict) {
    Dict *copy = krt_dict_copy(dict);
    uint32_t at = 0;
    while (DictEntry *entry = krt_dict_next(copy, &at)) {
      Value key = entry->key, item = entry->value;
      if (!value_py(key) || !value_py(item))
        return false;
    }
    byte('0');
    return true;
  }

  bool set_py(Set *set, int flag) {
    byte((isExact(set, krt_frozenset_class) ? '>' : '<') | flag);
    int32(set->used);
    // In the order of their bytes, so that equal sets give equal bytes.
    List *pairs = krt_list_new(set->used);
    uint32_t at = 0;
    while (SetEntry *entry = krt_set_next(set, &at)) {
      Value key = entry->key;
      Value bytes = krt_marshal_dumps_py(key, version);
      if (!bytes)
        return false;
      Value pair[2] = {bytes, key};
      krt_list_append(pairs, krt_tuple_from(pair, 2));
    }
    for (int64_t i = 1; i < pairs->length; ++i) { // sets of constants are small
      Value moved = pairs->items[i];
      int64_t k = i;
      auto text = [](Value pair) { return bytesView(pair.as<Tuple>()->items[0].as<Bytes>()); };
      for (; k > 0 && text(moved) < text(pairs->items[k - 1]); --k)
        pairs->items[k] = pairs->items[k - 1];
      pairs->items[k] = moved;
    }
    for (int64_t i = 0; i < pairs->length; ++i)
      if (!value_py(pairs->items[i].as<Tuple>()->items[1]))
        return false;
    return true;
  }

  void raw(const void *data, size_t size) {
    byte('s');
    int32(static_cast<int64_t>(size));
    out.append(data, size);
  }

  /// A code object, in the terms of this version's bytecode.
  bool code_py(Code *code, int flag) {
    byte('c' | flag);
    int32(kImageVersion);
    for (int64_t n : codeNumbers(code))
      int32(n);
    out.append(&code->hash, 8);
    raw(code->units, code->unitCount * sizeof(uint16_t));
    raw(code->ranges, code->rangeCount * sizeof(ExceptionRange));
    raw(code->positions, code->positionsSize);
    raw(code->cellRegs, static_cast<size_t>(code->cellvars->length) * sizeof(uint16_t));
    Tuple *names = krt_tuple_new(code->nameCount);
    for (uint32_t i = 0; i < code->nameCount; ++i)
      names->items[i] = code->names[i];
    Value parts[kCodeParts] = {krt_tuple_from(code->consts, code->constCount),
                               names,
                               code->varnames,
                               code->cellvars,
                               code->freevars,
                               code->name,
                               code->qualname,
                               code->filename};
    made.push(parts[0]);
    made.push(names);
    return items_py(parts, kCodeParts);
  }

  bool value_py(Value v) {
    if (++depth > kMaxDepth) {
      krt_raise(kValueError, "object too deeply nested to marshal");
      return false;
    }
    bool ok = object_py(v);
    --depth;
    return ok;
  }

  bool object_py(Value v) {
    if (v == kNone || v == kTrue || v == kFalse || v == kEllipsis || v == Value(kStopIteration)) {
      byte(v == kNone ? 'N' : v == kTrue ? 'T' : v == kFalse ? 'F' : v == kEllipsis ? '.' : 'S');
      return true;
    }
    int flag;
    if (reference_py(v, &flag))
      return true;
    if (v.isInt() || isExact(v, krt_int_class)) {
      if (v.isInt() && v.asInt() == static_cast<int32_t>(v.asInt())) {
        byte('i' | flag);
        int32(v.asInt());
        return true;
      }
      return longInt(v, flag);
    }
    if (isFloat(v)) {
      byte((version > 1 ? 'g' : 'f') | flag);
      if (version > 1)
        real(floatValue(v));
      else
        textReal(floatValue(v));
      return true;
    }
    Class *cls = classOf(v);
    if (cls == &krt_complex_class) {
      auto *complex = v.as<Complex>();
      byte((version > 1 ? 'y' : 'x') | flag);
      for (double part : {complex->real, complex->imag}) {
        if (version > 1)
          real(part);
        else
          textReal(part);
      }
      return true;
    }
    if (cls == &krt_bytes_class) {
      byte('s' | flag);
      if (!sized(v.as<Bytes>()->length))
        return false;
      out.append(bytesView(v.as<Bytes>()));
      return true;
    }
    if (cls == &krt_str_class)
      return text(v.as<Str>(), flag);
    if (cls == &krt_tuple_class) {
      auto *tuple = v.as<Tuple>();
      bool isShort = version >= 4 && tuple->length < 256;
      byte((isShort ? ')' : '(') | flag);
      if (isShort)
        byte(static_cast<int>(tuple->length));
      else
        int32(tuple->length);
      return items_py(tuple->items, tuple->length);
    }
    if (cls == &krt_list_class) {
      byte('[' | flag);
      int32(v.as<List>()->length);
      return items_py(v.as<List>()->items, v.as<List>()->length);
    }
    if (cls == &krt_dict_class) {
      byte('{' | flag);
      return dict_py(v.as<Dict>());
    }
    if (cls == &krt_set_class || cls == &krt_frozenset_class)
      return set_py(v.as<Set>(), flag);
    if (cls == &krt_code_class)
      return code_py(v.as<Code>(), flag);
    if (krt_buffer_check(v)) {
      BytesLike bytes;
      if (!bytes.acquire_py(v))
        return false;
      byte('s' | flag);
      if (!sized(bytes.size()))
        return false;
      out.append(bytes.data(), static_cast<size_t>(bytes.size()));
      return true;
    }
    krt_raise(kValueError, "unmarshallable object");
    return false;
  }
};

// ---- Reading ------------------------------------------------------------------------------------

struct Reader {
  const uint8_t *data = nullptr;
  int64_t size = 0, at = 0;
  Value file; // or the bytes come from here
  List *references = krt_list_new(8);
  int depth = 0;

  /// The next [count] bytes; null with an exception pending.
  const uint8_t *take_py(int64_t count) {
    if (file) {
      ByteArray *room = krt_bytearray_new(nullptr, static_cast<size_t>(count));
      Value view = room ? krt_call1_py(&krt_memoryview_class, room) : Value();
      Value got = view ? krt_call_method_py(file, KSTR(readinto), &view, 1) : Value();
      int64_t n = got ? krt_index_i64_py(got, kOverflowError) : -1;
      if (n == -1 && errorPending())
        return nullptr;
      if (n == count)
        return count ? room->data : reinterpret_cast<const uint8_t *>("");
      if (n > count)
        krt_raise(kValueError, "read() returned too much data: %lld bytes requested, %lld returned",
                  static_cast<long long>(count), static_cast<long long>(n));
      else
        krt_raise(kEOFError, "EOF read where not expected");
      return nullptr;
    }
    if (count > size - at) {
      krt_raise(kEOFError, "marshal data too short");
      return nullptr;
    }
    at += count;
    return data + at - count;
  }
  bool int32_py(int64_t *out) {
    const uint8_t *bytes = take_py(4);
    if (!bytes)
      return false;
    int32_t n;
    std::memcpy(&n, bytes, 4);
    *out = n;
    return true;
  }
  bool length_py(bool isShort, const char *what, int64_t *out) {
    if (isShort) {
      const uint8_t *byte = take_py(1);
      if (!byte)
        return false;
      *out = *byte;
      return true;
    }
    if (!int32_py(out))
      return false;
    if (*out < 0) {
      krt_raise(kValueError, "bad marshal data (%s size out of range)", what);
      return false;
    }
    return true;
  }
  bool real_py(double *out) {
    const uint8_t *bytes = take_py(8);
    if (bytes)
      std::memcpy(out, bytes, 8);
    return bytes != nullptr;
  }
  bool textReal_py(double *out) {
    int64_t length;
    if (!length_py(true, "float", &length))
      return false;
    const uint8_t *bytes = take_py(length);
    if (!bytes)
      return false;
    if (!doubleFromText({reinterpret_cast<const char *>(bytes), static_cast<size_t>(length)}, out)) {
      krt_raise(kValueError, "could not convert string to float");
      return false;
    }
    return true;
  }

  Value longInt_py() {
    int64_t count;
    if (!int32_py(&count))
      return {};
    int64_t digits = count < 0 ? -count : count;
    const uint8_t *bytes = TRY(take_py(digits * 2));
    auto words = static_cast<size_t>((digits * 15 + 63) / 64 + 1);
    auto *limbs = static_cast<uint64_t *>(gcAllocateAtomic(words * 8));
    std::memset(limbs, 0, words * 8);
    for (int64_t i = 0; i < digits; ++i) {
      uint64_t digit = bytes[2 * i] | bytes[2 * i + 1] << 8;
      if (digit > 0x7fff)
        return krt_raise(kValueError, "bad marshal data (digit out of range in long)");
      if (i == digits - 1 && digit == 0)
        return krt_raise(kValueError, "bad marshal data (unnormalized long data)");
      int64_t bit = i * 15, word = bit / 64, shift = bit % 64;
      limbs[word] |= digit << shift;
      if (shift > 49)
        limbs[word + 1] |= digit >> (64 - shift);
    }
    return krt_int_from_limbs(limbs, words, count < 0);
  }

  /// A reference number is given before the object is read, since it may contain others.
  int64_t reserve(bool flagged) {
    if (!flagged)
      return -1;
    krt_list_append(references, kEllipsis);
    return references->length - 1;
  }
  Value keep(Value v, int64_t number) {
    if (number >= 0 && v)
      references->items[number] = v;
    return v;
  }

  /// A value inside another: a null object is an error there.
  Value item_py(const char *what) {
    Value v = value_py();
    if (!v && !errorPending())
      krt_raise(kTypeError, "NULL object in marshal data for %s", what);
    return v;
  }

  Value tuple_py(bool isShort, bool flagged) {
    int64_t length;
    if (!length_py(isShort, "tuple", &length))
      return {};
    int64_t number = reserve(flagged);
    List *items = krt_list_new(8);
    for (int64_t i = 0; i < length; ++i)
      krt_list_append(items, TRY(item_py("tuple")));
    return keep(krt_tuple_from(items->items, items->length), number);
  }
  Value list_py(bool flagged) {
    int64_t length;
    if (!length_py(false, "list", &length))
      return {};
    List *list = krt_list_new(8);
    keep(list, reserve(flagged));
    for (int64_t i = 0; i < length; ++i)
      krt_list_append(list, TRY(item_py("list")));
    return list;
  }
  Value dict_py(bool flagged) {
    Dict *dict = krt_dict_new();
    keep(dict, reserve(flagged));
    for (;;) {
      Value key = value_py();
      if (!key)
        return errorPending() ? Value() : Value(dict);
      Value item = value_py();
      if (!item)
        return errorPending() ? Value() : Value(dict);
      TRY_INT(krt_dict_set_py(dict, key, item));
    }
  }
  Value set_py(bool frozen, bool flagged) {
    int64_t length;
    if (!length_py(false, "set", &length))
      return {};
    int64_t number = reserve(flagged);
    Set *set = krt_set_new(frozen ? &krt_frozenset_class : &krt_set_class);
    keep(set, number);
    for (int64_t i = 0; i < length; ++i)
      TRY_INT(krt_set_add_py(set, TRY(item_py("set"))));
    return set;
  }
  Value text_py(bool isShort, bool ascii, bool interned) {
    int64_t length;
    if (!length_py(isShort, "string", &length))
      return {};
    auto *bytes = reinterpret_cast<const char *>(TRY(take_py(length)));
    Str *s;
    if (ascii) {
      s = krt_str_from_latin1(reinterpret_cast<const uint8_t *>(bytes), static_cast<size_t>(length));
    } else {
      Value raw = krt_bytes_new(bytes, static_cast<size_t>(length));
      Value args[2] = {strIntern("utf-8"), strIntern("surrogatepass")};
      s = TRY(krt_call_method_py(raw, KSTR(decode), args, 2)).as<Str>();
    }
    return interned ? krt_str_intern(s) : s;
  }

  /// Makes the names in a fresh tuple the interned ones; false if one is no str.
  static bool internNames(Tuple *names) {
    for (int64_t i = 0; i < names->length; ++i) {
      if (!isExact(names->items[i], krt_str_class))
        return false;
      names->items[i] = krt_str_intern(names->items[i].as<Str>());
    }
    return true;
  }

  /// A byte string copied into memory of its own; null with an exception pending.
  const void *raw_py(size_t itemSize, uint32_t *count) {
    const uint8_t *type = take_py(1);
    int64_t size;
    if (!type || !length_py(false, "bytes object", &size))
      return nullptr;
    const uint8_t *bytes = take_py(size);
    if (!bytes)
      return nullptr;
    void *copy = gcAllocateAtomic(static_cast<size_t>(size) + 1);
    std::memcpy(copy, bytes, static_cast<size_t>(size));
    *count = static_cast<uint32_t>(static_cast<size_t>(size) / itemSize);
    return copy;
  }

  Value code_py(bool flagged) {
    int64_t number = reserve(flagged), version, numbers[kCodeNumbers];
    if (!int32_py(&version))
      return {};
    if (version != static_cast<int64_t>(kImageVersion))
      return krt_raise(kValueError, "bad marshal data (code object of another version)");
    for (int64_t &n : numbers)
      if (!int32_py(&n))
        return {};
    auto *code = gcNew<Code>(krt_code_class);
    std::memcpy(&code->hash, TRY(take_py(8)), 8);
    code->flags = static_cast<uint32_t>(numbers[0]);
    code->argCount = static_cast<uint16_t>(numbers[1]);
    code->posOnlyCount = static_cast<uint16_t>(numbers[2]);
    code->kwOnlyCount = static_cast<uint16_t>(numbers[3]);
    code->localCount = static_cast<uint16_t>(numbers[4]);
    code->registerCount = static_cast<uint16_t>(numbers[5]);
    code->siteCount = static_cast<uint32_t>(numbers[6]);
    code->firstLine = static_cast<uint32_t>(numbers[7]);
    code->ordinal = static_cast<uint16_t>(numbers[8]);
    uint32_t cells;
    code->units = static_cast<const uint16_t *>(TRY(raw_py(sizeof(uint16_t), &code->unitCount)));
    code->ranges =
        static_cast<const ExceptionRange *>(TRY(raw_py(sizeof(ExceptionRange), &code->rangeCount)));
    code->positions = static_cast<const uint8_t *>(TRY(raw_py(1, &code->positionsSize)));
    code->cellRegs = static_cast<const uint16_t *>(TRY(raw_py(sizeof(uint16_t), &cells)));
    Value parts[kCodeParts];
    for (size_t i = 0; i < kCodeParts; ++i) {
      parts[i] = TRY(item_py("code"));
      bool good = classOf(parts[i]) == (i < 5 ? &krt_tuple_class : &krt_str_class);
      if (good && i > 0 && i < 5)
        good = internNames(parts[i].as<Tuple>());
      if (!good)
        return krt_raise(kValueError, "bad marshal data (code object)");
    }
    auto *consts = parts[0].as<Tuple>(), *names = parts[1].as<Tuple>();
    code->constCount = static_cast<uint32_t>(consts->length);
    code->consts = static_cast<Value *>(gcAllocate(static_cast<size_t>(consts->length + 1) * sizeof(Value)));
    std::memcpy(static_cast<void *>(code->consts), consts->items,
                static_cast<size_t>(consts->length) * sizeof(Value));
    code->nameCount = static_cast<uint32_t>(names->length);
    code->names = static_cast<Str **>(gcAllocate(static_cast<size_t>(names->length + 1) * sizeof(Str *)));
    for (int64_t i = 0; i < names->length; ++i)
      code->names[i] = names->items[i].as<Str>();
    code->varnames = parts[2].as<Tuple>();
    code->cellvars = parts[3].as<Tuple>();
    code->freevars = parts[4].as<Tuple>();
    code->name = parts[5].as<Str>();
    code->qualname = parts[6].as<Str>();
    code->filename = parts[7].as<Str>();
    code->entry = krt_function_entry_py;
    return keep(code, number);
  }

  Value value_py() {
    if (++depth > kMaxDepth)
      return krt_raise(kValueError, "recursion limit exceeded");
    Value v = object_py();
    --depth;
    return v;
  }

  /// Null without an exception: the end of a dict.
  Value object_py() {
    const uint8_t *type = take_py(1);
    if (!type) {
      if (krt_error_clear_if(kEOFError) || krt_error_clear_if(kValueError))
        krt_raise(kEOFError, "EOF read where object expected");
      return {};
    }
    bool flagged = *type & kRefFlag;
    int code = *type & 0x7f;
    switch (code) {
    case '0':
      return {};
    case 'N':
      return kNone;
    case 'T':
      return kTrue;
    case 'F':
      return kFalse;
    case '.':
      return kEllipsis;
    case 'S':
      return kStopIteration;
    case '(':
      return tuple_py(false, flagged);
    case ')':
      return tuple_py(true, flagged);
    case '[':
      return list_py(flagged);
    case '{':
      return dict_py(flagged);
    case '<':
      return set_py(false, flagged);
    case '>':
      return set_py(true, flagged);
    case 'c':
      return code_py(flagged);
    case 'r': {
      int64_t number;
      if (!int32_py(&number))
        return {};
      if (number < 0 || number >= references->length)
        return krt_raise(kValueError, "bad marshal data (invalid reference)");
      return references->items[number];
    }
    default:
      break;
    }
    Value v = TRY(plain_py(code));
    return keep(v, reserve(flagged));
  }

  Value plain_py(int code) {
    int64_t n;
    double real, imag;
    switch (code) {
    case 'i':
      return int32_py(&n) ? smallInt(n) : Value();
    case 'I': {
      const uint8_t *bytes = TRY(take_py(8));
      std::memcpy(&n, bytes, 8);
      return krt_int_from_i64(n);
    }
    case 'l':
      return longInt_py();
    case 'g':
      return real_py(&real) ? floatBox(real) : Value();
    case 'f':
      return textReal_py(&real) ? floatBox(real) : Value();
    case 'y':
    case 'x': {
      bool ok = code == 'y' ? real_py(&real) && real_py(&imag) : textReal_py(&real) && textReal_py(&imag);
      if (!ok)
        return {};
      Value parts[2] = {floatBox(real), floatBox(imag)};
      return krt_call_py(&krt_complex_class, parts, 2, nullptr);
    }
    case 's': {
      if (!length_py(false, "bytes object", &n))
        return {};
      const uint8_t *bytes = TRY(take_py(n));
      return krt_bytes_new(bytes, static_cast<size_t>(n));
    }
    case 'u':
      return text_py(false, false, false);
    case 't':
      return text_py(false, false, true);
    case 'a':
      return text_py(false, true, false);
    case 'A':
      return text_py(false, true, true);
    case 'z':
      return text_py(true, true, false);
    case 'Z':
      return text_py(true, true, true);
    default:
      return krt_raise(kValueError, "bad marshal data (unknown type code)");
    }
  }

  Value whole_py() {
    Value v = value_py();
    if (!v && !errorPending())
      krt_raise(kTypeError, "NULL object in marshal data for object");
    return v;
  }
};

} // namespace

Value krt_marshal_dumps_py(Value value, int version) {
  TRY_AUDIT("marshal.dumps", value, smallInt(version));
  Writer counter{.version = version, .counting = true};
  if (version >= 3 && !counter.value_py(value))
    return {};
  Writer writer{.version = version, .counting = false, .repeated = counter.seen};
  if (!writer.value_py(value))
    return {};
  return writer.out.finish();
}

Value krt_marshal_dump_py(Value value, Value file, int version) {
  Value bytes = TRY(krt_marshal_dumps_py(value, version));
  return krt_call_method_py(file, KSTR(write), &bytes, 1);
}

Value krt_marshal_loads_py(Value bytes) {
  BytesLike view;
  if (!view.acquire_py(bytes))
    return {};
  TRY_AUDIT("marshal.loads", Value(krt_bytes_new(view.data(), static_cast<size_t>(view.size()))));
  Reader reader{.data = view.data(), .size = view.size()};
  return reader.whole_py();
}

Value krt_marshal_load_py(Value file) {
  TRY_AUDIT("marshal.load");
  // As CPython does, so that a file of text, say, is told at once.
  Value nothing = smallInt(0), probe = TRY(krt_call_method_py(file, KSTR(read), &nothing, 1));
  if (!hasClassFlag(probe, kClassBytesSub))
    return krt_raise(kTypeError, "file.read() returned not bytes but %.100T", probe);
  Reader reader{.file = file};
  return reader.whole_py();
}

bool krt_marshal_init(Module *module) {
  krt_dict_set_str(module->dict, KSTR(version), smallInt(4));
  return true;
}

} // namespace krait
