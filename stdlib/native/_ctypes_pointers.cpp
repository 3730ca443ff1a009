// _ctypes_pointers.cpp - see _ctypes_pointers.h.
#include "stdlib/native/_ctypes_pointers.h"

#include "runtime/object/args.h"
#include "stdlib/native/_ctypes_arrays.h"
#include "stdlib/native/_ctypes_types.h"

#include "stdlib/native/_ctypes_pointers.bind.inc"

namespace krait {

namespace {

/// Gives pointer type [type] what it points to; false with an exception pending.
bool setItemType(CType *type, Value given) {
  if (!hasClassFlag(given, kClassTypeSub)) {
    krt_raise(kTypeError, "_type_ must be a type");
    return false;
  }
  CType *item = ctypeOfValue(given);
  if (!item) {
    krt_raise(kTypeError, "_type_ must have storage info");
    return false;
  }
  type->item = given.as<Class>();
  Str *inner = innerFormat(item);
  type->format = inner ? krt_str_format("&%S", Value(inner)) : KSTR(P);
  return true;
}

uint8_t *target(CData *pointer) {
  uint8_t *address;
  std::memcpy(&address, pointer->data, sizeof address);
  return address;
}
bool isNull(CData *pointer) {
  if (target(pointer))
    return false;
  krt_raise(kValueError, "NULL pointer access");
  return true;
}

} // namespace

Value krt_cpointer_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames) {
  Class *cls = TRY(makeClass_py(metaclass, args, nargs, kwnames));
  CType *type = newAddressCType(CKind::Pointer);
  type->format = KSTR(P);
  if (Value item = krt_dict_get_str(cls->dict, KSTR(_type_)))
    if (!setItemType(type, item))
      return {};
  cls->native = type;
  return cls;
}

Value krt_cpointer_type_setType_py(Class *self, Value given) {
  CType *type = ctypeOf(self);
  if (!type)
    return krt_raise(kTypeError, "abstract class");
  if (!setItemType(type, given))
    return {};
  TRY_INT(krt_type_setattr_py(self, KSTR(_type_), given));
  return kNone;
}

Class *pointerClass_py(Value item) {
  Value known = krt_dict_get_py(krt_ctypes_pointer_cache, item);
  if (known || errorPending())
    return known ? known.as<Class>() : nullptr;
  Value base = &krt_cpointer_class;
  Dict *ns = krt_dict_new();
  Value key = item;
  Str *name;
  if (strCheck(item)) { // of a type to come, by name
    name = krt_str_format("LP_%S", item);
  } else if (hasClassFlag(item, kClassTypeSub)) {
    name = krt_str_format("LP_%N", item.as<Class>());
    krt_dict_set_str(ns, KSTR(_type_), item);
  } else {
    krt_raise(kTypeError, "must be a ctypes type");
    return nullptr;
  }
  Value args[] = {name, krt_tuple_from(&base, 1), ns};
  Value made = TRY(krt_call_py(&krt_cpointer_type_class, args, 3, nullptr));
  if (strCheck(item)) {
    Value id = TRY(krt_builtin_py(KSTR(id)));
    key = TRY(krt_call1_py(id, made));
  }
  if (krt_dict_set_py(krt_ctypes_pointer_cache, key, made) < 0)
    return nullptr;
  return made.as<Class>();
}

Value krt_cpointer_contents(Value self) {
  CData *pointer = cdata(self);
  if (isNull(pointer))
    return {};
  return partObject(ctypeOfObject(pointer)->item, pointer, 0, target(pointer));
}
bool krt_cpointer_setContents_py(Value self, Value value) {
  CData *pointer = cdata(self);
  CType *type = ctypeOfObject(pointer);
  if (!value) {
    krt_raise(kTypeError, "Pointer does not support item deletion");
    return false;
  }
  int matches = krt_isinstance_py(value, type->item);
  if (matches < 0)
    return false;
  if (!matches || !isCData(value)) {
    krt_raise(kTypeError, "expected %N instead of %T", type->item, value);
    return false;
  }
  std::memcpy(pointer->data, &cdata(value)->data, sizeof(void *));
  return keepAlive(pointer, 1, value) == 0 && keepAlive(pointer, 0, keptObjects(cdata(value))) == 0;
}
bool krt_cpointer_initialize_py(Value self, Value value) {
  return !value || krt_cpointer_setContents_py(self, value);
}

namespace {

Value pointerMake(Class *cls, const Value *, size_t, Tuple *) {
  CType *type = ctypeOf(cls);
  if (!type || !type->item)
    return krt_raise(kTypeError, "Cannot create instance: has no _type_");
  return newObject(cls);
}

int truth(Value self) { return target(cdata(self)) != nullptr; }

/// A bound of a slice; false with an exception pending.
bool boundOf_py(Value given, int64_t *bound) {
  *bound = krt_index_i64_py(given, kValueError);
  return *bound != -1 || !errorPending();
}

Value sliceGet_py(CData *pointer, Slice *slice) {
  int64_t start = 0, stop, step = 1;
  if (slice->step != kNone) {
    if (!boundOf_py(slice->step, &step))
      return {};
    if (step == 0)
      return krt_raise(kValueError, "slice step cannot be zero");
  }
  if (slice->start != kNone) {
    if (!boundOf_py(slice->start, &start))
      return {};
  } else if (step < 0) {
    return krt_raise(kValueError, "slice start is required for step < 0");
  }
  if (slice->stop == kNone)
    return krt_raise(kValueError, "slice stop is required");
  if (!boundOf_py(slice->stop, &stop))
    return {};
  int64_t count = step > 0 ? (stop > start ? (stop - start - 1) / step + 1 : 0)
                           : (stop < start ? (start - stop - 1) / -step + 1 : 0);
  if (count && isNull(pointer))
    return {};
  return sliceOf(pointer, ctypeOfObject(pointer)->item, target(pointer), start, step, count);
}

Value getItem_py(Value self, Value key) {
  CData *pointer = cdata(self);
  if (isExact(key, krt_slice_class))
    return sliceGet_py(pointer, key.as<Slice>());
  if (!key.isInt() && !krt_int_check(key) && !classOf(key)->slots.index)
    return krt_raise(kTypeError, "Pointer indices must be integer");
  int64_t index = krt_index_i64_py(key, kIndexError);
  if ((index == -1 && errorPending()) || isNull(pointer))
    return {};
  Class *item = ctypeOfObject(pointer)->item;
  return readPart(item, pointer, index, target(pointer) + index * ctypeOf(item)->size);
}

int setItem_py(Value self, Value key, Value value) {
  CData *pointer = cdata(self);
  if (!value)
    return raiseInt(kTypeError, "Pointer does not support item deletion");
  if (isExact(key, krt_slice_class) || (!key.isInt() && !krt_int_check(key) && !classOf(key)->slots.index))
    return raiseInt(kTypeError, "Pointer indices must be integer");
  int64_t index = krt_index_i64_py(key, kIndexError);
  if ((index == -1 && errorPending()) || isNull(pointer))
    return -1;
  Class *item = ctypeOfObject(pointer)->item;
  return storePart_py(pointer, item, value, index, target(pointer) + index * ctypeOf(item)->size);
}

} // namespace

extern "C" {
Class krt_cpointer_class = {
    .flags = kClassBase,
    .nativeName = "_ctypes._Pointer",
    .base = &krt_cdata_class,
    .basicSize = sizeof(CData),
    .slots = {.truth = truth,
              .getitem = getItem_py,
              .setitem = setItem_py,
              .init = krt_cpointer_init,
              .make = pointerMake},
    .methods = krt_cpointer_defs,
    .doc = krt_cpointer_doc,
};
}

} // namespace krait
