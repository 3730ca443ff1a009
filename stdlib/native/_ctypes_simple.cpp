// _ctypes_simple.cpp - see _ctypes_simple.h: how each code reads and stores, their classes, and what they
// take as arguments.
#include "stdlib/native/_ctypes_simple.h"

#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/type.h"

#include <algorithm>
#include <cwchar>

#include "stdlib/native/_ctypes_simple.bind.inc"

namespace krait {

uint64_t lowBits(Value plain) {
  if (plain.isInt())
    return static_cast<uint64_t>(plain.asInt());
  auto *number = plain.as<Long>();
  uint64_t low = number->limbs[0];
  return number->size < 0 ? 0 - low : low;
}

namespace {

template <typename T> T load(const uint8_t *from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
template <typename T> Value store(uint8_t *to, T value) {
  std::memcpy(to, &value, sizeof value);
  return kNone;
}

// ---- Reading and storing --------------------------------------------------------------------------------

template <typename T> Value getInteger(const uint8_t *from, int64_t) {
  T value = load<T>(from);
  if constexpr (sizeof(T) < 8)
    return smallInt(value);
  else if constexpr (std::is_signed_v<T>)
    return krt_result_int64(value);
  else
    return krt_result_uint64(value);
}
template <typename T> Value setInteger(uint8_t *to, Value value, int64_t) {
  if (!value.isInt())
    value = TRY(krt_index_py(value));
  return store(to, static_cast<T>(lowBits(value)));
}
template <typename T> Value getFloating(const uint8_t *from, int64_t) {
  return floatBox(static_cast<double>(load<T>(from)));
}
template <typename T> Value setFloating(uint8_t *to, Value value, int64_t) {
  double number;
  if (value.isImmediateFloat()) {
    number = value.asImmediateFloat();
  } else {
    number = krt_double_py(value);
    if (number == -1.0 && errorPending())
      return {};
  }
  return store(to, static_cast<T>(number));
}
Value getWide(const uint8_t *from, int64_t) { return floatBox(static_cast<double>(load<long double>(from))); }
Value setWide(uint8_t *to, Value value, int64_t) {
  double number = krt_double_py(value);
  if (number == -1.0 && errorPending())
    return {};
  std::memset(to, 0, sizeof(long double)); // the padding, too
  return store(to, static_cast<long double>(number));
}
Value getBool(const uint8_t *from, int64_t) { return boolean(*from); }
Value setBool(uint8_t *to, Value value, int64_t) {
  *to = static_cast<uint8_t>(TRY_INT(krt_truth_py(value)));
  return kNone;
}
/// VARIANT_BOOL of Windows: all bits or none.
Value getVariantBool(const uint8_t *from, int64_t) { return boolean(load<int16_t>(from)); }
Value setVariantBool(uint8_t *to, Value value, int64_t) {
  int truth = TRY_INT(krt_truth_py(value));
  return store(to, static_cast<int16_t>(-truth));
}

Value getChar(const uint8_t *from, int64_t) { return krt_bytes_new(from, 1); }
Value setChar(uint8_t *to, Value value, int64_t) {
  if (bytesCheck(value) && value.as<Bytes>()->length == 1) {
    *to = value.as<Bytes>()->data[0];
    return kNone;
  }
  if (byteArrayCheck(value) && value.as<ByteArray>()->length == 1) {
    *to = value.as<ByteArray>()->data[0];
    return kNone;
  }
  if (int64_t number;
      krt_int_check(value) && krt_int_to_i64(krt_int_plain(value), &number) && number >= 0 && number < 256) {
    *to = static_cast<uint8_t>(number);
    return kNone;
  }
  return krt_raise(kTypeError, "one character bytes, bytearray or integer expected");
}
Value fromWide(const uint8_t *from, size_t length) {
  auto *text = reinterpret_cast<const uint32_t *>(from);
  for (size_t i = 0; i < length; ++i)
    if (load<uint32_t>(from + 4 * i) > 0x10ffff) {
      char shown[16];
      std::snprintf(shown, sizeof shown, "%x", load<uint32_t>(from + 4 * i));
      return krt_raise(kValueError, "character U+%s is not in range [U+0000; U+10ffff]", shown);
    }
  if (reinterpret_cast<uintptr_t>(from) % 4 == 0)
    return krt_str_from_ucs4(text, length);
  auto *aligned = static_cast<uint32_t *>(gcAllocateAtomic(4 * length));
  std::memcpy(aligned, from, 4 * length);
  return krt_str_from_ucs4(aligned, length);
}
Value getWideChar(const uint8_t *from, int64_t) { return fromWide(from, 1); }
Value setWideChar(uint8_t *to, Value value, int64_t) {
  if (!strCheck(value))
    return krt_raise(kTypeError, "unicode string expected instead of %T instance", value);
  if (value.as<Str>()->length() != 1)
    return krt_raise(kTypeError, "one character unicode string expected");
  return store(to, value.as<Str>()->at(0));
}

/// Text in an array of characters: up to the first 0.
Value getText(const uint8_t *from, int64_t size) {
  return krt_bytes_new(from, ::strnlen(reinterpret_cast<const char *>(from), static_cast<size_t>(size)));
}
Value setText(uint8_t *to, Value value, int64_t size) {
  if (!bytesCheck(value))
    return krt_raise(kTypeError, "expected bytes, %T found", value);
  auto *bytes = value.as<Bytes>();
  auto length = static_cast<int64_t>(std::strlen(reinterpret_cast<const char *>(bytes->data)));
  if (length > size)
    return krt_raise(kValueError, "bytes too long (%lld, maximum length %lld)",
                     static_cast<long long>(length), static_cast<long long>(size));
  // The 0 at the end is stored where there is room for it.
  std::memcpy(to, bytes->data, static_cast<size_t>(std::min(length + 1, size)));
  return kNone;
}
Value getWideText(const uint8_t *from, int64_t size) {
  size_t length = 0;
  while (length < static_cast<size_t>(size) / 4 && load<uint32_t>(from + 4 * length))
    ++length;
  return fromWide(from, length);
}
Value setWideText(uint8_t *to, Value value, int64_t size) {
  if (!strCheck(value))
    return krt_raise(kTypeError, "unicode string expected instead of %T instance", value);
  auto *text = value.as<Str>();
  int64_t room = size / 4;
  if (text->length() > room)
    return krt_raise(kValueError, "string too long (%lld, maximum length %lld)",
                     static_cast<long long>(text->length()), static_cast<long long>(room));
  for (int64_t i = 0; i < std::min(text->length() + 1, room); ++i)
    store(to + 4 * i, i < text->length() ? text->at(i) : 0);
  return kNone;
}

Value getAddress(const uint8_t *from, int64_t) {
  auto address = load<uint64_t>(from);
  return address ? krt_result_uint64(address) : kNone;
}
Value setAddress(uint8_t *to, Value value, int64_t) {
  if (value == kNone)
    return store<uint64_t>(to, 0);
  if (!krt_int_check(value))
    return krt_raise(kTypeError, "cannot be converted to pointer");
  return store(to, lowBits(krt_int_plain(value)));
}
Value getCharPointer(const uint8_t *from, int64_t) {
  auto *text = load<const char *>(from);
  return text ? Value(krt_bytes_new(text, std::strlen(text))) : kNone;
}
Value setCharPointer(uint8_t *to, Value value, int64_t) {
  if (bytesCheck(value)) {
    store<const uint8_t *>(to, value.as<Bytes>()->data);
    return value;
  }
  if (value != kNone && !krt_int_check(value))
    return krt_raise(kTypeError, "bytes or integer address expected instead of %T instance", value);
  return setAddress(to, value, 8);
}
Value getWidePointer(const uint8_t *from, int64_t) {
  auto *text = load<const wchar_t *>(from);
  return text ? fromWide(reinterpret_cast<const uint8_t *>(text), std::wcslen(text)) : kNone;
}
/// The characters of [text] and a 0 as C wants them.
Bytes *wideBytes(Str *text) {
  int64_t length = text->length();
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(4 * (length + 1))));
  for (int64_t i = 0; i <= length; ++i)
    store(bytes->data + 4 * i, i < length ? text->at(i) : 0);
  return bytes;
}
Value setWidePointer(uint8_t *to, Value value, int64_t) {
  if (strCheck(value)) {
    Bytes *bytes = TRY(wideBytes(value.as<Str>()));
    store<const uint8_t *>(to, bytes->data);
    return bytes;
  }
  if (value != kNone && !krt_int_check(value))
    return krt_raise(kTypeError, "unicode string or integer address expected instead of %T instance", value);
  return setAddress(to, value, 8);
}
Value getObject(const uint8_t *from, int64_t) {
  auto value = load<Value>(from);
  return value ? value : krt_raise(kValueError, "PyObject is NULL");
}
Value setObject(uint8_t *to, Value value, int64_t) {
  std::memcpy(to, &value, sizeof value);
  return value;
}

#define INTEGER(code, T, format, ffi)                                                                        \
  {code, sizeof(T), alignof(T), format, true, std::is_signed_v<T>, &ffi, getInteger<T>, setInteger<T>}
constexpr CCodec kCodecs[] = {
    INTEGER('b', int8_t, 'b', ffi_type_sint8),
    INTEGER('B', uint8_t, 'B', ffi_type_uint8),
    INTEGER('h', int16_t, 'h', ffi_type_sint16),
    INTEGER('H', uint16_t, 'H', ffi_type_uint16),
    INTEGER('i', int32_t, 'i', ffi_type_sint32),
    INTEGER('I', uint32_t, 'I', ffi_type_uint32),
    INTEGER('l', int64_t, 'q', ffi_type_sint64),
    INTEGER('L', uint64_t, 'Q', ffi_type_uint64),
    INTEGER('q', int64_t, 'q', ffi_type_sint64),
    INTEGER('Q', uint64_t, 'Q', ffi_type_uint64),
    {'?', 1, 1, '?', true, false, &ffi_type_uint8, getBool, setBool},
    {'v', 2, 2, 'v', false, true, &ffi_type_sint16, getVariantBool, setVariantBool},
    {'c', 1, 1, 'c', false, false, &ffi_type_sint8, getChar, setChar},
    {'u', 4, 4, 'u', false, false, &ffi_type_sint32, getWideChar, setWideChar},
    {'f', 4, 4, 'f', false, false, &ffi_type_float, getFloating<float>, setFloating<float>},
    {'d', 8, 8, 'd', false, false, &ffi_type_double, getFloating<double>, setFloating<double>},
    {'g', 16, 16, 'g', false, false, &ffi_type_longdouble, getWide, setWide},
    {'P', 8, 8, 'P', false, false, &ffi_type_pointer, getAddress, setAddress},
    {'z', 8, 8, 'z', false, false, &ffi_type_pointer, getCharPointer, setCharPointer},
    {'Z', 8, 8, 'Z', false, false, &ffi_type_pointer, getWidePointer, setWidePointer},
    {'O', 8, 8, 'O', false, false, &ffi_type_pointer, getObject, setObject},
    // Text in arrays: 's' of char, 'U' of wchar_t; no codes of classes.
    {'s', 1, 1, 'c', false, false, &ffi_type_pointer, getText, setText},
    {'U', 4, 4, 'u', false, false, &ffi_type_pointer, getWideText, setWideText},
};
#undef INTEGER
constexpr std::string_view kClassCodes = "cbBhHiIlLdfuzZqQPXOv?g", kSwappable = "hHiIlLqQfd";

} // namespace

const CCodec *codecFor(uint32_t code) {
  for (const CCodec &codec : kCodecs)
    if (static_cast<uint32_t>(codec.code) == code)
      return &codec;
  return nullptr;
}

// ---- Classes ----------------------------------------------------------------------------------------------

/// The twin of [cls] in the other byte order, "c_int_be"; false with an exception pending.
static bool addSwapped_py(Class *cls, const Value *args, Tuple *kwnames) {
  Dict *ns = krt_dict_copy(args[2].as<Dict>());
  krt_dict_delete_str(ns, KSTR(__classcell__));
  Value twinArgs[] = {krt_str_format("%S_be", args[0]), args[1], ns};
  Class *twin = makeClass_py(&krt_csimple_type_class, twinArgs, 3, kwnames);
  if (!twin)
    return false;
  CType *type = newCType(CKind::Simple);
  *type = *ctypeOf(cls);
  type->swapped = true;
  type->format = krt_str_format(">%c", type->codec->format);
  twin->native = type;
  return krt_type_setattr_py(twin, KSTR(__ctype_le__), cls) == 0 &&
         krt_type_setattr_py(twin, KSTR(__ctype_be__), twin) == 0 &&
         krt_type_setattr_py(cls, KSTR(__ctype_be__), twin) == 0 &&
         krt_type_setattr_py(cls, KSTR(__ctype_le__), cls) == 0;
}

Value krt_csimple_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames) {
  Class *cls = TRY(makeClass_py(metaclass, args, nargs, kwnames));
  Value code = krt_getattr_optional_py(cls, KSTR(_type_));
  if (!code)
    return errorPending() ? Value() : krt_raise(kAttributeError, "class must define a '_type_' attribute");
  if (!strCheck(code))
    return krt_raise(kTypeError, "class must define a '_type_' string attribute");
  if (code.as<Str>()->length() != 1)
    return krt_raise(kValueError,
                     "class must define a '_type_' attribute which must be a string of length 1");
  uint32_t letter = code.as<Str>()->at(0);
  if (letter > 127 || kClassCodes.find(static_cast<char>(letter)) == std::string_view::npos)
    return krt_raise(kAttributeError,
                     "class must define a '_type_' attribute which must be\n"
                     "a single character string containing one of 'cbBhHiIlLdfuzZqQPXOv?g'.");
  const CCodec *codec = codecFor(letter);
  if (!codec)
    return krt_raise(kValueError, "_type_ '%S' not supported", code);
  CType *type = newCType(CKind::Simple);
  type->codec = codec;
  type->size = codec->size;
  type->alignment = codec->alignment;
  type->ffi = codec->ffi;
  type->format = krt_str_format("<%c", codec->format);
  // Addresses mean nothing in another process.
  type->hasPointers = std::strchr("OPzZ", codec->code);
  cls->native = type;
  if (metaclass == &krt_csimple_type_class && kSwappable.find(codec->code) != std::string_view::npos &&
      !addSwapped_py(cls, args, kwnames))
    return {};
  return cls;
}

// ---- Arguments --------------------------------------------------------------------------------------------

CArgument *newArgument(char tag, ffi_type *ffi, Value object) {
  auto *argument = gcNew<CArgument>(krt_cargument_class);
  argument->tag = tag;
  argument->ffi = ffi;
  argument->object = object;
  return argument;
}

CArgument *argumentOf(CData *object) {
  CType *type = ctypeOfObject(object);
  switch (type->kind) {
  case CKind::Simple: {
    CArgument *argument = newArgument(type->codec->code, type->codec->ffi, object);
    if (type->codec->code == 'g') {
      argument->memory = gcAllocateAtomic(16);
      std::memcpy(argument->memory, object->data, 16);
    } else {
      uint8_t turned[8];
      std::memcpy(turned, object->data, static_cast<size_t>(type->size));
      if (type->swapped)
        std::reverse(turned, turned + type->size);
      // Narrow integers are shown as numbers by repr.
      if (type->codec->integer)
        argument->value.i = type->codec->isSigned ? type->size == 1   ? load<int8_t>(turned)
                                                    : type->size == 2 ? load<int16_t>(turned)
                                                    : type->size == 4 ? load<int32_t>(turned)
                                                                      : load<int64_t>(turned)
                            : type->size == 1 ? load<uint8_t>(turned)
                            : type->size == 2     ? load<uint16_t>(turned)
                            : type->size == 4     ? load<uint32_t>(turned)
                                                  : load<int64_t>(turned);
      else
        std::memcpy(&argument->value, turned, static_cast<size_t>(type->size));
    }
    return argument;
  }
  case CKind::Structure:
  case CKind::Union: {
    CArgument *argument = newArgument('V', ffiOf(object->shape->cls), object);
    argument->memory = TRY(newBlock(object->size));
    std::memcpy(argument->memory, object->data, static_cast<size_t>(object->size));
    return argument;
  }
  case CKind::Array: {
    CArgument *argument = newArgument('P', &ffi_type_pointer, object);
    argument->value.p = object->data;
    return argument;
  }
  default: {
    CArgument *argument = newArgument('P', &ffi_type_pointer, object);
    argument->value.p = load<void *>(object->data);
    return argument;
  }
  }
}

namespace {

/// Is [value] an array of, a pointer to, or byref() of a simple type with [code]?
bool refersTo(Value value, char code) {
  Class *item = nullptr;
  if (isCData(value)) {
    CType *type = ctypeOfObject(cdata(value));
    if (type->kind == CKind::Array || type->kind == CKind::Pointer)
      item = type->item;
  } else if (isExact(value, krt_cargument_class)) {
    Value object = value.as<CArgument>()->object;
    if (object && isCData(object))
      item = object.asObject()->shape->cls;
  }
  CType *type = item ? ctypeOf(item) : nullptr;
  return type && type->kind == CKind::Simple && type->codec->code == code;
}

Value textArgument(char tag, const uint8_t *text, Value owner) {
  CArgument *argument = newArgument(tag, &ffi_type_pointer, owner);
  argument->value.p = const_cast<uint8_t *>(text);
  return argument;
}

/// What c_void_p takes; null without an exception: nothing it knows.
Value addressArgument(Class *, Value value) {
  if (value == kNone)
    return value;
  if (krt_int_check(value)) {
    CArgument *argument = newArgument('P', &ffi_type_pointer, value);
    argument->value.i = static_cast<int64_t>(lowBits(krt_int_plain(value)));
    return argument;
  }
  if (bytesCheck(value))
    return textArgument('z', value.as<Bytes>()->data, value);
  if (strCheck(value)) {
    Bytes *bytes = TRY(wideBytes(value.as<Str>()));
    return textArgument('Z', bytes->data, bytes);
  }
  if (isExact(value, krt_cargument_class))
    return value.as<CArgument>()->tag == 'P' ? value : Value();
  if (!isCData(value))
    return {};
  CType *type = ctypeOfObject(cdata(value));
  if (type->kind == CKind::Array || type->kind == CKind::Pointer)
    return value;
  if (type->kind == CKind::Function)
    return argumentOf(cdata(value));
  if (type->kind == CKind::Simple && (type->codec->code == 'z' || type->codec->code == 'Z')) {
    CArgument *argument = newArgument('Z', &ffi_type_pointer, value);
    argument->value.p = load<void *>(cdata(value)->data);
    return argument;
  }
  return {};
}

/// A Python value as an argument of simple type [type]; null without an exception when it is not suitable.
Value simpleArgument_py(Class *cls, CType *type, Value value) {
  char code = type->codec->code;
  if (code == 'P')
    return addressArgument(cls, value);
  if (code == 'z' || code == 'Z') {
    if (value == kNone)
      return value;
    if (code == 'z' && bytesCheck(value))
      return textArgument('z', value.as<Bytes>()->data, value);
    if (code == 'Z' && strCheck(value)) {
      Bytes *bytes = TRY(wideBytes(value.as<Str>()));
      return textArgument('Z', bytes->data, bytes);
    }
    return refersTo(value, code == 'z' ? 'c' : 'u') ? value : Value();
  }
  CArgument *argument = newArgument(code, type->codec->ffi, value);
  uint8_t stored[16] = {};
  Value kept = type->codec->set(stored, value, type->size);
  if (!kept) {
    krt_error_clear();
    return {};
  }
  if (code == 'g') {
    argument->memory = gcAllocateAtomic(16);
    std::memcpy(argument->memory, stored, 16);
  } else if (type->codec->integer && type->codec->isSigned) {
    argument->value.i = type->size == 1   ? load<int8_t>(stored)
                        : type->size == 2 ? load<int16_t>(stored)
                        : type->size == 4 ? load<int32_t>(stored)
                                          : load<int64_t>(stored);
  } else {
    std::memcpy(&argument->value, stored, 8);
  }
  return argument;
}

Value pointerArgument_py(CType *type, Value value) {
  if (value == kNone)
    return value;
  if (!type->item)
    return krt_raise(kTypeError, "_type_ must have storage info");
  if (TRY_INT(krt_isinstance_py(value, type->item))) { // passed by reference
    CArgument *argument = newArgument('P', &ffi_type_pointer, value);
    argument->value.p = cdata(value)->data;
    return argument;
  }
  if (!isCData(value))
    return {};
  CType *given = ctypeOfObject(cdata(value));
  if ((given->kind == CKind::Pointer || given->kind == CKind::Array) && given->item &&
      TRY_INT(krt_issubclass_py(given->item, type->item)))
    return value;
  return {};
}

} // namespace

Value fromParam_py(Class *cls, Value value) {
  CountedCall call; // _as_parameter_ may refer to itself
  if (call.tooDeep(" in  from_param"))
    return {};
  CType *type = ctypeOf(cls);
  if (!type)
    return krt_raise(kTypeError, "abstract class");
  if (TRY_INT(krt_isinstance_py(value, cls)))
    return value;
  if (type->kind == CKind::Simple || type->kind == CKind::Pointer) {
    Value argument =
        type->kind == CKind::Simple ? simpleArgument_py(cls, type, value) : pointerArgument_py(type, value);
    if (argument || errorPending())
      return argument;
  }
  if (type->kind != CKind::Simple && isExact(value, krt_cargument_class)) {
    Value object = value.as<CArgument>()->object;
    if (object && type->item && TRY_INT(krt_isinstance_py(object, type->item)))
      return value;
    return krt_raise(kTypeError, "expected %N instance instead of pointer to %s", cls,
                     object ? krt_class_name(classOf(object)) : "???");
  }
  Value stand = krt_getattr_optional_py(value, KSTR(_as_parameter_));
  if (stand)
    return fromParam_py(cls, stand);
  if (errorPending())
    return {};
  if (type->kind == CKind::Simple)
    return krt_raise(kTypeError, "wrong type");
  return krt_raise(kTypeError, "expected %N instance instead of %T", cls, value);
}

// ---- Objects ----------------------------------------------------------------------------------------------

Value krt_csimple_value(Value self) {
  CData *object = cdata(self);
  CType *type = ctypeOfObject(object);
  uint8_t turned[16];
  const uint8_t *data = object->data;
  if (type->swapped) {
    std::reverse_copy(data, data + type->size, turned);
    data = turned;
  }
  return type->codec->get(data, type->size);
}
bool krt_csimple_setValue_py(Value self, Value value) {
  CData *object = cdata(self);
  CType *type = ctypeOfObject(object);
  if (!value) {
    krt_raise(kTypeError, "can't delete attribute");
    return false;
  }
  Value kept = type->codec->set(object->data, value, type->size);
  if (!kept)
    return false;
  if (type->swapped)
    std::reverse(object->data, object->data + type->size);
  return keepAlive(object, 0, kept) == 0;
}

namespace {

Value simpleMake(Class *cls, const Value *, size_t, Tuple *) { return newObject(cls); }

int simpleInit_py(Value self, const Value *args, size_t nargs, Tuple *) {
  if (nargs > 1)
    return raiseInt(kTypeError, "__init__ expected at most 1 argument, got %zu", nargs);
  return nargs == 0 || krt_csimple_setValue_py(self, args[0]) ? 0 : -1;
}

Value simpleRepr_py(Value self) {
  Class *cls = classOf(self);
  if (cls->base != &krt_csimple_class)
    return krt_str_format("<%N object at %p>", cls, self.asObject());
  Value value = TRY(krt_csimple_value(self));
  Str *text = TRY(krt_repr_py(value));
  return krt_str_format("%N(%S)", cls, Value(text));
}

int simpleTruth(Value self) {
  CData *object = cdata(self);
  return std::any_of(object->data, object->data + ctypeOfObject(object)->size,
                     [](uint8_t byte) { return byte != 0; });
}

} // namespace

extern "C" {
Class krt_csimple_class = {
    .flags = kClassBase,
    .nativeName = "_ctypes._SimpleCData",
    .base = &krt_cdata_class,
    .basicSize = sizeof(CData),
    .slots = {.repr = simpleRepr_py, .truth = simpleTruth, .init = simpleInit_py, .make = simpleMake},
    .methods = krt_csimple_defs,
    .doc = krt_csimple_doc,
};
}

} // namespace krait
