// _ctypes_structures.cpp - see _ctypes_structures.h: layout as the System V ABI (and gcc's bit fields) have
// it.
#include "stdlib/native/_ctypes_structures.h"

#include "runtime/object/args.h"
#include "runtime/object/function.h"
#include "runtime/object/type.h"

#include <algorithm>

#include "stdlib/native/_ctypes_structures.bind.inc"

namespace krait {

namespace {

// ---- Layout ---------------------------------------------------------------------------------------------

/// Where the next field goes. Bit fields share a unit, which may grow to that of a larger type.
struct Layout {
  int64_t size = 0, alignment = 1; // so far
  int64_t pack = 0;                // the most alignment, 0: any
  bool isUnion = false, bigEndian = false;
  int64_t unitBits = 0, usedBits = 0; // of the open unit of bit fields; 0: none
  int64_t end = 0;                    // where the next field may begin

  void place(CField *field, const CType *type, int32_t bits) {
    if (isUnion) {
      end = 0;
      unitBits = usedBits = 0;
    }
    int64_t typeBits = type->size * 8;
    if (bits && unitBits && usedBits + bits <= std::max(unitBits, typeBits)) {
      // Goes on in the open unit, which ends at [end].
      if (typeBits > unitBits) {
        end += (typeBits - unitBits) / 8;
        unitBits = typeBits;
      }
      field->offset = end - type->size;
    } else {
      int64_t wanted = pack ? std::min(pack, type->alignment) : type->alignment;
      if (wanted)
        end = (end + wanted - 1) / wanted * wanted;
      field->offset = end;
      end += type->size;
      alignment = std::max(alignment, wanted);
      unitBits = bits ? typeBits : 0;
      usedBits = 0;
    }
    if (bits) {
      int64_t low = bigEndian ? unitBits - usedBits - bits : usedBits;
      field->size = (int64_t{bits} << 16) + low;
      field->bits = bits;
      usedBits += bits;
    } else {
      field->size = type->size;
    }
    size = std::max(size, end);
  }
};

/// A (name, type[, bits]) of _fields_.
struct FieldRow {
  Str *name;
  Class *cls;
  CType *type;
  int32_t bits;
};

bool readRow_py(Value pair, int64_t index, FieldRow *row) {
  auto *items = hasClassFlag(pair, kClassTupleSub) ? pair.as<Tuple>() : nullptr;
  if (!items || items->length < 2 || items->length > 3 || !strCheck(items->items[0]) ||
      (items->length == 3 && !krt_int_check(items->items[2]) && !classOf(items->items[2])->slots.index)) {
    krt_raise(kTypeError, "'_fields_' must be a sequence of (name, C type) pairs");
    return false;
  }
  row->name = krt_str_intern(strPlain(items->items[0].as<Str>()));
  row->type = ctypeOfValue(items->items[1]);
  row->bits = 0;
  if (!row->type) {
    krt_raise(kTypeError, "second item in _fields_ tuple (index %lld) must be a C type",
              static_cast<long long>(index));
    return false;
  }
  row->cls = items->items[1].as<Class>();
  if (items->length < 3)
    return true;
  int32_t bits;
  if (!krt_arg_int32_py(items->items[2], &bits))
    return false;
  if (row->type->kind != CKind::Simple || !row->type->codec->integer) {
    krt_raise(kTypeError, "bit fields not allowed for type %N", row->cls);
    return false;
  }
  if (bits <= 0 || bits > row->type->size * 8) {
    krt_raise(kValueError, "number of bits invalid for bit field");
    return false;
  }
  row->bits = bits;
  return true;
}

CField *newField(const FieldRow &row, int64_t index) {
  auto *field = gcNew<CField>(krt_cfield_class);
  field->index = index;
  field->type = row.cls;
  if (isPlainSimple(row.cls, row.type)) {
    field->codec = row.type->codec;
    field->swapped = row.type->swapped;
  } else if (char text = row.type->kind == CKind::Array ? textOf(row.type->item) : '\0') {
    field->codec = codecFor(text == 'c' ? 's' : 'U');
    field->isText = true;
  }
  return field;
}

/// `_pack_`; -1 with an exception pending.
int64_t packOf_py(Class *cls) {
  Value given = krt_getattr_optional_py(cls, KSTR(_pack_));
  if (!given)
    return errorPending() ? -1 : 0;
  int64_t pack;
  if (!krt_int_check(given) || !krt_int_to_i64(krt_int_plain(given), &pack) || pack < 0 || pack > INT32_MAX)
    return raiseInt(kValueError, "_pack_ must be a non-negative integer");
  return pack;
}

/// Makes the fields of anonymous [outer], a field of [cls], fields of [cls] too.
int liftFields_py(Class *cls, CField *outer, int64_t index, int64_t offset) {
  Value fields = TRY_OR_MINUS(krt_getattr_py(outer->type, KSTR(_fields_)));
  Tuple *rows = TRY_OR_MINUS(krt_tuple_from_py(fields));
  for (int64_t i = 0; i < rows->length; ++i) {
    Value name = TRY_OR_MINUS(krt_getitem_py(rows->items[i], smallInt(0)));
    if (!strCheck(name))
      return raiseInt(kTypeError, "_fields_ must be a sequence of pairs");
    Value found = TRY_OR_MINUS(krt_getattr_py(outer->type, name.as<Str>()));
    if (!isExact(found, krt_cfield_class))
      return raiseInt(kTypeError, "unexpected type");
    auto *inner = found.as<CField>();
    if (inner->anonymous) {
      TRY_INT_OR_MINUS(liftFields_py(cls, inner, index + inner->index, offset + inner->offset));
      continue;
    }
    auto *lifted = gcNew<CField>(krt_cfield_class);
    *lifted = *inner;
    lifted->offset += offset;
    lifted->index += index;
    TRY_INT_OR_MINUS(krt_type_setattr_py(cls, krt_str_intern(name.as<Str>()), lifted));
  }
  return 0;
}

int liftAnonymous_py(Class *cls) {
  Value given = krt_getattr_optional_py(cls, KSTR(_anonymous_));
  if (!given)
    return errorPending() ? -1 : 0;
  Tuple *names = krt_tuple_from_py(given);
  if (!names) {
    if (krt_error_clear_if(kTypeError))
      krt_raise(kTypeError, "_anonymous_ must be a sequence");
    return -1;
  }
  for (int64_t i = 0; i < names->length; ++i) {
    if (!strCheck(names->items[i]))
      return raiseInt(kTypeError, "attribute name must be string, not '%.200T'", names->items[i]);
    Value found = TRY_OR_MINUS(krt_getattr_py(cls, krt_str_intern(names->items[i].as<Str>())));
    if (!isExact(found, krt_cfield_class))
      return raiseInt(kAttributeError, "'%S' is specified in _anonymous_ but not in _fields_",
                      names->items[i]);
    auto *field = found.as<CField>();
    field->anonymous = true;
    TRY_INT_OR_MINUS(liftFields_py(cls, field, field->index, field->offset));
  }
  return 0;
}

/// `_fields_` of [cls] was set: its layout and attributes are made.
int setFields_py(Class *cls, Value fields) {
  CType *type = ctypeOf(cls);
  if (!type)
    return raiseInt(kTypeError, "ctypes state is not initialized");
  if (type->final)
    return raiseInt(kAttributeError, "_fields_ is final");
  Layout layout;
  layout.isUnion = type->kind == CKind::Union;
  Value swapped = krt_getattr_optional_py(cls, KSTR(_swappedbytes_));
  if (!swapped && errorPending())
    return -1;
  layout.bigEndian = bool(swapped);
  layout.pack = TRY_INT_OR_MINUS(packOf_py(cls));
  if (krt_length_py(fields) < 0) {
    if (krt_error_clear_if(kTypeError))
      krt_raise(kTypeError, "'_fields_' must be a sequence of pairs");
    return -1;
  }
  Tuple *rows = TRY_OR_MINUS(krt_tuple_from_py(fields));
  GcVector<Value> all, names;
  CType made = *type;
  if (CType *base = ctypeOf(cls->base)) {
    base->final = true;
    layout.size = layout.end = base->size;
    layout.alignment = base->alignment;
    made.hasPointers = base->hasPointers;
    if (base->fields)
      for (int64_t i = 0; i < base->fields->length; ++i) {
        all.push(base->fields->items[i]);
        names.push(base->names->items[i]);
      }
  }
  bool shown = !layout.isUnion && !layout.pack; // other layouts are bytes to the buffer protocol
  StrBuilder format;
  format.append(std::string_view("T{"));
  for (int64_t i = 0; i < rows->length; ++i) {
    FieldRow row;
    if (!readRow_py(rows->items[i], i, &row))
      return -1;
    made.hasPointers |= row.type->hasPointers;
    row.type->final = true;
    CField *field = newField(row, i);
    layout.place(field, row.type, row.bits);
    if (Str *inner = shown ? innerFormat(row.type) : nullptr) {
      format.append(inner);
      format.append(krt_str_format(":%S:", Value(row.name)));
    }
    all.push(field);
    names.push(row.name);
    TRY_INT_OR_MINUS(krt_type_setattr_py(cls, row.name, field));
  }
  if (type->final)
    return raiseInt(kAttributeError, "Structure or union cannot contain itself");
  format.append(uint32_t{'}'});
  int64_t size;
  if (__builtin_add_overflow(layout.size, layout.alignment - 1, &size))
    return raiseInt(kOverflowError, "structure too large");
  made.size = size / layout.alignment * layout.alignment;
  made.alignment = layout.alignment;
  made.length = static_cast<int64_t>(all.size());
  made.fields = krt_tuple_from(all.data(), all.size());
  made.names = krt_tuple_from(names.data(), names.size());
  made.format = shown ? format.finish() : KSTR(B);
  made.hasFields = true;
  made.final = true;
  *type = made;
  return liftAnonymous_py(cls);
}

Value makeStructure_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames, CKind kind) {
  Class *cls = TRY(makeClass_py(metaclass, args, nargs, kwnames));
  if (krt_dict_get_str(cls->dict, KSTR(_abstract_)))
    return cls;
  CType *type = newCType(kind);
  type->format = KSTR(B);
  if (CType *base = ctypeOf(cls->base)) {
    base->final = true;
    *type = *base;
    type->kind = kind;
    type->final = false;
    type->arrays = nullptr;
  }
  cls->native = type;
  if (Value fields = krt_dict_get_str(cls->dict, KSTR(_fields_)))
    TRY_INT(krt_setattr_py(cls, KSTR(_fields_), fields));
  return cls;
}

// ---- Bit fields -------------------------------------------------------------------------------------------

uint64_t loadBits(const CField *field, const uint8_t *data, int64_t size) {
  uint64_t raw = 0;
  std::memcpy(&raw, data, static_cast<size_t>(size));
  return field->swapped ? __builtin_bswap64(raw) >> (64 - 8 * size) : raw;
}

Value readBits(const CField *field, const CCodec *codec, const uint8_t *data) {
  if (codec->code == '?') // takes its whole byte, as in CPython
    return codec->get(data, 1);
  uint64_t raw = loadBits(field, data, codec->size);
  int low = static_cast<int>(field->size & 0xffff), bits = field->bits;
  uint64_t top = raw << (64 - low - bits);
  return codec->isSigned ? krt_result_int64(static_cast<int64_t>(top) >> (64 - bits))
                         : krt_result_uint64(top >> (64 - bits));
}

int storeBits_py(const CField *field, const CCodec *codec, uint8_t *data, Value value) {
  uint64_t given = 0;
  if (codec->code == '?')
    return codec->set(data, value, 1) ? 0 : -1;
  TRY_OR_MINUS(codec->set(reinterpret_cast<uint8_t *>(&given), value, codec->size));
  uint64_t raw = loadBits(field, data, codec->size);
  int low = static_cast<int>(field->size & 0xffff);
  uint64_t mask = (field->bits == 64 ? ~uint64_t{0} : (uint64_t{1} << field->bits) - 1) << low;
  raw = (raw & ~mask) | (given << low & mask);
  if (field->swapped)
    raw = __builtin_bswap64(raw) >> (64 - 8 * codec->size);
  std::memcpy(data, &raw, codec->size);
  return 0;
}

// ---- Fields -----------------------------------------------------------------------------------------------

Value fieldGet(Value descr, Value object, Value) {
  auto *field = descr.as<CField>();
  if (!object)
    return descr;
  if (!isCData(object))
    return krt_raise(kTypeError, "not a ctype instance");
  CData *source = cdata(object);
  uint8_t *data = source->data + field->offset;
  if (field->bits)
    return readBits(field, ctypeOf(field->type)->codec, data);
  if (field->isText)
    return field->codec->get(data, field->size);
  if (field->codec && !field->swapped)
    return field->codec->get(data, field->size);
  return readPart(field->type, source, field->index, data);
}

int fieldSet_py(Value descr, Value object, Value value) {
  auto *field = descr.as<CField>();
  if (!isCData(object))
    return raiseInt(kTypeError, "not a ctype instance");
  if (!value)
    return raiseInt(kTypeError, "can't delete attribute");
  CData *target = cdata(object);
  uint8_t *data = target->data + field->offset;
  if (field->bits)
    return storeBits_py(field, ctypeOf(field->type)->codec, data, value);
  if (field->isText && !isCData(value))
    return field->codec->set(data, value, field->size) ? 0 : -1;
  if (field->codec && !field->isText && !field->swapped && field->codec->integer && value.isInt())
    return field->codec->set(data, value, field->size) ? 0 : -1;
  return storePart_py(target, field->type, value, field->index, data);
}

Value fieldRepr(Value self) {
  auto *field = self.as<CField>();
  if (field->bits)
    return krt_str_format("<Field type=%N, ofs=%lld:%lld, bits=%lld>", field->type,
                          static_cast<long long>(field->offset), static_cast<long long>(field->size & 0xffff),
                          static_cast<long long>(field->bits));
  return krt_str_format("<Field type=%N, ofs=%lld, size=%lld>", field->type,
                        static_cast<long long>(field->offset), static_cast<long long>(field->size));
}

// ---- Objects ----------------------------------------------------------------------------------------------

Value structureMake(Class *cls, const Value *, size_t, Tuple *) { return newObject(cls); }

/// Positional arguments are fields in order, keyword arguments attributes.
int structureInit_py(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  CType *type = ctypeOfObject(cdata(self));
  Tuple *names = type->names;
  size_t count = static_cast<size_t>(names ? names->length : 0);
  for (size_t i = 0; i < std::min(nargs, count); ++i) {
    Value name = names->items[i];
    for (int64_t k = 0; kwnames && k < kwnames->length; ++k)
      if (krt_str_equal(kwnames->items[k].as<Str>(), name.as<Str>()))
        return raiseInt(kTypeError, "duplicate values for field %R", name);
    TRY_INT_OR_MINUS(krt_setattr_py(self, name.as<Str>(), args[i]));
  }
  if (nargs > count)
    return raiseInt(kTypeError, "too many initializers");
  for (int64_t k = 0; kwnames && k < kwnames->length; ++k)
    TRY_INT_OR_MINUS(krt_setattr_py(self, kwnames->items[k].as<Str>(), args[nargs + static_cast<size_t>(k)]));
  return 0;
}

// ---- Passing by value ---------------------------------------------------------------------------

/// What the eight bytes of a small structure hold, and whether a long double is in it.
struct ByteClasses {
  bool used[2] = {}, integer[2] = {};
  bool wide = false;
  void note(int64_t offset, const ffi_type *ffi) {
    int64_t part = offset / 8;
    if (ffi == &ffi_type_longdouble)
      wide = true;
    if (part > 1)
      return;
    used[part] = true;
    integer[part] |= ffi != &ffi_type_float && ffi != &ffi_type_double;
  }
};

void classify(const Class *cls, int64_t offset, ByteClasses *classes) {
  CType *type = ctypeOf(cls);
  switch (type->kind) {
  case CKind::Simple:
    classes->note(offset, type->codec->ffi);
    break;
  case CKind::Array:
    for (int64_t i = 0; i < std::min<int64_t>(type->length, 16); ++i)
      classify(type->item, offset + i * ctypeOf(type->item)->size, classes);
    break;
  case CKind::Structure:
  case CKind::Union:
    for (int64_t i = 0; type->fields && i < type->fields->length; ++i) {
      auto *field = type->fields->items[i].as<CField>();
      classify(field->type, offset + field->offset, classes);
    }
    break;
  default:
    classes->note(offset, &ffi_type_pointer);
  }
}

} // namespace

ffi_type *ffiOf(const Class *cls) {
  CType *type = ctypeOf(cls);
  if (type->ffi)
    return type->ffi;
  if (type->kind == CKind::Pointer || type->kind == CKind::Array || type->kind == CKind::Function)
    return type->ffi = &ffi_type_pointer;
  // libffi only asks in which registers the parts go: it is told the classes of the eight-byte words.
  struct Described {
    ffi_type type;
    ffi_type *elements[5];
  };
  auto *described = static_cast<Described *>(gcAllocate(sizeof(Described)));
  described->type.size = static_cast<size_t>(std::max<int64_t>(type->size, 1));
  described->type.alignment = static_cast<unsigned short>(type->alignment);
  described->type.type = FFI_TYPE_STRUCT;
  described->type.elements = described->elements;
  ByteClasses classes;
  if (type->size <= 16)
    classify(cls, 0, &classes);
  if (classes.wide) {
    described->elements[0] = &ffi_type_longdouble;
  } else if (type->size > 16) {
    for (int64_t i = 0; i < std::min<int64_t>(4, (type->size + 7) / 8); ++i)
      described->elements[i] = &ffi_type_uint64;
  } else if (type->size == 0) {
    described->elements[0] = &ffi_type_uint8;
  } else {
    for (int64_t i = 0; i * 8 < type->size; ++i)
      described->elements[i] = classes.integer[i] || !classes.used[i] ? &ffi_type_uint64
                               : type->size - i * 8 <= 4              ? &ffi_type_float
                                                                      : &ffi_type_double;
  }
  return type->ffi = &described->type;
}

extern "C" {

Value krt_cfield_offset(Value self) { return krt_result_int64(self.as<CField>()->offset); }
Value krt_cfield_size(Value self) { return krt_result_int64(self.as<CField>()->size); }

Value krt_cstructure_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames) {
  return makeStructure_py(metaclass, args, nargs, kwnames, CKind::Structure);
}
Value krt_cunion_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames) {
  return makeStructure_py(metaclass, args, nargs, kwnames, CKind::Union);
}
int krt_cstructure_type_setattr_py(Value cls, Str *name, Value value) {
  TRY_INT_OR_MINUS(krt_type_setattr_py(cls, name, value));
  return value && krt_str_equal(name, KSTR(_fields_)) ? setFields_py(cls.as<Class>(), value) : 0;
}

Class krt_cfield_class = {
    .nativeName = "_ctypes.CField",
    .basicSize = sizeof(CField),
    .slots = {.repr = fieldRepr, .descrGet = fieldGet, .descrSet = fieldSet_py},
    .methods = krt_cfield_defs,
    .doc = krt_cfield_doc,
};
Class krt_cstructure_class = {
    .flags = kClassBase,
    .nativeName = "_ctypes.Structure",
    .base = &krt_cdata_class,
    .basicSize = sizeof(CData),
    .slots = {.init = structureInit_py, .make = structureMake},
    .doc = "Structure base class",
};
Class krt_cunion_class = {
    .flags = kClassBase,
    .nativeName = "_ctypes.Union",
    .base = &krt_cdata_class,
    .basicSize = sizeof(CData),
    .slots = {.init = structureInit_py, .make = structureMake},
    .doc = "Union base class",
};
}

} // namespace krait
