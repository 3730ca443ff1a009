// _struct.cpp - the module _struct. A format is compiled into fields with offsets; messages are CPython's.
#include "stdlib/native/_struct.h"

#include "runtime/object/class.h"
#include "runtime/object/codecs.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "stdlib/native/_struct.bind.inc"

#include <cmath>

namespace krait {

static constinit Class *errorClass = nullptr; // struct.error
static constinit Dict *cache = nullptr;       // formats given as text or bytes -> Struct

template <typename... Args> static Value fail(const char *format, Args... args) {
  return krt_raise(errorClass, format, args...);
}

// ---- Compiling a format -----------------------------------------------------------------------------

static int64_t itemSize(char letter, bool standard) {
  switch (letter) {
  case 'x':
  case 'c':
  case 'b':
  case 'B':
  case '?':
  case 's':
  case 'p':
    return 1;
  case 'h':
  case 'H':
  case 'e':
    return 2;
  case 'i':
  case 'I':
  case 'f':
    return 4;
  case 'l':
  case 'L':
    return standard ? 4 : 8;
  case 'q':
  case 'Q':
  case 'd':
    return 8;
  case 'n':
  case 'N':
  case 'P':
    return standard ? 0 : 8;
  default:
    return 0;
  }
}

/// False with struct.error pending.
static bool compile(Struct *out) {
  auto *p = reinterpret_cast<const char *>(out->format->data), *end = p + out->format->length;
  bool standard = false, big = false;
  if (p < end && *p && std::strchr("@=<>!", *p)) {
    standard = *p != '@';
    big = *p == '>' || *p == '!';
    p++;
  }
  auto *fields =
      static_cast<StructField *>(gcAllocateAtomic(static_cast<size_t>(end - p + 1) * sizeof(StructField)));
  int64_t count = 0, size = 0, items = 0;
  auto tooLong = [] {
    fail("total struct size too long");
    return false;
  };
  while (p < end) {
    if (*p == ' ' || (*p >= '\t' && *p <= '\r')) {
      p++;
      continue;
    }
    int64_t repeat = 1;
    if (*p >= '0' && *p <= '9') {
      repeat = 0;
      for (; p < end && *p >= '0' && *p <= '9'; p++)
        if (__builtin_mul_overflow(repeat, 10, &repeat) || __builtin_add_overflow(repeat, *p - '0', &repeat))
          return tooLong();
      if (p == end) {
        fail("repeat count given without format specifier");
        return false;
      }
    }
    char letter = *p++;
    int64_t each = itemSize(letter, standard);
    if (!each) {
      fail(letter ? "bad char in struct format" : "embedded null character");
      return false;
    }
    if (!standard)
      size = (size + each - 1) / each * each;
    int64_t bytes;
    if (__builtin_mul_overflow(repeat, each, &bytes) || __builtin_add_overflow(size, bytes, &bytes))
      return tooLong();
    if (letter != 'x' && (repeat || letter == 's' || letter == 'p'))
      fields[count++] = {letter, big, standard, repeat, each, size};
    if (letter == 's' || letter == 'p')
      items++;
    else if (letter != 'x')
      items += repeat;
    size = bytes;
  }
  out->fields = fields;
  out->fieldCount = count;
  out->size = size;
  out->items = items;
  return true;
}

static Struct *structFor_py(Class *cls, Value format) {
  Bytes *text;
  if (strCheck(format)) {
    Value encoded = krt_codec_encode_py(format.as<Str>(), "ascii", nullptr);
    if (!encoded)
      return nullptr;
    text = encoded.as<Bytes>();
  } else if (bytesCheck(format)) {
    text = format.as<Bytes>();
  } else {
    krt_raise(kTypeError, "Struct() argument 1 must be a str or bytes object, not %.200T", format);
    return nullptr;
  }
  auto *result = static_cast<Struct *>(krt_instance_new(cls, 0));
  result->format = text;
  return compile(result) ? result : nullptr;
}

static Struct *cached_py(Value format) {
  if (isExact(format, krt_struct_class))
    return format.as<Struct>();
  bool keyed = isExact(format, krt_str_class) || isExact(format, krt_bytes_class);
  if (cache && keyed) {
    Value found = krt_dict_get_py(cache, format);
    if (found)
      return found.as<Struct>();
    if (errorPending())
      return nullptr;
  }
  Struct *made = structFor_py(&krt_struct_class, format);
  if (!made || !keyed)
    return made;
  if (!cache || cache->used > 100)
    cache = krt_dict_new();
  return krt_dict_set_py(cache, format, made) < 0 ? nullptr : made;
}

// ---- Packing ----------------------------------------------------------------------------------------

static void putInteger(uint8_t *out, uint64_t bits, int64_t size, bool big) {
  for (int64_t i = 0; i < size; i++)
    out[big ? size - 1 - i : i] = static_cast<uint8_t>(bits >> 8 * i);
}
static uint64_t getInteger(const uint8_t *in, int64_t size, bool big) {
  uint64_t bits = 0;
  for (int64_t i = 0; i < size; i++)
    bits |= static_cast<uint64_t>(in[big ? size - 1 - i : i]) << 8 * i;
  return bits;
}

static bool packInteger_py(const StructField &field, uint8_t *out, Value v) {
  if (!krt_int_check(v)) {
    if (!classOf(v)->slots.index) {
      fail("required argument is not an integer");
      return false;
    }
    v = krt_index_py(v);
    if (!v)
      return false;
  }
  Value plain = krt_int_plain(v);
  bool isSigned = std::strchr("bhilqn", field.letter);
  int64_t bits = field.size * 8;
  if (field.letter == 'P') { // any sign
    int64_t i;
    uint64_t u;
    if (krt_int_to_i64(plain, &i)) {
      putInteger(out, static_cast<uint64_t>(i), 8, false);
      return true;
    }
    if (!krt_int_to_u64(plain, &u)) {
      fail("int too large to convert");
      return false;
    }
    putInteger(out, u, 8, false);
    return true;
  }
  int64_t low = isSigned ? -(INT64_C(1) << (bits - 1)) : 0;
  uint64_t high = isSigned     ? (uint64_t{1} << (bits - 1)) - 1
                  : bits == 64 ? UINT64_MAX
                               : (uint64_t{1} << bits) - 1;
  int64_t value = 0;
  uint64_t unsignedValue = 0;
  bool fits = isSigned ? krt_int_to_i64(plain, &value) && value >= low && value <= static_cast<int64_t>(high)
                       : krt_int_to_u64(plain, &unsignedValue) && unsignedValue <= high;
  if (fits) {
    putInteger(out, isSigned ? static_cast<uint64_t>(value) : unsignedValue, field.size, field.bigEndian);
    return true;
  }
  int64_t asLong;
  bool inLong = krt_int_to_i64(plain, &asLong);
  const char *word = field.letter == 'b'   ? "byte"
                     : field.letter == 'B' ? "ubyte"
                     : field.letter == 'h' ? "short"
                                           : "ushort";
  if (field.size == 1 || (field.size == 2 && !field.bigEndian))
    fail("%s format requires %lld <= number <= %lld", word, static_cast<long long>(low),
         static_cast<long long>(high));
  else if (!inLong || field.size == 8 || (!isSigned && !field.standard && asLong < 0))
    fail(field.bigEndian ? "int too large to convert" : "argument out of range");
  else
    fail("'%c' format requires %lld <= number <= %lld", static_cast<int>(field.letter),
         static_cast<long long>(low), static_cast<long long>(high));
  return false;
}

static bool packFloat_py(const StructField &field, uint8_t *out, Value v) {
  double d = floatCheck(v) ? floatValue(v) : krt_double_py(v);
  if (d == -1.0 && errorPending()) {
    krt_error_clear();
    fail("required argument is not a float");
    return false;
  }
  if (field.letter == 'd') {
    putInteger(out, std::bit_cast<uint64_t>(d), 8, field.bigEndian);
    return true;
  }
  if (field.letter == 'f') {
    auto f = static_cast<float>(d);
    if (std::isinf(f) && std::isfinite(d) && field.standard) {
      krt_raise(kOverflowError, "float too large to pack with f format");
      return false;
    }
    putInteger(out, std::bit_cast<uint32_t>(f), 4, field.bigEndian);
    return true;
  }
  auto h = static_cast<_Float16>(d);
  if (std::isinf(static_cast<double>(h)) && std::isfinite(d)) {
    krt_raise(kOverflowError, "float too large to pack with e format");
    return false;
  }
  putInteger(out, std::bit_cast<uint16_t>(h), 2, field.bigEndian);
  return true;
}

static bool packText(const StructField &field, uint8_t *out, Value v) {
  const uint8_t *data;
  int64_t size;
  if (bytesCheck(v)) {
    data = v.as<Bytes>()->data;
    size = v.as<Bytes>()->length;
  } else if (byteArrayCheck(v)) {
    data = v.as<ByteArray>()->data;
    size = v.as<ByteArray>()->length;
  } else {
    fail("argument for '%c' must be a bytes object", static_cast<int>(field.letter));
    return false;
  }
  int64_t prefix = field.letter == 'p';
  int64_t room = field.count - prefix;
  if (field.count == 0)
    return true;
  size = std::min(size, room);
  if (size > 0)
    std::memcpy(out + prefix, data, static_cast<size_t>(size));
  if (prefix)
    out[0] = static_cast<uint8_t>(std::min<int64_t>(size, 255));
  return true;
}

/// [args] are as many as the format has items.
static bool packAll_py(Struct *self, const Value *args, uint8_t *out) {
  std::memset(out, 0, static_cast<size_t>(self->size));
  for (int64_t i = 0; i < self->fieldCount; i++) {
    const StructField &field = self->fields[i];
    uint8_t *at = out + field.offset;
    if (field.letter == 's' || field.letter == 'p') {
      if (!packText(field, at, *args++))
        return false;
      continue;
    }
    for (int64_t k = 0; k < field.count; k++, at += field.size) {
      Value v = *args++;
      bool good;
      switch (field.letter) {
      case 'c':
        good = bytesCheck(v) && v.as<Bytes>()->length == 1;
        if (good)
          *at = v.as<Bytes>()->data[0];
        else
          fail("char format requires a bytes object of length 1");
        break;
      case '?': {
        int truth = krt_truth_py(v);
        good = truth >= 0;
        *at = truth > 0;
        break;
      }
      case 'e':
      case 'f':
      case 'd':
        good = packFloat_py(field, at, v);
        break;
      default:
        good = packInteger_py(field, at, v);
      }
      if (!good)
        return false;
    }
  }
  return true;
}

Value krt_struct_pack_py(Struct *self, ArgSpan args) {
  if (static_cast<int64_t>(args.size) != self->items)
    return fail("pack expected %lld items for packing (got %zu)", static_cast<long long>(self->items),
                args.size);
  if (self->size == 0)
    return krt_bytes_empty;
  Bytes *result = TRY(krt_bytes_raw(static_cast<size_t>(self->size)));
  if (!packAll_py(self, args.data, result->data))
    return {};
  return self->size == 1 ? Value(krt_bytes_new(result->data, 1)) : Value(result);
}

Value krt_struct_packInto_py(Struct *self, ArgSpan args) {
  if (static_cast<int64_t>(args.size) != self->items + 2) {
    if (args.size == 0)
      return fail("pack_into expected buffer argument");
    if (args.size == 1)
      return fail("pack_into expected offset argument");
    return fail("pack_into expected %lld items for packing (got %zu)", static_cast<long long>(self->items),
                args.size - 2);
  }
  BytesLike buffer;
  if (!krt_buffer_check(args.data[0]) || !buffer.acquire_py(args.data[0], kBufferWritable)) {
    krt_error_clear();
    return krt_raise(kTypeError, "argument must be read-write bytes-like object, not %.200T", args.data[0]);
  }
  int64_t offset = krt_index_i64_py(args.data[1], kIndexError);
  if (offset == -1 && errorPending())
    return {};
  auto have = static_cast<long long>(buffer.size()), need = static_cast<long long>(self->size),
       given = static_cast<long long>(offset);
  if (offset < 0) {
    if (offset + self->size > 0)
      return fail("no space to pack %lld bytes at offset %lld", need, given);
    if (offset + buffer.size() < 0)
      return fail("offset %lld out of range for %lld-byte buffer", given, have);
    offset += buffer.size();
  }
  if (buffer.size() - offset < self->size)
    return fail("pack_into requires a buffer of at least %llu bytes for packing %lld bytes at offset %lld "
                "(actual buffer size is %lld)",
                static_cast<unsigned long long>(need) + static_cast<unsigned long long>(offset), need,
                static_cast<long long>(offset), have);
  return packAll_py(self, args.data + 2, buffer.writable() + offset) ? kNone : Value();
}

// ---- Unpacking --------------------------------------------------------------------------------------

static Value unpackItem(const StructField &field, const uint8_t *at) {
  switch (field.letter) {
  case 'c':
    return krt_bytes_new(at, 1);
  case '?':
    return boolean(*at);
  case 'd':
    return floatBox(std::bit_cast<double>(getInteger(at, 8, field.bigEndian)));
  case 'f':
    return floatBox(std::bit_cast<float>(static_cast<uint32_t>(getInteger(at, 4, field.bigEndian))));
  case 'e':
    return floatBox(static_cast<double>(
        std::bit_cast<_Float16>(static_cast<uint16_t>(getInteger(at, 2, field.bigEndian)))));
  default:
    break;
  }
  uint64_t bits = getInteger(at, field.size, field.bigEndian);
  if (!std::strchr("bhilqn", field.letter))
    return krt_int_from_u64(bits);
  int shift = static_cast<int>(64 - field.size * 8);
  return krt_int_from_i64(static_cast<int64_t>(bits << shift) >> shift);
}

static Value unpackAll(Struct *self, const uint8_t *data) {
  Tuple *result = krt_tuple_new(static_cast<size_t>(self->items));
  int64_t next = 0;
  for (int64_t i = 0; i < self->fieldCount; i++) {
    const StructField &field = self->fields[i];
    const uint8_t *at = data + field.offset;
    if (field.letter == 's') {
      result->items[next++] = TRY(krt_bytes_new(at, static_cast<size_t>(field.count)));
    } else if (field.letter == 'p') {
      int64_t size = field.count ? std::min<int64_t>(at[0], field.count - 1) : 0;
      result->items[next++] = TRY(krt_bytes_new(at + 1, static_cast<size_t>(size)));
    } else {
      for (int64_t k = 0; k < field.count; k++, at += field.size)
        result->items[next++] = TRY(unpackItem(field, at));
    }
  }
  return result;
}

Value krt_struct_unpack_py(Struct *self, Value buffer) {
  BytesLike bytes;
  if (!bytes.acquire_py(buffer))
    return {};
  if (bytes.size() != self->size)
    return fail("unpack requires a buffer of %lld bytes", static_cast<long long>(self->size));
  return unpackAll(self, bytes.data());
}

Value krt_struct_unpackFrom_py(Struct *self, Value buffer, int64_t offset) {
  BytesLike bytes;
  if (!bytes.acquire_py(buffer))
    return {};
  auto have = static_cast<long long>(bytes.size()), need = static_cast<long long>(self->size);
  if (offset < 0) {
    if (offset + self->size > 0)
      return fail("not enough data to unpack %lld bytes at offset %lld", need,
                  static_cast<long long>(offset));
    if (offset + bytes.size() < 0)
      return fail("offset %lld out of range for %lld-byte buffer", static_cast<long long>(offset), have);
    offset += bytes.size();
  }
  if (bytes.size() - offset < self->size)
    return fail("unpack_from requires a buffer of at least %llu bytes for unpacking %lld bytes at offset "
                "%lld (actual buffer size is %lld)",
                static_cast<unsigned long long>(need) + static_cast<unsigned long long>(offset), need,
                static_cast<long long>(offset), have);
  return unpackAll(self, bytes.data() + offset);
}

Value krt_struct_iterUnpack_py(Struct *self, Value buffer) {
  if (self->size == 0)
    return fail("cannot iteratively unpack with a struct of length 0");
  BytesLike bytes;
  if (!bytes.acquire_py(buffer))
    return {};
  if (bytes.size() % self->size)
    return fail("iterative unpacking requires a buffer of a multiple of %lld bytes",
                static_cast<long long>(self->size));
  auto *iter = gcNew<StructIter>(krt_unpack_iterator_class);
  iter->format = self;
  iter->data = TRY(krt_bytes_new(bytes.data(), static_cast<size_t>(bytes.size())));
  return iter;
}
static Value iterSelf(Value self) { return self; }
static Value iterNext(Value self) {
  auto *iter = self.as<StructIter>();
  if (iter->offset >= iter->data->length)
    return {};
  const uint8_t *at = iter->data->data + iter->offset;
  iter->offset += iter->format->size;
  return unpackAll(iter->format, at);
}
int64_t krt_unpack_iterator_lengthHint(StructIter *self) {
  return (self->data->length - self->offset) / self->format->size;
}

// ---- Functions, class, module -----------------------------------------------------------------------

Value krt__struct_pack_py(ArgSpan args) {
  if (args.size == 0)
    return krt_raise(kTypeError, "missing format argument");
  Struct *format = TRY(cached_py(args.data[0]));
  return krt_struct_pack_py(format, {args.data + 1, args.size - 1});
}
Value krt__struct_packInto_py(ArgSpan args) {
  if (args.size == 0)
    return krt_raise(kTypeError, "missing format argument");
  Struct *format = TRY(cached_py(args.data[0]));
  return krt_struct_packInto_py(format, {args.data + 1, args.size - 1});
}
Value krt__struct_unpack_py(Value format, Value buffer) {
  return krt_struct_unpack_py(TRY(cached_py(format)), buffer);
}
Value krt__struct_unpackFrom_py(Value format, Value buffer, int64_t offset) {
  return krt_struct_unpackFrom_py(TRY(cached_py(format)), buffer, offset);
}
Value krt__struct_iterUnpack_py(Value format, Value buffer) {
  return krt_struct_iterUnpack_py(TRY(cached_py(format)), buffer);
}
Value krt__struct_calcsize_py(Value format) { return smallInt(TRY(cached_py(format))->size); }
Value krt__struct_clearcache() {
  cache = nullptr;
  return kNone;
}

Value krt_struct_create_py(Class *cls, Value format) { return TRY(structFor_py(cls, format)); }
Value krt_struct_format(Value self) {
  return krt_str_from_latin1(self.as<Struct>()->format->data,
                             static_cast<size_t>(self.as<Struct>()->format->length));
}
Value krt_struct_size(Value self) { return smallInt(self.as<Struct>()->size); }

extern "C" {
constinit Class krt_struct_class = {
    .flags = kClassBase,
    .nativeName = "_struct.Struct",
    .basicSize = sizeof(Struct),
    .slots = {.make = krt_struct_make},
    .methods = krt_struct_defs,
    .doc = krt_struct_doc,
};
constinit Class krt_unpack_iterator_class = {
    .nativeName = "_struct.unpack_iterator",
    .basicSize = sizeof(StructIter),
    .slots = {.iter = iterSelf, .next = iterNext},
    .methods = krt_unpack_iterator_defs,
    .doc = krt_unpack_iterator_doc,
};
}

bool krt__struct_init(Module *module) {
  krt_class_ready(&krt_struct_class);
  krt_class_ready(&krt_unpack_iterator_class);
  krt_dict_set_str(module->dict, KSTR(Struct), Value(&krt_struct_class));
  if (!errorClass) {
    Value base = kException;
    Dict *ns = krt_dict_new();
    krt_dict_set_str(ns, KSTR(__module__), KSTR(struct));
    Value made =
        krt_class_make_py(&krt_type_class, KSTR(error), krt_tuple_from(&base, 1), ns, nullptr, nullptr);
    if (!made)
      return false;
    errorClass = made.as<Class>();
  }
  krt_dict_set_str(module->dict, KSTR(error), Value(errorClass));
  return true;
}

} // namespace krait
