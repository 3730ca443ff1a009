// array.cpp - see array.h in this folder.
#include "stdlib/native/array.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/bytes.h"
#include "runtime/object/exports.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "stdlib/native/class_module.h"

#include <algorithm>

#include "stdlib/native/array.bind.inc"

namespace krait {

/// What a type code means. [set] stores an item, false with an exception pending.
struct ArrayType {
  char code;
  uint8_t size;
  const char *format; // of the buffer
  Value (*get)(const uint8_t *from);
  bool (*set)(uint8_t *to, Value value);
  int machineFormat; // number in pickles
  bool integer;
};

namespace {

Array *array(Value v) { return v.as<Array>(); }

template <typename T> T load(const uint8_t *from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
template <typename T> bool store(uint8_t *to, T value) {
  std::memcpy(to, &value, sizeof value);
  return true;
}

template <typename T> Value getSmall(const uint8_t *from) { return smallInt(load<T>(from)); }
Value getSigned(const uint8_t *from) { return krt_int_from_i64(load<int64_t>(from)); }
Value getUnsigned(const uint8_t *from) { return krt_int_from_u64(load<uint64_t>(from)); }
Value getFloat(const uint8_t *from) { return floatBox(load<float>(from)); }
Value getDouble(const uint8_t *from) { return floatBox(load<double>(from)); }
Value getChar(const uint8_t *from) {
  uint32_t c = load<uint32_t>(from);
  if (c > 0x10ffff)
    return krt_raise(kValueError, "character U+%s is not in range [U+0000; U+10ffff]", [c] {
      static char text[16];
      std::snprintf(text, sizeof text, "%x", c);
      return text;
    }());
  return krt_str_from_char(c);
}

bool outOfRange(const char *message) {
  krt_raise(kOverflowError, "%s", message);
  return false;
}
/// A plain integer; null with TypeError pending.
Value integer(Value value) {
  if (value.isInt())
    return value;
  return krt_index_py(value);
}
/// A value that fits a C long.
bool asLong(Value value, int64_t *out) {
  Value plain = integer(value);
  if (!plain)
    return false;
  return krt_int_to_i64(plain, out) || outOfRange("Python int too large to convert to C long");
}
/// As the argument parser of C types reads short, int: out of its range first, then of the type's own.
template <typename T>
bool setLimited(uint8_t *to, Value value, int64_t low, int64_t high, const char *below, const char *above) {
  int64_t number;
  if (!asLong(value, &number))
    return false;
  if (number < low || number > high)
    return outOfRange(number < low ? below : above);
  return store(to, static_cast<T>(number));
}
bool setI8(uint8_t *to, Value value) {
  int64_t number;
  if (!asLong(value, &number))
    return false;
  if (number < INT16_MIN || number > INT16_MAX)
    return outOfRange(number < 0 ? "signed short integer is less than minimum"
                                 : "signed short integer is greater than maximum");
  if (number < INT8_MIN || number > INT8_MAX)
    return outOfRange(number < 0 ? "signed char is less than minimum"
                                 : "signed char is greater than maximum");
  return store(to, static_cast<int8_t>(number));
}
bool setU8(uint8_t *to, Value value) {
  return setLimited<uint8_t>(to, value, 0, 255, "unsigned byte integer is less than minimum",
                             "unsigned byte integer is greater than maximum");
}
bool setI16(uint8_t *to, Value value) {
  return setLimited<int16_t>(to, value, INT16_MIN, INT16_MAX, "signed short integer is less than minimum",
                             "signed short integer is greater than maximum");
}
bool setU16(uint8_t *to, Value value) {
  int64_t number;
  if (!asLong(value, &number))
    return false;
  if (number < INT32_MIN || number > INT32_MAX)
    return outOfRange(number < 0 ? "signed integer is less than minimum"
                                 : "signed integer is greater than maximum");
  if (number < 0 || number > UINT16_MAX)
    return outOfRange(number < 0 ? "unsigned short is less than minimum"
                                 : "unsigned short is greater than maximum");
  return store(to, static_cast<uint16_t>(number));
}
bool setI32(uint8_t *to, Value value) {
  return setLimited<int32_t>(to, value, INT32_MIN, INT32_MAX, "signed integer is less than minimum",
                             "signed integer is greater than maximum");
}
bool asUnsigned(Value value, uint64_t *out, const char *negative, const char *large) {
  Value plain = integer(value);
  if (!plain)
    return false;
  if (krt_int_sign(plain) < 0)
    return outOfRange(negative);
  return krt_int_to_u64(plain, out) || outOfRange(large);
}
bool setU32(uint8_t *to, Value value) {
  uint64_t number;
  if (!asUnsigned(value, &number, "can't convert negative value to unsigned int",
                  "Python int too large to convert to C unsigned long"))
    return false;
  return number <= UINT32_MAX ? store(to, static_cast<uint32_t>(number))
                              : outOfRange("unsigned int is greater than maximum");
}
bool setI64(uint8_t *to, Value value) {
  int64_t number;
  return asLong(value, &number) && store(to, number);
}
bool setQ(uint8_t *to, Value value) {
  Value plain = integer(value);
  int64_t number;
  if (!plain)
    return false;
  return krt_int_to_i64(plain, &number) ? store(to, number) : outOfRange("int too big to convert");
}
bool setU64(uint8_t *to, Value value) {
  uint64_t number;
  return asUnsigned(value, &number, "can't convert negative value to unsigned int",
                    "Python int too large to convert to C unsigned long") &&
         store(to, number);
}
bool setUQ(uint8_t *to, Value value) {
  uint64_t number;
  return asUnsigned(value, &number, "can't convert negative int to unsigned", "int too big to convert") &&
         store(to, number);
}
bool asDouble(Value value, double *out) {
  *out = floatCheck(value) ? floatValue(value) : krt_double_py(value);
  return *out != -1.0 || !errorPending();
}
bool setFloat(uint8_t *to, Value value) {
  double number;
  return asDouble(value, &number) && store(to, static_cast<float>(number));
}
bool setDouble(uint8_t *to, Value value) {
  double number;
  return asDouble(value, &number) && store(to, number);
}
bool setChar(uint8_t *to, Value value) {
  if (!strCheck(value) || value.as<Str>()->length() != 1) {
    krt_raise(kTypeError, "array item must be unicode character");
    return false;
  }
  return store(to, value.as<Str>()->at(0));
}

const ArrayType types[] = {
    {'b', 1, "b", getSmall<int8_t>, setI8, 1, true},    {'B', 1, "B", getSmall<uint8_t>, setU8, 0, true},
    {'u', 4, "w", getChar, setChar, 20, false},         {'h', 2, "h", getSmall<int16_t>, setI16, 4, true},
    {'H', 2, "H", getSmall<uint16_t>, setU16, 2, true}, {'i', 4, "i", getSmall<int32_t>, setI32, 8, true},
    {'I', 4, "I", getSmall<uint32_t>, setU32, 6, true}, {'l', 8, "l", getSigned, setI64, 12, true},
    {'L', 8, "L", getUnsigned, setU64, 10, true},       {'q', 8, "q", getSigned, setQ, 12, true},
    {'Q', 8, "Q", getUnsigned, setUQ, 10, true},        {'f', 4, "f", getFloat, setFloat, 14, false},
    {'d', 8, "d", getDouble, setDouble, 16, false},
};
const ArrayType *typeOf(uint32_t code) {
  for (const ArrayType &type : types)
    if (static_cast<uint32_t>(type.code) == code)
      return &type;
  return nullptr;
}

Value itemAt(const Array *self, int64_t i) { return self->type->get(self->data + i * self->type->size); }

/// Makes the array [length] long; false with an exception pending.
bool resize(Array *self, int64_t length) {
  if (length != self->length && exportsHold(self->exports)) {
    krt_raise(kBufferError, "cannot resize an array that is exporting buffers");
    return false;
  }
  if (length > self->capacity) {
    int64_t capacity = length + (length >> 3) + (self->capacity ? 6 : 0), bytes;
    uint8_t *data = nullptr;
    if (!__builtin_mul_overflow(capacity, int64_t{self->type->size}, &bytes))
      data = static_cast<uint8_t *>(krt_gc_try(static_cast<size_t>(bytes), true));
    if (!data) {
      krt_raise_memory();
      return false;
    }
    if (self->length)
      std::memcpy(data, self->data, static_cast<size_t>(self->length * self->type->size));
    self->data = data;
    self->capacity = capacity;
  }
  self->length = length;
  return true;
}

Array *newArray(Class *cls, const ArrayType *type, int64_t length) {
  auto *self = newInstance<Array>(krt_typed_array_class, cls);
  self->type = type;
  return resize(self, length) ? self : nullptr;
}

bool append_py(Array *self, Value value) {
  // Converting may run code that changes the array, so the place is made afterwards.
  uint8_t room[8];
  if (!self->type->set(room, value) || !resize(self, self->length + 1))
    return false;
  std::memcpy(self->data + (self->length - 1) * self->type->size, room, self->type->size);
  return true;
}

bool extendIterable_py(Array *self, Value iterable) {
  Value iterator = krt_iter_py(iterable);
  if (!iterator)
    return false;
  while (Value item = krt_next_py(iterator))
    if (!append_py(self, item))
      return false;
  return !errorPending();
}

bool extendArray(Array *self, Array *other) {
  if (self->type != other->type) {
    krt_raise(kTypeError, "can only extend with array of same kind");
    return false;
  }
  int64_t count = other->length, before = self->length; // the two may be one
  if (!resize(self, before + count))
    return false;
  if (count)
    std::memmove(self->data + before * self->type->size, other->data,
                 static_cast<size_t>(count * self->type->size));
  return true;
}

bool appendBytes(Array *self, const void *data, int64_t size) {
  if (size % self->type->size) {
    krt_raise(kValueError, "bytes length not a multiple of item size");
    return false;
  }
  int64_t before = self->length;
  if (!resize(self, before + size / self->type->size))
    return false;
  if (size)
    std::memcpy(self->data + before * self->type->size, data, static_cast<size_t>(size));
  return true;
}

bool appendText(Array *self, Str *text) {
  int64_t before = self->length, count = text->length();
  if (!resize(self, before + count))
    return false;
  for (int64_t i = 0; i < count; ++i)
    store(self->data + (before + i) * 4, text->at(i));
  return true;
}

/// array(typecode[, initializer])
Value make(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  if (kwnames && kwnames->length &&
      (cls == &krt_typed_array_class || cls->slots.init == krt_object_class.slots.init))
    return krt_raise(kTypeError, "array.array() takes no keyword arguments");
  if (nargs < 1 || nargs > 2)
    return krt_raise(kTypeError,
                     nargs < 1 ? "array() takes at least 1 argument (%zu given)"
                               : "array() takes at most 2 arguments (%zu given)",
                     nargs);
  if (!strCheck(args[0]) || args[0].as<Str>()->length() != 1)
    return krt_raise(kTypeError, "array() argument 1 must be a unicode character, not %T", args[0]);
  uint32_t code = args[0].as<Str>()->at(0);
  Value initial = nargs == 2 ? args[1] : Value();
  TRY_AUDIT("array.__new__", args[0], auditValue(initial));
  const ArrayType *type = typeOf(code);
  if (initial && code != 'u') {
    char text[5] = {static_cast<char>(code)};
    if (strCheck(initial))
      return krt_raise(kTypeError, "cannot use a str to initialize an array with typecode '%s'", text);
    if (krt_instance(initial, &krt_typed_array_class) && array(initial)->type->code == 'u')
      return krt_raise(kTypeError, "cannot use a unicode array to initialize an array with typecode '%s'",
                       text);
  }
  if (!type)
    return krt_raise(kValueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  Array *self = TRY(newArray(cls, type, 0));
  if (!initial)
    return self;
  bool ok;
  if (krt_instance(initial, &krt_typed_array_class)) {
    auto *other = array(initial);
    ok = other->type == type ? extendArray(self, other) : extendIterable_py(self, initial);
  } else if (bytesCheck(initial)) {
    ok = appendBytes(self, initial.as<Bytes>()->data, initial.as<Bytes>()->length);
  } else if (byteArrayCheck(initial)) {
    ok = appendBytes(self, initial.as<ByteArray>()->data, initial.as<ByteArray>()->length);
  } else if (strCheck(initial)) {
    ok = appendText(self, initial.as<Str>());
  } else {
    ok = extendIterable_py(self, initial);
  }
  return ok ? Value(self) : Value();
}

Value repr(Value v) {
  auto *self = array(v);
  if (!self->length)
    return krt_str_format("%S('%c')", Value(classOf(v)->name), int{self->type->code});
  Value items = TRY(self->type->code == 'u' ? krt_typed_array_tounicode(v) : krt_typed_array_tolist(v));
  return krt_str_format("%S('%c', %R)", Value(classOf(v)->name), int{self->type->code}, items);
}

int unhashable(Value self, int64_t *) { return raiseInt(kTypeError, "unhashable type: '%T'", self); }

Value compare(Value a, Value b, CompareOp op) {
  if (!krt_instance(b, &krt_typed_array_class))
    return kNotImplemented;
  auto *left = array(a), *right = array(b);
  bool equality = op == CompareOp::Eq || op == CompareOp::Ne;
  if (equality && left->length != right->length)
    return boolean(op == CompareOp::Ne);
  if (equality && left->type == right->type && left->type->integer)
    return boolean(
        (std::memcmp(left->data, right->data, static_cast<size_t>(left->length * left->type->size)) == 0) ==
        (op == CompareOp::Eq));
  for (int64_t i = 0; i < left->length && i < right->length; ++i) {
    Value x = TRY(itemAt(left, i)), y = TRY(itemAt(right, i));
    // Not identity: a NaN is not equal to itself here.
    int equal = TRY_INT(krt_compare_truth_py(x, y, CompareOp::Eq));
    if (!equal)
      return op == CompareOp::Eq ? kFalse : op == CompareOp::Ne ? kTrue : krt_compare_py(x, y, op);
  }
  return krt_compare_py(smallInt(left->length), smallInt(right->length), op);
}

Value iter(Value self) {
  auto *iterator = gcNew<ArrayIter>(krt_array_iter_class);
  iterator->array = array(self);
  return iterator;
}
Value iterNext(Value self) {
  auto *iterator = self.as<ArrayIter>();
  if (!iterator->array)
    return {};
  if (iterator->index < iterator->array->length)
    return itemAt(iterator->array, iterator->index++);
  iterator->array = nullptr;
  return {};
}

int64_t search(Array *self, Value value, int64_t start, int64_t stop) {
  for (int64_t i = start; i < stop && i < self->length; ++i) {
    Value item = itemAt(self, i);
    if (!item)
      return -2;
    int equal = krt_compare_truth_py(item, value, CompareOp::Eq);
    if (equal)
      return equal < 0 ? -2 : i;
  }
  return -1;
}
int contains(Value self, Value value) {
  int64_t position = search(array(self), value, 0, INT64_MAX);
  return position == -2 ? -1 : position >= 0;
}

bool indexOf(Value key, const int64_t &length, const char *message, int64_t *out) {
  return sequenceIndex(key, length, "array indices must be integers", message, out);
}

Value getItem(Value v, Value key) {
  auto *self = array(v);
  if (!isExact(key, krt_slice_class)) {
    int64_t i;
    return indexOf(key, self->length, "array index out of range", &i) ? itemAt(self, i) : Value();
  }
  int64_t start, stop, step;
  Slice *slice = TRY(sliceSettled_py(key.as<Slice>()));
  int64_t count = krt_slice_adjust_py(slice, self->length, &start, &stop, &step);
  if (count < 0)
    return {};
  Array *part = TRY(newArray(&krt_typed_array_class, self->type, count));
  int64_t size = self->type->size;
  if (step == 1 && count)
    std::memcpy(part->data, self->data + start * size, static_cast<size_t>(count * size));
  else
    for (int64_t i = 0; i < count; ++i)
      std::memcpy(part->data + i * size, self->data + (start + i * step) * size, static_cast<size_t>(size));
  return part;
}

/// Replaces [count] items at [start] by [length] others; -1 with an exception pending.
int splice(Array *self, int64_t start, int64_t count, const uint8_t *items, int64_t length) {
  int64_t size = self->type->size, tail = self->length - start - count, before = self->length;
  if (length > count && !resize(self, before + length - count))
    return -1;
  if (length < count && exportsHold(self->exports))
    return raiseInt(kBufferError, "cannot resize an array that is exporting buffers");
  if (tail && length != count)
    std::memmove(self->data + (start + length) * size, self->data + (start + count) * size,
                 static_cast<size_t>(tail * size));
  if (length)
    std::memcpy(self->data + start * size, items, static_cast<size_t>(length * size));
  return length >= count || resize(self, before + length - count) ? 0 : -1;
}

/// Deletes [count] items from [start] on, each [step] > 0 behind the one before.
int thinOut(Array *self, int64_t start, int64_t step, int64_t count) {
  if (!count)
    return 0;
  if (exportsHold(self->exports))
    return raiseInt(kBufferError, "cannot resize an array that is exporting buffers");
  int64_t size = self->type->size, to = start;
  for (int64_t i = start, next = start, left = count; i < self->length; ++i) {
    if (left && i == next) {
      next += step;
      --left;
      continue;
    }
    std::memmove(self->data + to++ * size, self->data + i * size, static_cast<size_t>(size));
  }
  return resize(self, self->length - count) ? 0 : -1;
}

int setAt(Array *self, int64_t i, Value value) {
  uint8_t room[8];
  if (!self->type->set(room, value))
    return -1;
  if (i >= self->length)
    return raiseInt(kIndexError, "array assignment index out of range");
  std::memcpy(self->data + i * self->type->size, room, static_cast<size_t>(self->type->size));
  return 0;
}

int setSlice(Array *self, Slice *slice, Value value) {
  Array *other = nullptr;
  if (value) {
    if (!krt_instance(value, &krt_typed_array_class))
      return raiseInt(kTypeError, "can only assign array (not \"%T\") to array slice", value);
    other = array(value);
    if (other == self)
      other = array(TRY_OR_MINUS(krt_typed_array_copy(value)));
    if (other->type != self->type)
      return raiseInt(kTypeError, "bad argument type for built-in operation");
  }
  int64_t start, stop, step;
  slice = TRY_OR_MINUS(sliceSettled_py(slice));
  int64_t count = krt_slice_adjust_py(slice, self->length, &start, &stop, &step);
  if (count < 0)
    return -1;
  int64_t needed = other ? other->length : 0;
  if (step == 1)
    return splice(self, start, count, other ? other->data : nullptr, needed);
  if (!other)
    return step > 0 ? thinOut(self, start, step, count)
                    : thinOut(self, start + step * (count - 1), -step, count);
  if (needed != count)
    return raiseInt(kValueError, "attempt to assign array of size %lld to extended slice of size %lld",
                    static_cast<long long>(needed), static_cast<long long>(count));
  int64_t size = self->type->size;
  for (int64_t i = 0; i < count; ++i)
    std::memcpy(self->data + (start + i * step) * size, other->data + i * size, static_cast<size_t>(size));
  return 0;
}

int setItem(Value v, Value key, Value value) {
  auto *self = array(v);
  if (isExact(key, krt_slice_class))
    return setSlice(self, key.as<Slice>(), value);
  int64_t i;
  if (!indexOf(key, self->length, "array assignment index out of range", &i))
    return -1;
  return value ? setAt(self, i, value) : splice(self, i, 1, nullptr, 0);
}

Value concat(Value a, Value b) {
  if (!krt_instance(b, &krt_typed_array_class))
    return krt_raise(kTypeError, "can only append array (not \"%T\") to array", b);
  if (array(a)->type != array(b)->type)
    return krt_raise(kTypeError, "bad argument type for built-in operation");
  Array *result = TRY(newArray(&krt_typed_array_class, array(a)->type, 0));
  return extendArray(result, array(a)) && extendArray(result, array(b)) ? Value(result) : Value();
}
Value inplaceConcat(Value a, Value b) {
  if (!krt_instance(b, &krt_typed_array_class))
    return krt_raise(kTypeError, "can only extend array with array (not \"%T\")", b);
  return extendArray(array(a), array(b)) ? a : Value();
}
bool fillRepeated(Array *self, int64_t count, int64_t times) {
  int64_t total;
  if (__builtin_mul_overflow(count, times, &total) || total > INT64_MAX / 16) {
    krt_raise_memory();
    return false;
  }
  if (!resize(self, total))
    return false;
  int64_t size = self->type->size;
  for (int64_t done = count; done < total;) {
    int64_t step = std::min(done, total - done);
    std::memcpy(self->data + done * size, self->data, static_cast<size_t>(step * size));
    done += step;
  }
  return true;
}
Value repeat(Value a, int64_t n) {
  Array *result = TRY(newArray(&krt_typed_array_class, array(a)->type, 0));
  if (n <= 0)
    return result;
  return extendArray(result, array(a)) && fillRepeated(result, array(a)->length, n) ? Value(result) : Value();
}
Value inplaceRepeat(Value a, int64_t n) {
  return fillRepeated(array(a), array(a)->length, n < 0 ? 0 : n) ? a : Value();
}

int getBuffer(Value v, Buffer *out, int flags) {
  auto *self = array(v);
  static uint8_t none;
  bufferFillBytes(out, v, self->data ? self->data : &none, self->length * self->type->size, false);
  if (flags & kBufferFormat || (flags & kBufferFull) == kBufferFull)
    out->format = self->type->format;
  out->itemSize = out->ownStride = self->type->size;
  out->ownShape = self->length;
  self->exports++;
  return 0;
}
void releaseBuffer(Value self, Buffer *) { array(self)->exports--; }

/// The machine format of pickles, as numbers: which type it is here, the size of an item and its byte order.
struct MachineFormat {
  uint8_t size;
  bool isSigned, bigEndian;
};
const MachineFormat machineFormats[] = {
    {1, false, false}, {1, true, false},  {2, false, false}, {2, false, true}, {2, true, false},
    {2, true, true},   {4, false, false}, {4, false, true},  {4, true, false}, {4, true, true},
    {8, false, false}, {8, false, true},  {8, true, false},  {8, true, true}};

} // namespace

extern "C" {

Value krt_array_reconstructor_py(Value arrayType, Value typecode, int format, Value items) {
  if (!hasClassFlag(arrayType, kClassTypeSub))
    return krt_raise(kTypeError, "first argument must be a type object, not %T", arrayType);
  auto *cls = arrayType.as<Class>();
  if (!krt_subclass(cls, &krt_typed_array_class))
    return krt_raise(kTypeError, "%N is not a subtype of %N", cls, &krt_typed_array_class);
  if (!strCheck(typecode) || typecode.as<Str>()->length() != 1)
    return krt_raise(kTypeError, "_array_reconstructor() argument 2 must be a unicode character, not %T",
                     typecode);
  const ArrayType *type = typeOf(typecode.as<Str>()->at(0));
  if (!type)
    return krt_raise(kValueError, "second argument must be a valid type code");
  if (format < 0 || format > 21)
    return krt_raise(kValueError, "third argument must be a valid machine format code.");
  if (!bytesCheck(items))
    return krt_raise(kTypeError, "fourth argument should be bytes, not %T", items);
  auto *bytes = items.as<Bytes>();
  char letter[2] = {type->code, 0};
  Value code = strFrom(letter);
  Value args[2] = {code, items};
  if (format == type->machineFormat) {
    if (bytes->length % type->size)
      return krt_raise(kValueError, "string length not a multiple of item size");
    return krt_call_py(cls, args, 2, nullptr);
  }
  List *list = krt_list_new(0);
  if (format < 14) {
    const MachineFormat &from = machineFormats[format];
    if (bytes->length % from.size)
      return krt_raise(kValueError, "string length not a multiple of item size");
    for (int64_t i = 0; i < bytes->length; i += from.size) {
      uint64_t value = 0;
      for (int k = 0; k < from.size; ++k)
        value |= uint64_t{bytes->data[i + (from.bigEndian ? from.size - 1 - k : k)]} << (8 * k);
      int shift = 64 - 8 * from.size;
      krt_list_append(list, from.isSigned ? krt_int_from_i64(static_cast<int64_t>(value << shift) >> shift)
                                          : krt_int_from_u64(value));
    }
    // A type of the right size takes the place of one that is another size on this machine.
    for (const ArrayType &other : types)
      if (type->integer && other.integer && other.size == from.size &&
          (std::strchr("bhilq", other.code) != nullptr) == from.isSigned && type->size != from.size) {
        letter[0] = other.code;
        code = strFrom(letter);
        break;
      }
  } else if (format < 18) {
    int size = format < 16 ? 4 : 8;
    bool big = format & 1;
    if (bytes->length % size)
      return krt_raise(kValueError, "string length not a multiple of item size");
    for (int64_t i = 0; i < bytes->length; i += size) {
      uint8_t room[8];
      for (int k = 0; k < size; ++k)
        room[k] = bytes->data[i + (big ? size - 1 - k : k)];
      krt_list_append(list, size == 4 ? getFloat(room) : getDouble(room));
    }
  } else {
    static const char *const codecs[] = {"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"};
    Value decodeArgs[1] = {strFrom(codecs[format - 18])};
    Value text = TRY(krt_call_method_py(items, KSTR(decode), decodeArgs, 1));
    Value both[2] = {code, text};
    return krt_call_py(cls, both, 2, nullptr);
  }
  Value both[2] = {code, list};
  return krt_call_py(cls, both, 2, nullptr);
}

Value krt_typed_array_append_py(Value self, Value v) { return append_py(array(self), v) ? kNone : Value(); }
Value krt_typed_array_bufferInfo(Value self) {
  Value pair[2] = {krt_int_from_u64(reinterpret_cast<uint64_t>(array(self)->data)),
                   smallInt(array(self)->length)};
  return krt_tuple_from(pair, 2);
}
Value krt_typed_array_byteswap(Value v) {
  auto *self = array(v);
  int64_t size = self->type->size;
  for (int64_t i = 0; i < self->length; ++i)
    std::reverse(self->data + i * size, self->data + (i + 1) * size);
  return kNone;
}
Value krt_typed_array_count_py(Value v, Value value) {
  auto *self = array(v);
  int64_t count = 0;
  for (int64_t i = 0; i < self->length; ++i)
    count += TRY_INT(krt_compare_truth_py(TRY(itemAt(self, i)), value, CompareOp::Eq));
  return smallInt(count);
}
Value krt_typed_array_extend_py(Value self, Value other) {
  bool ok = krt_instance(other, &krt_typed_array_class) ? extendArray(array(self), array(other))
                                                        : extendIterable_py(array(self), other);
  return ok ? kNone : Value();
}
Value krt_typed_array_fromfile_py(Value v, Value file, int64_t n) {
  auto *self = array(v);
  int64_t bytes;
  if (n < 0)
    return krt_raise(kValueError, "negative count");
  if (__builtin_mul_overflow(n, int64_t{self->type->size}, &bytes))
    return krt_raise_memory();
  Value size = krt_int_from_i64(bytes);
  Value data = TRY(krt_call_method_py(file, KSTR(read), &size, 1));
  if (!bytesCheck(data))
    return krt_raise(kTypeError, "read() didn't return bytes");
  bool enough = data.as<Bytes>()->length == bytes;
  if (!appendBytes(self, data.as<Bytes>()->data, data.as<Bytes>()->length))
    return {};
  return enough ? kNone : krt_raise(kEOFError, "read() didn't return enough bytes");
}
Value krt_typed_array_fromlist_py(Value v, Value given) {
  auto *self = array(v);
  if (!hasClassFlag(given, kClassListSub))
    return krt_raise(kTypeError, "arg must be list");
  auto *list = given.as<List>();
  int64_t before = self->length, count = list->length;
  for (int64_t i = 0; i < count; ++i) {
    if (i >= list->length)
      krt_raise(kRuntimeError, "list changed size during iteration");
    if (i >= list->length || !append_py(self, list->items[i])) {
      self->length = before; // all or nothing
      return {};
    }
  }
  return kNone;
}
Value krt_typed_array_frombytes_py(Value self, Value given) {
  BytesLike bytes;
  if (!bytes.acquire_py(given))
    return {};
  return appendBytes(array(self), bytes.data(), bytes.size()) ? kNone : Value();
}
Value krt_typed_array_fromunicode(Value self, Str *text) {
  if (array(self)->type->code != 'u')
    return krt_raise(kValueError, "fromunicode() may only be called on unicode type arrays");
  return appendText(array(self), text) ? kNone : Value();
}
Value krt_typed_array_index_py(Value v, Value value, Value start, Value stop) {
  auto *self = array(v);
  int64_t from, to;
  if (!searchBound(start, self->length, 0, &from) || !searchBound(stop, self->length, INT64_MAX, &to))
    return {};
  int64_t position = search(self, value, from, to);
  if (position == -1)
    return krt_raise(kValueError, "array.index(x): x not in array");
  return position < 0 ? Value() : smallInt(position);
}
Value krt_typed_array_insert_py(Value v, int64_t i, Value value) {
  auto *self = array(v);
  uint8_t room[8];
  if (!self->type->set(room, value))
    return {};
  if (i < 0)
    i = std::max<int64_t>(0, i + self->length);
  return splice(self, std::min(i, self->length), 0, room, 1) == 0 ? kNone : Value();
}
Value krt_typed_array_pop(Value v, int64_t i) {
  auto *self = array(v);
  if (!self->length)
    return krt_raise(kIndexError, "pop from empty array");
  if (i < 0)
    i += self->length;
  if (i < 0 || i >= self->length)
    return krt_raise(kIndexError, "pop index out of range");
  Value item = TRY(itemAt(self, i));
  return splice(self, i, 1, nullptr, 0) == 0 ? item : Value();
}
Value krt_typed_array_remove_py(Value v, Value value) {
  int64_t position = search(array(v), value, 0, INT64_MAX);
  if (position == -1)
    return krt_raise(kValueError, "array.remove(x): x not in array");
  return position >= 0 && splice(array(v), position, 1, nullptr, 0) == 0 ? kNone : Value();
}
Value krt_typed_array_reverse(Value v) {
  auto *self = array(v);
  int64_t size = self->type->size;
  for (int64_t i = 0, j = self->length - 1; i < j; ++i, --j)
    std::swap_ranges(self->data + i * size, self->data + (i + 1) * size, self->data + j * size);
  return kNone;
}
Value krt_typed_array_tofile_py(Value v, Value file) {
  auto *self = array(v);
  int64_t bytes = self->length * self->type->size;
  constexpr int64_t kBlock = 64 * 1024;
  for (int64_t at = 0; at < bytes; at += kBlock) {
    Value part = krt_bytes_new(self->data + at, static_cast<size_t>(std::min(kBlock, bytes - at)));
    TRY(krt_call_method_py(file, KSTR(write), &part, 1));
  }
  return kNone;
}
Value krt_typed_array_tolist(Value v) {
  auto *self = array(v);
  List *list = krt_list_new(static_cast<size_t>(self->length));
  for (int64_t i = 0; i < self->length; ++i)
    krt_list_append(list, TRY(itemAt(self, i)));
  return list;
}
Value krt_typed_array_tobytes(Value v) {
  return krt_bytes_new(array(v)->data, static_cast<size_t>(array(v)->length * array(v)->type->size));
}
Value krt_typed_array_tounicode(Value v) {
  auto *self = array(v);
  if (self->type->code != 'u')
    return krt_raise(kValueError, "tounicode() may only be called on unicode type arrays");
  for (int64_t i = 0; i < self->length; ++i)
    TRY(itemAt(self, i));
  return krt_str_from_ucs4(reinterpret_cast<uint32_t *>(self->data), static_cast<size_t>(self->length));
}
Value krt_typed_array_copy(Value v) {
  Array *copy = TRY(newArray(&krt_typed_array_class, array(v)->type, 0));
  return extendArray(copy, array(v)) ? Value(copy) : Value();
}
Value krt_typed_array_deepcopy(Value v, Value) { return krt_typed_array_copy(v); }
Value krt_typed_array_reduceEx_py(Value v, Value protocol) {
  auto *self = array(v);
  if (!krt_int_check(protocol))
    return krt_raise(kTypeError, "__reduce_ex__ argument should be an integer");
  int64_t number = krt_index_i64_py(protocol, kOverflowError);
  if (number == -1 && errorPending())
    return {};
  Value state = krt_getattr_optional_py(v, KSTR(__dict__));
  if (errorPending())
    return {};
  if (!state)
    state = kNone;
  Value code = krt_typed_array_typecode(v);
  if (number < 3) {
    Value args[2] = {code, TRY(krt_typed_array_tolist(v))};
    return reduceTo(v, krt_tuple_from(args, 2), state);
  }
  Value importer = TRY(krt_builtin_py(KSTR(__import__)));
  Value module = TRY(krt_call1_py(importer, KSTR(array)));
  Value args[4] = {classOf(v), code, smallInt(self->type->machineFormat), TRY(krt_typed_array_tobytes(v))};
  Value parts[3] = {TRY(krt_getattr_py(module, KSTR(_array_reconstructor))), krt_tuple_from(args, 4), state};
  return krt_tuple_from(parts, 3);
}
int64_t krt_typed_array_sizeof(Value v) {
  return static_cast<int64_t>(sizeof(Array)) + array(v)->capacity * array(v)->type->size;
}
Value krt_typed_array_typecode(Value v) {
  return krt_str_from_char(static_cast<uint32_t>(array(v)->type->code));
}
int64_t krt_typed_array_itemsize(Value v) { return array(v)->type->size; }

Value krt_array_iter_reduce_py(Value self) {
  auto *iterator = self.as<ArrayIter>();
  if (!iterator->array)
    return reduceBuiltin("iter", krt_tuple_empty);
  return reduceBuiltin("iter", iterator->array, smallInt(iterator->index));
}
Value krt_array_iter_setState_py(Value self, Value state) {
  int64_t index = krt_index_i64_py(state, kOverflowError);
  if (index == -1 && errorPending())
    return {};
  auto *iterator = self.as<ArrayIter>();
  if (iterator->array)
    iterator->index = std::clamp<int64_t>(index, 0, iterator->array->length);
  return kNone;
}

Class krt_array_iter_class = {
    .nativeName = "array.arrayiterator",
    .basicSize = sizeof(ArrayIter),
    .slots = {.iter = iteratorSelf, .next = iterNext},
    .methods = krt_array_iter_defs,
};
Class krt_typed_array_class = {
    .flags = kClassBase | kClassSequence | kClassWeakref,
    .nativeName = "array.array",
    .basicSize = sizeof(Array),
    .slots = {.repr = repr,
              .hash = unhashable,
              .richcompare = compare,
              .iter = iter,
              .length = [](Value self) { return array(self)->length; },
              .contains = contains,
              .getitem = getItem,
              .setitem = setItem,
              .concat = concat,
              .repeat = repeat,
              .inplaceConcat = inplaceConcat,
              .inplaceRepeat = inplaceRepeat,
              .make = make,
              .getBuffer = getBuffer,
              .releaseBuffer = releaseBuffer},
    .methods = krt_typed_array_defs,
    .doc = krt_typed_array_doc,
};

} // extern "C"

bool krt_array_init(Module *module) {
  KRT_ALLOW_PY("an abstract class of the library takes the array in");
  addClass(module, &krt_typed_array_class);
  krt_class_ready(&krt_array_iter_class);
  krt_dict_set_str(module->dict, KSTR(ArrayType), Value(&krt_typed_array_class));
  char codes[std::size(types) + 1] = {};
  for (size_t i = 0; i < std::size(types); ++i)
    codes[i] = types[i].code;
  krt_dict_set_str(module->dict, KSTR(typecodes), strFrom(codes));
  // Arrays count as mutable sequences.
  Value names[4] = {KSTR(collections.abc), kNone, kNone, Value()};
  Value one[1] = {KSTR(MutableSequence)};
  names[3] = krt_tuple_from(one, 1);
  Value importer = krt_builtin_py(KSTR(__import__));
  Value abc = importer ? krt_call_py(importer, names, 4, nullptr) : Value();
  Value sequence = abc ? krt_getattr_py(abc, KSTR(MutableSequence)) : Value();
  Value self = &krt_typed_array_class;
  return sequence && krt_call_method_py(sequence, KSTR(register), &self, 1);
}

} // namespace krait
