// _ctypes_arrays.cpp - see _ctypes_arrays.h.
#include "stdlib/native/_ctypes_arrays.h"

#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/function.h"
#include "runtime/object/type.h"
#include "runtime/object/union.h"

#include <algorithm>

#include "stdlib/native/_ctypes_arrays.bind.inc"

namespace krait {

char textOf(const Class *item) {
  CType *type = item ? ctypeOf(item) : nullptr;
  char code = type && type->kind == CKind::Simple ? type->codec->code : '\0';
  return code == 'c' || code == 'u' ? code : '\0';
}

Str *innerFormat(const CType *type) {
  if (!type->dimensions)
    return type->format;
  StrBuilder text;
  for (int32_t i = 0; i < type->dimensions; ++i)
    text.append(krt_str_format(i ? ",%lld" : "(%lld", static_cast<long long>(type->shape[i])));
  text.append(uint32_t{')'});
  text.append(type->format);
  return text.finish();
}

Class *arrayClass_py(Class *item, int64_t length) {
  CType *type = ctypeOf(item);
  if (!type) {
    krt_raise(kTypeError, "Expected a type object");
    return nullptr;
  }
  Value key = krt_int_from_i64(length);
  if (!type->arrays)
    type->arrays = krt_dict_new();
  if (Value known = krt_dict_get_py(type->arrays, key))
    return known.as<Class>();
  Dict *ns = krt_dict_new();
  krt_dict_set_str(ns, KSTR(_length_), key);
  krt_dict_set_str(ns, KSTR(_type_), item);
  Value base = &krt_carray_class;
  Value args[] = {krt_str_format("%N_Array_%lld", item, static_cast<long long>(length)),
                  krt_tuple_from(&base, 1), ns};
  Value made = TRY(krt_call_py(&krt_carray_type_class, args, 3, nullptr));
  krt_dict_set_py(type->arrays, key, made);
  return made.as<Class>();
}

// ---- Text in arrays -----------------------------------------------------------------------------

namespace {

const CCodec *textCodec(CData *array) {
  return codecFor(textOf(ctypeOfObject(array)->item) == 'c' ? 's' : 'U');
}

bool isTextArray(Value v) { return isObjectOf(v, CKind::Array) && textOf(ctypeOfObject(cdata(v))->item); }
Value getValue(Value, const Value *args, size_t, Tuple *) {
  if (!isTextArray(args[0]))
    return krt_raise(kTypeError, "not an array of characters");
  return textCodec(cdata(args[0]))->get(cdata(args[0])->data, cdata(args[0])->size);
}
Value setValue(Value, const Value *args, size_t, Tuple *) {
  if (!isTextArray(args[0]))
    return krt_raise(kTypeError, "not an array of characters");
  if (!args[1])
    return krt_raise(kTypeError, "can't delete attribute");
  const CCodec *codec = textCodec(cdata(args[0]));
  if (codec->code == 's') {
    if (!bytesCheck(args[1]))
      return krt_raise(kTypeError, "bytes expected instead of %T instance", args[1]);
    auto *bytes = args[1].as<Bytes>();
    if (bytes->length > cdata(args[0])->size)
      return krt_raise(kValueError, "byte string too long");
    // With the 0 that follows them, where there is room.
    std::memcpy(cdata(args[0])->data, bytes->data,
                static_cast<size_t>(std::min(bytes->length + 1, cdata(args[0])->size)));
    return kNone;
  }
  if (codec->code == 'U' && strCheck(args[1]) && args[1].as<Str>()->length() > cdata(args[0])->size / 4)
    return krt_raise(kValueError, "string too long");
  TRY(codec->set(cdata(args[0])->data, args[1], cdata(args[0])->size));
  return kNone;
}
Value getRaw(Value, const Value *args, size_t, Tuple *) {
  if (!isTextArray(args[0]))
    return krt_raise(kTypeError, "not an array of characters");
  return krt_bytes_new(cdata(args[0])->data, static_cast<size_t>(cdata(args[0])->size));
}
Value setRaw_py(Value, const Value *args, size_t, Tuple *) {
  if (!isTextArray(args[0]))
    return krt_raise(kTypeError, "not an array of characters");
  if (!args[1])
    return krt_raise(kAttributeError, "cannot delete attribute");
  BytesLike bytes;
  if (!bytes.acquire_py(args[1]))
    return {};
  if (bytes.size() > cdata(args[0])->size)
    return krt_raise(kValueError, "byte string too long");
  std::memmove(cdata(args[0])->data, bytes.data(), static_cast<size_t>(bytes.size()));
  return kNone;
}
const NativeDef kValueDef = {"value",         nullptr, "string value", getValue, setValue, NativeKind::GetSet,
                             kEffectCollects, nullptr, nullptr,        nullptr};
const NativeDef kRawDef = {"raw",         nullptr, "value", getRaw, setRaw_py, NativeKind::GetSet,
                           kEffectRunsPy, nullptr, nullptr, nullptr};

int addAttribute(Class *cls, const NativeDef *def) {
  auto *descriptor = gcNew<NativeFunction>(krt_getset_descriptor_class);
  descriptor->def = def;
  descriptor->cls = cls;
  return krt_type_setattr_py(cls, strIntern(def->name), descriptor);
}

} // namespace

// ---- Classes ------------------------------------------------------------------------------------

Value krt_carray_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames) {
  Class *cls = TRY(makeClass_py(metaclass, args, nargs, kwnames));
  // The abstract class has neither; a subclass may take either from its base.
  Value given = krt_getattr_optional_py(cls, KSTR(_length_));
  if (!given)
    return errorPending() ? Value() : krt_raise(kAttributeError, "class must define a '_length_' attribute");
  if (!krt_int_check(given))
    return krt_raise(kTypeError, "The '_length_' attribute must be an integer");
  int64_t length;
  if (krt_int_sign(krt_int_plain(given)) < 0)
    return krt_raise(kValueError, "The '_length_' attribute must not be negative");
  if (!krt_int_to_i64(krt_int_plain(given), &length))
    return krt_raise(kOverflowError, "The '_length_' attribute is too large");
  Value itemGiven = krt_getattr_optional_py(cls, KSTR(_type_));
  if (!itemGiven)
    return errorPending() ? Value() : krt_raise(kAttributeError, "class must define a '_type_' attribute");
  CType *item = ctypeOfValue(itemGiven);
  if (!item)
    return krt_raise(kTypeError, "_type_ must have storage info");
  CType *type = newCType(CKind::Array);
  if (__builtin_mul_overflow(item->size, length, &type->size))
    return krt_raise(kOverflowError, "array too large");
  type->item = itemGiven.as<Class>();
  type->length = length;
  type->alignment = item->alignment;
  type->hasPointers = item->hasPointers;
  type->format = item->format;
  type->dimensions = item->dimensions + 1;
  type->shape =
      static_cast<int64_t *>(gcAllocateAtomic(static_cast<size_t>(type->dimensions) * sizeof(int64_t)));
  type->shape[0] = length;
  std::copy_n(item->shape, item->dimensions, type->shape + 1);
  cls->native = type;
  char text = textOf(type->item);
  if (text && (addAttribute(cls, &kValueDef) < 0 || (text == 'c' && addAttribute(cls, &kRawDef) < 0)))
    return {};
  return cls;
}

// ---- Objects ------------------------------------------------------------------------------------

Value sliceOf(CData *source, Class *item, uint8_t *data, int64_t start, int64_t step, int64_t count) {
  int64_t size = ctypeOf(item)->size;
  switch (textOf(item)) {
  case 'c': {
    Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(count)));
    for (int64_t i = 0; i < count; ++i)
      bytes->data[i] = data[start + i * step];
    return bytes;
  }
  case 'u': {
    StrBuilder text;
    for (int64_t i = 0; i < count; ++i) {
      uint32_t c;
      std::memcpy(&c, data + (start + i * step) * 4, 4);
      text.append(c);
    }
    return text.finish();
  }
  default: {
    List *list = krt_list_new(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i) {
      int64_t index = start + i * step;
      Value part = TRY(readPart(item, source, index, data + index * size));
      TRY_INT(krt_list_append(list, part));
    }
    return list;
  }
  }
}

bool krt_carray_initialize_py(Value self, ArgSpan args) {
  for (size_t i = 0; i < args.size; ++i)
    if (krt_setitem_py(self, smallInt(static_cast<int64_t>(i)), args.data[i]) < 0)
      return false;
  return true;
}
Value krt_carray_classGetitem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

namespace {

Value arrayMake(Class *cls, const Value *, size_t, Tuple *) { return newObject(cls); }
int64_t arrayLength(Value self) { return ctypeOfObject(cdata(self))->length; }

/// The index in [key]; false with an exception pending.
bool indexOf_py(Value key, int64_t length, const char *wrongType, int64_t *index) {
  if (!key.isInt() && !krt_int_check(key) && !classOf(key)->slots.index) {
    krt_raise(kTypeError, "%s", wrongType);
    return false;
  }
  *index = krt_index_i64_py(key, kIndexError);
  if (*index == -1 && errorPending())
    return false;
  if (*index < 0)
    *index += length;
  if (*index >= 0 && *index < length)
    return true;
  krt_raise(kIndexError, "invalid index");
  return false;
}

Value arrayGet_py(Value self, Value key) {
  CData *array = cdata(self);
  CType *type = ctypeOfObject(array);
  int64_t start, stop, step;
  if (isExact(key, krt_slice_class)) {
    int64_t count = TRY_INT(krt_slice_adjust_py(key.as<Slice>(), type->length, &start, &stop, &step));
    return sliceOf(array, type->item, array->data, start, step, count);
  }
  if (!indexOf_py(key, type->length, "indices must be integers", &start))
    return {};
  return readPart(type->item, array, start, array->data + start * ctypeOf(type->item)->size);
}

int arraySet_py(Value self, Value key, Value value) {
  CData *array = cdata(self);
  CType *type = ctypeOfObject(array);
  if (!value)
    return raiseInt(kTypeError, "Array does not support item deletion");
  int64_t start, stop, step, size = ctypeOf(type->item)->size;
  if (!isExact(key, krt_slice_class)) {
    if (!indexOf_py(key, type->length, "indices must be integer", &start))
      return -1;
    return storePart_py(array, type->item, value, start, array->data + start * size);
  }
  int64_t count = TRY_INT_OR_MINUS(krt_slice_adjust_py(key.as<Slice>(), type->length, &start, &stop, &step));
  int64_t given = TRY_INT_OR_MINUS(krt_length_py(value));
  if (given != count)
    return raiseInt(kValueError, "Can only assign sequence of same size");
  for (int64_t i = 0; i < count; ++i) {
    Value item = TRY_OR_MINUS(krt_getitem_py(value, smallInt(i)));
    int64_t index = start + i * step;
    TRY_INT_OR_MINUS(storePart_py(array, type->item, item, index, array->data + index * size));
  }
  return 0;
}

} // namespace

extern "C" {
Class krt_carray_class = {
    .flags = kClassBase,
    .nativeName = "_ctypes.Array",
    .base = &krt_cdata_class,
    .basicSize = sizeof(CData),
    .slots = {.length = arrayLength,
              .getitem = arrayGet_py,
              .setitem = arraySet_py,
              .init = krt_carray_init,
              .make = arrayMake},
    .methods = krt_carray_defs,
    .doc = krt_carray_doc,
};
}

} // namespace krait
