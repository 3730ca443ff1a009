// bytes.cpp - the core of bytes and bytearray: allocation, buffers, comparison, repr.
// Methods shared by both are in bytes_methods.cpp.
#include "runtime/object/bytes.h"

#include "runtime/object/bytearray_methods.h"
#include "runtime/object/bytes_iter.h"
#include "runtime/object/bytes_methods.h"
#include "runtime/object/bytes_run.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/exports.h"
#include "runtime/object/format.h"
#include "runtime/object/int.h"
#include "runtime/object/iteration.h"
#include "runtime/object/protocol.h"
#include "runtime/object/sequence.h"
#include "runtime/object/str.h"
#include "runtime/object/str_search.h"

#include <algorithm>

namespace krait {

// ---- Allocation ---------------------------------------------------------------------------------

namespace {

/// b'' and the bytes of one byte exist once, in static memory.
struct StaticBytes {
  Shape *shape;
  int64_t hash, length;
  uint8_t data[8];
};
struct AllStatic {
  StaticBytes one[256];
  StaticBytes empty;
};
constexpr AllStatic makeStatics() {
  AllStatic all{};
  for (unsigned c = 0; c < 256; c++) {
    all.one[c] = {&krt_bytes_shape, -1, 1, {}};
    all.one[c].data[0] = static_cast<uint8_t>(c);
  }
  all.empty = {&krt_bytes_shape, 0, 0, {}};
  return all;
}
constinit AllStatic statics = makeStatics();
Bytes *oneByte(uint8_t b) { return reinterpret_cast<Bytes *>(&statics.one[b]); }

} // namespace

extern "C" {
Bytes *const krt_bytes_empty = reinterpret_cast<Bytes *>(&statics.empty);
}

Bytes *krt_bytes_raw(size_t size) {
  size_t bytes = sizeof(Bytes) + size + 1;
  Bytes *result;
  if (bytes < 1u << 20) {
    result = static_cast<Bytes *>(gcAllocateAtomic(bytes));
  } else {
    result = size > size_t{1} << 46 ? nullptr : static_cast<Bytes *>(krt_gc_try(bytes, true));
    if (!result) {
      krt_raise_memory();
      return nullptr;
    }
  }
  result->shape = &krt_bytes_shape;
  result->hash = -1;
  result->length = static_cast<int64_t>(size);
  result->data[size] = 0;
  return result;
}

Bytes *krt_bytes_new(const void *data, size_t size) {
  if (size <= 1)
    return size ? oneByte(*static_cast<const uint8_t *>(data)) : krt_bytes_empty;
  Bytes *result = krt_bytes_raw(size);
  if (result)
    std::memcpy(result->data, data, size);
  return result;
}

Bytes *krt_bytes_shrink(Bytes *bytes, size_t size) {
  if (size <= 1 || size < static_cast<size_t>(bytes->length) / 2)
    return krt_bytes_new(bytes->data, size);
  bytes->length = static_cast<int64_t>(size);
  bytes->data[size] = 0;
  return bytes;
}

ByteArray *krt_bytearray_new(const void *data, size_t size) {
  auto *array = gcNew<ByteArray>(krt_bytearray_class);
  if (size) {
    array->data = static_cast<uint8_t *>(krt_gc_try(size + 1, true));
    if (!array->data) {
      krt_raise_memory();
      return nullptr;
    }
    if (data)
      std::memcpy(array->data, data, size);
    array->data[size] = 0;
    array->length = static_cast<int64_t>(size);
    array->capacity = static_cast<int64_t>(size) + 1;
  }
  return array;
}

int krt_bytearray_resize(ByteArray *array, int64_t size) {
  if (size == array->length)
    return 0;
  if (exportsHold(array->exports))
    return raiseInt(kBufferError, "Existing exports of data: object cannot be re-sized");
  if (size + 1 > array->capacity || size < array->capacity / 4) {
    int64_t capacity = size + 1;
    if (size > array->length && array->length)
      capacity += size / 8 + (size < 9 ? 3 : 6);
    auto *data = static_cast<uint8_t *>(krt_gc_try(static_cast<size_t>(capacity), true));
    if (!data) {
      krt_raise_memory();
      return -1;
    }
    if (array->length)
      std::memcpy(data, array->data, static_cast<size_t>(std::min(size, array->length)));
    array->data = data;
    array->capacity = capacity;
  }
  array->length = size;
  array->data[size] = 0;
  return 0;
}

void BytesBuilder::grow(size_t more) {
  size_t capacity = std::max({length_ + more, capacity_ * 2, size_t{32}});
  auto *data = static_cast<uint8_t *>(gcAllocateAtomic(capacity));
  if (length_)
    std::memcpy(data, data_, length_);
  data_ = data;
  capacity_ = capacity;
}

// ---- Buffers ------------------------------------------------------------------------------------

int krt_buffer_get_py(Value object, Buffer *out, int flags) {
  const Class *cls = classOf(object);
  if (!cls->slots.getBuffer)
    return raiseInt(kTypeError, "a bytes-like object is required, not '%.100T'", object);
  return cls->slots.getBuffer(object, out, flags);
}

void krt_buffer_release(Buffer *buffer) {
  KRT_ALLOW_PY("only native classes have the slot");
  if (!buffer->owner)
    return;
  const Class *cls = classOf(buffer->owner);
  if (cls->slots.releaseBuffer)
    cls->slots.releaseBuffer(buffer->owner, buffer);
  buffer->owner = {};
}

bool krt_buffer_check(Value object) { return classOf(object)->slots.getBuffer != nullptr; }

bool BytesLike::acquire_py(Value object, int flags) {
  if (bytesCheck(object) && !(flags & kBufferWritable)) {
    data_ = object.as<Bytes>()->data;
    size_ = object.as<Bytes>()->length;
    return true;
  }
  if (krt_buffer_get_py(object, &buffer_, flags) < 0)
    return false;
  data_ = buffer_.data;
  size_ = buffer_.length;
  return true;
}

static int bytesGetBuffer(Value self, Buffer *out, int flags) {
  if (flags & kBufferWritable)
    return raiseInt(kBufferError, "Object is not writable.");
  bufferFillBytes(out, self, self.as<Bytes>()->data, self.as<Bytes>()->length, true);
  return 0;
}
static int byteArrayGetBuffer(Value self, Buffer *out, int flags) {
  auto *array = self.as<ByteArray>();
  bufferFillBytes(out, self, array->data, array->length, false);
  array->exports++;
  return 0;
}
static void byteArrayReleaseBuffer(Value self, Buffer *) { self.as<ByteArray>()->exports--; }

// ---- Repr ---------------------------------------------------------------------------------------

/// [alwaysSingle]: as bytearray, which escapes single quotes even between double ones.
static Str *quoted(const uint8_t *data, int64_t size, bool alwaysSingle) {
  bool single = std::memchr(data, '\'', static_cast<size_t>(size)),
       dbl = std::memchr(data, '"', static_cast<size_t>(size));
  uint8_t quote = single && !dbl ? '"' : '\'';
  StrBuilder out;
  out.append('b');
  out.append(quote);
  for (int64_t i = 0; i < size; i++) {
    uint8_t c = data[i];
    if (c == quote || c == '\\' || (alwaysSingle && c == '\'')) {
      out.append('\\');
      out.append(c);
    } else if (c == '\t' || c == '\n' || c == '\r') {
      out.append('\\');
      out.append(c == '\t' ? 't' : c == '\n' ? 'n' : 'r');
    } else if (c < 32 || c > 126) {
      appendHexEscape(out, c);
    } else {
      out.append(c);
    }
  }
  out.append(quote);
  return out.finish();
}

Str *krt_bytes_repr(const uint8_t *data, int64_t size) { return quoted(data, size, false); }

static Value bytesRepr(Value self) {
  return krt_bytes_repr(self.as<Bytes>()->data, self.as<Bytes>()->length);
}
static Value byteArrayRepr(Value self) {
  Str *inner = quoted(self.as<ByteArray>()->data, self.as<ByteArray>()->length, true);
  return inner ? Value(krt_str_format("%s(%S)",
                                      classOf(self)->name ? strView(classOf(self)->name).data() : "bytearray",
                                      Value(inner)))
               : Value();
}

// ---- Slots --------------------------------------------------------------------------------------

Value likeReceiver(Value self, const void *data, size_t size) {
  if (bytesCheck(self))
    return krt_bytes_new(data, size);
  return krt_bytearray_new(data, size);
}

static int bytesHash(Value self, int64_t *out) {
  auto *bytes = self.as<Bytes>();
  if (bytes->hash == -1)
    bytes->hash = krt_hash_bytes(bytes->data, static_cast<size_t>(bytes->length));
  *out = bytes->hash;
  return 0;
}

int krt_bytes_warning = 0;

/// Under -b.
static Value comparedWithOther_py(Value a, Value b) {
  const char *what = strCheck(b) ? "string" : bytesCheck(a) && krt_int_check(b) ? "int" : nullptr;
  if (what && krt_warn_py(kBytesWarning, 1, "Comparison between %s and %s",
                          bytesCheck(a) ? "bytes" : "bytearray", what) < 0)
    return {};
  return kNotImplemented;
}

/// str(): as repr(), with a warning under -b.
static Value bytesStr_py(Value self) {
  if (krt_bytes_warning &&
      krt_warn_py(kBytesWarning, 1, "str() on a %s instance", bytesCheck(self) ? "bytes" : "bytearray") < 0)
    return {};
  return bytesCheck(self) ? bytesRepr(self) : byteArrayRepr(self);
}

/// Bytes compare with bytes; a bytearray with all that has bytes.
static Value bytesCompare(Value a, Value b, CompareOp op) {
  if (!krt_buffer_check(b) || (bytesCheck(a) && !bytesCheck(b)))
    return krt_bytes_warning && (op == CompareOp::Eq || op == CompareOp::Ne) ? comparedWithOther_py(a, b)
                                                                             : kNotImplemented;
  BytesLike x, y;
  if (!x.acquire_py(a) || !y.acquire_py(b)) {
    krt_error_clear();
    return kNotImplemented;
  }
  auto shorter = static_cast<size_t>(std::min(x.size(), y.size()));
  if (op == CompareOp::Eq || op == CompareOp::Ne) {
    bool equal = x.size() == y.size() && (shorter == 0 || std::memcmp(x.data(), y.data(), shorter) == 0);
    return boolean(equal == (op == CompareOp::Eq));
  }
  int order = shorter ? std::memcmp(x.data(), y.data(), shorter) : 0;
  if (order == 0)
    order = x.size() < y.size() ? -1 : x.size() > y.size();
  switch (op) {
  case CompareOp::Lt:
    return boolean(order < 0);
  case CompareOp::Le:
    return boolean(order <= 0);
  case CompareOp::Gt:
    return boolean(order > 0);
  default:
    return boolean(order >= 0);
  }
}

static int64_t bytesLength(Value self) { return runOf(self).size; }

static int bytesContains(Value self, Value item) {
  ByteRun run = runOf(self);
  if (krt_int_check(item) || (!krt_buffer_check(item) && classOf(item)->slots.index)) {
    Value plain = TRY_OR_MINUS(krt_index_py(item));
    if (!plain.isInt() || plain.asInt() < 0 || plain.asInt() > 255)
      return raiseInt(kValueError, "byte must be in range(0, 256)");
    return findChar(run.data, run.size, static_cast<uint32_t>(plain.asInt())) >= 0;
  }
  BytesLike needle;
  if (!needle.acquire_py(item))
    return -1;
  run = runOf(self);
  return findRun(run.data, run.size, needle.data(), needle.size()) >= 0;
}

static Value bytesGetItem(Value self, Value key) {
  const char *name = bytesCheck(self) ? "byte" : "bytearray";
  if (isExact(key, krt_slice_class)) {
    Slice *slice = TRY(sliceSettled_py(key.as<Slice>()));
    ByteRun run = runOf(self);
    int64_t start, stop, step, count = TRY_INT(krt_slice_adjust_py(slice, run.size, &start, &stop, &step));
    if (step == 1) {
      if (count == run.size && isExact(self, krt_bytes_class))
        return self;
      return likeReceiver(self, run.data + start, static_cast<size_t>(count));
    }
    BytesBuilder out;
    for (int64_t i = 0, at = start; i < count; i++, at += step)
      out.append(run.data[at]);
    return likeReceiver(self, out.data(), out.length());
  }
  if (!krt_int_check(key) && !classOf(key)->slots.index)
    return krt_raise(kTypeError, "%s indices must be integers or slices, not %.200T", name, key);
  int64_t index = krt_index_i64_py(key, kIndexError);
  if (index == -1 && errorPending())
    return {};
  ByteRun run = runOf(self);
  if (index < 0)
    index += run.size;
  if (index < 0 || index >= run.size)
    return krt_raise(kIndexError, bytesCheck(self) ? "index out of range" : "bytearray index out of range");
  return smallInt(run.data[index]);
}

static Value bytesConcat(Value a, Value b) {
  BytesLike x, y;
  if (!krt_buffer_check(a) || !krt_buffer_check(b))
    return krt_raise(kTypeError, "can't concat %.100T to %.100T", b, a);
  if (!x.acquire_py(a) || !y.acquire_py(b))
    return {};
  if (bytesCheck(a)) {
    if (x.size() == 0 && isExact(b, krt_bytes_class))
      return b;
    if (y.size() == 0 && isExact(a, krt_bytes_class))
      return a;
    Bytes *result = TRY(krt_bytes_raw(static_cast<size_t>(x.size() + y.size())));
    std::memcpy(result->data, x.data(), static_cast<size_t>(x.size()));
    std::memcpy(result->data + x.size(), y.data(), static_cast<size_t>(y.size()));
    return result;
  }
  ByteArray *result = TRY(krt_bytearray_new(nullptr, static_cast<size_t>(x.size() + y.size())));
  if (x.size())
    std::memcpy(result->data, x.data(), static_cast<size_t>(x.size()));
  if (y.size())
    std::memcpy(result->data + x.size(), y.data(), static_cast<size_t>(y.size()));
  return result;
}

static void fillRepeated(uint8_t *out, const uint8_t *unit, int64_t size, int64_t n) {
  if (size == 1) {
    std::memset(out, unit[0], static_cast<size_t>(n));
    return;
  }
  for (int64_t i = 0; i < n; i++)
    std::memcpy(out + i * size, unit, static_cast<size_t>(size));
}

static Value bytesRepeat(Value a, int64_t n) {
  ByteRun run = runOf(a);
  n = std::max<int64_t>(n, 0);
  if (n == 1 && isExact(a, krt_bytes_class))
    return a;
  int64_t total;
  if (__builtin_mul_overflow(run.size, n, &total))
    return krt_raise_memory();
  if (bytesCheck(a)) {
    if (total == 0)
      return krt_bytes_empty;
    Bytes *result = TRY(krt_bytes_raw(static_cast<size_t>(total)));
    fillRepeated(result->data, run.data, run.size, n);
    return result;
  }
  ByteArray *result = TRY(krt_bytearray_new(nullptr, static_cast<size_t>(total)));
  if (total)
    fillRepeated(result->data, run.data, run.size, n);
  return result;
}

static Value bytesModulo(Value a, Value b) {
  if (!bytesCheck(a) && !byteArrayCheck(a))
    return kNotImplemented;
  ByteRun run = runOf(a);
  return krt_bytes_percent_py(run.data, static_cast<size_t>(run.size), b, byteArrayCheck(a));
}

// ---- Iteration ----------------------------------------------------------------------------------

static Value bytesIter(Value self) {
  auto *iter = gcNew<BytesIter>(bytesCheck(self) ? krt_bytes_iterator_class : krt_bytearray_iterator_class);
  iter->bytes = self;
  return iter;
}
static Value bytesIterSelf(Value self) { return self; }
static Value bytesIterNext(Value self) {
  auto *iter = self.as<BytesIter>();
  if (!iter->bytes)
    return {};
  ByteRun run = runOf(iter->bytes);
  if (iter->index < run.size)
    return smallInt(run.data[iter->index++]);
  iter->bytes = {};
  return {};
}
int64_t krt_bytes_iterator_lengthHint(Value self) {
  auto *iter = self.as<BytesIter>();
  int64_t size = iter->bytes ? runOf(iter->bytes).size : 0;
  return size > iter->index ? size - iter->index : 0;
}
Value krt_bytes_iterator_reduce_py(Value self) {
  auto *iter = self.as<BytesIter>();
  return iter->bytes ? reducedIterator_py(iter->bytes, &iter->index) : reducedIterator_py(krt_tuple_empty);
}
Value krt_bytes_iterator_setState_py(Value self, Value state) {
  int64_t index = krt_index_i64_py(state, kOverflowError);
  if (index == -1 && errorPending())
    return {};
  auto *iter = self.as<BytesIter>();
  if (iter->bytes)
    iter->index = std::clamp<int64_t>(index, 0, runOf(iter->bytes).size);
  return kNone;
}

// ---- Changing a bytearray -----------------------------------------------------------------------

int byteValue_py(Value v) {
  Value plain = TRY_OR_MINUS(krt_index_py(v));
  if (!plain.isInt() || plain.asInt() < 0 || plain.asInt() > 255)
    return raiseInt(kValueError, "byte must be in range(0, 256)");
  return static_cast<int>(plain.asInt());
}

int byteArrayReplace(ByteArray *array, int64_t start, int64_t end, const uint8_t *data, int64_t size) {
  int64_t length = array->length, grown = length - (end - start) + size;
  if (grown > length && krt_bytearray_resize(array, grown) < 0)
    return -1;
  if (grown < length && exportsHold(array->exports))
    return raiseInt(kBufferError, "Existing exports of data: object cannot be re-sized");
  if (end < length)
    std::memmove(array->data + start + size, array->data + end, static_cast<size_t>(length - end));
  if (grown < length && krt_bytearray_resize(array, grown) < 0)
    return -1;
  if (size)
    std::memcpy(array->data + start, data, static_cast<size_t>(size));
  return 0;
}

/// What is assigned to a slice, as bytes: taken first, since the value may be the array itself, or run code.
static Bytes *sliceBytes_py(Value value) {
  if (!krt_buffer_check(value)) {
    if (krt_int_check(value) || strCheck(value)) {
      raiseInt(kTypeError, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
      return nullptr;
    }
    return krt_bytes_of_py(value);
  }
  BytesLike bytes;
  return bytes.acquire_py(value) ? krt_bytes_new(bytes.data(), static_cast<size_t>(bytes.size())) : nullptr;
}

static int byteArraySetSlice_py(ByteArray *array, Slice *slice, Value value) {
  Bytes *copy = krt_bytes_empty;
  if (value)
    copy = TRY_OR_MINUS(sliceBytes_py(value));
  slice = TRY_OR_MINUS(sliceSettled_py(slice));
  int64_t start, stop, step,
      count = TRY_INT_OR_MINUS(krt_slice_adjust_py(slice, array->length, &start, &stop, &step));
  if (step == 1)
    return byteArrayReplace(array, start, start + count, copy->data, copy->length);
  if (!value) {
    if (count && exportsHold(array->exports))
      return raiseInt(kBufferError, "Existing exports of data: object cannot be re-sized");
    if (step < 0) {
      start += step * (count - 1);
      step = -step;
    }
    int64_t out = start, next = start, left = count;
    for (int64_t i = start; i < array->length; i++) {
      if (left && i == next) {
        next += step;
        left--;
      } else {
        array->data[out++] = array->data[i];
      }
    }
    return count ? krt_bytearray_resize(array, array->length - count) : 0;
  }
  if (copy->length == 0 && exportsHold(array->exports)) // CPython takes this for a deletion
    return raiseInt(kBufferError, "Existing exports of data: object cannot be re-sized");
  if (copy->length != count)
    return raiseInt(kValueError, "attempt to assign bytes of size %lld to extended slice of size %lld",
                    static_cast<long long>(copy->length), static_cast<long long>(count));
  for (int64_t i = 0; i < count; i++)
    array->data[start + i * step] = copy->data[i];
  return 0;
}

static int byteArraySetItem(Value self, Value key, Value value) {
  auto *array = self.as<ByteArray>();
  if (isExact(key, krt_slice_class))
    return byteArraySetSlice_py(array, key.as<Slice>(), value);
  if (!krt_int_check(key) && !classOf(key)->slots.index)
    return raiseInt(kTypeError, "bytearray indices must be integers or slices, not %.200T", key);
  int64_t index = krt_index_i64_py(key, kIndexError);
  if (index == -1 && errorPending())
    return -1;
  int byte = value ? byteValue_py(value) : 0;
  if (byte < 0)
    return -1;
  if (index < 0)
    index += array->length;
  if (index < 0 || index >= array->length)
    return raiseInt(kIndexError, "bytearray index out of range");
  if (!value)
    return byteArrayReplace(array, index, index + 1, nullptr, 0);
  array->data[index] = static_cast<uint8_t>(byte);
  return 0;
}

static Value byteArrayInplaceConcat(Value a, Value b) {
  BytesLike bytes;
  if (!krt_buffer_check(b))
    return krt_raise(kTypeError, "can't concat %.100T to %.100T", b, a);
  if (a == b)
    b = TRY(krt_bytes_new(a.as<ByteArray>()->data, static_cast<size_t>(a.as<ByteArray>()->length)));
  if (!bytes.acquire_py(b))
    return {};
  auto *array = a.as<ByteArray>();
  if (byteArrayReplace(array, array->length, array->length, bytes.data(), bytes.size()) < 0)
    return {};
  return a;
}

static Value byteArrayInplaceRepeat(Value a, int64_t n) {
  auto *array = a.as<ByteArray>();
  int64_t size = array->length, total;
  n = std::max<int64_t>(n, 0);
  if (__builtin_mul_overflow(size, n, &total))
    return krt_raise_memory();
  if (krt_bytearray_resize(array, total) < 0)
    return {};
  for (int64_t i = 1; i < n; i++)
    std::memcpy(array->data + i * size, array->data, static_cast<size_t>(size));
  return a;
}

} // namespace krait

#include "runtime/object/bytearray_methods.bind.inc"
#include "runtime/object/bytes_iter.bind.inc"
#include "runtime/object/bytes_methods.bind.inc"

namespace krait {

constexpr int slotOf(BinaryOp op) { return static_cast<int>(op); }

extern "C" {
constinit Shape krt_bytes_shape = {.cls = &krt_bytes_class};
constinit Shape krt_bytearray_shape = {.cls = &krt_bytearray_class};
constinit Class krt_bytes_class = {
    .flags = kClassBase | kClassBytesSub | kClassMatchSelf,
    .nativeName = "bytes",
    .rootShape = &krt_bytes_shape,
    .basicSize = sizeof(Bytes),
    .itemSize = 1,
    .slots =
        {
            .repr = bytesRepr,
            .str = bytesStr_py,
            .hash = bytesHash,
            .richcompare = bytesCompare,
            .iter = bytesIter,
            .length = bytesLength,
            .contains = bytesContains,
            .getitem = bytesGetItem,
            .concat = bytesConcat,
            .repeat = bytesRepeat,
            .binary = {[slotOf(BinaryOp::Mod)] = bytesModulo},
            .make = krt_bytes_make,
            .getBuffer = bytesGetBuffer,
        },
    .methods = krt_bytes_defs,
    .doc = krt_bytes_doc,
};
constinit Class krt_bytearray_class = {
    .flags = kClassBase | kClassByteArraySub | kClassMatchSelf,
    .nativeName = "bytearray",
    .rootShape = &krt_bytearray_shape,
    .basicSize = sizeof(ByteArray),
    .slots =
        {
            .repr = byteArrayRepr,
            .str = bytesStr_py,
            .richcompare = bytesCompare,
            .iter = bytesIter,
            .length = bytesLength,
            .contains = bytesContains,
            .getitem = bytesGetItem,
            .setitem = byteArraySetItem,
            .concat = bytesConcat,
            .repeat = bytesRepeat,
            .inplaceConcat = byteArrayInplaceConcat,
            .inplaceRepeat = byteArrayInplaceRepeat,
            .binary = {[slotOf(BinaryOp::Mod)] = bytesModulo},
            .init = byteArrayInit_py,
            .make = krt_bytearray_make,
            .getBuffer = byteArrayGetBuffer,
            .releaseBuffer = byteArrayReleaseBuffer,
        },
    .methods = krt_bytearray_defs,
    .doc = krt_bytearray_doc,
};
constinit Class krt_bytes_iterator_class = {
    .nativeName = "bytes_iterator",
    .basicSize = sizeof(BytesIter),
    .slots = {.iter = bytesIterSelf, .next = bytesIterNext},
    .methods = krt_bytes_iterator_defs,
};
constinit Class krt_bytearray_iterator_class = {
    .nativeName = "bytearray_iterator",
    .basicSize = sizeof(BytesIter),
    .slots = {.iter = bytesIterSelf, .next = bytesIterNext},
    .methods = krt_bytearray_iterator_defs,
};
}

} // namespace krait
