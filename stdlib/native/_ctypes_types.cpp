// _ctypes_types.cpp - see _ctypes_types.h: memory of C objects, what they keep alive, and what all classes of
// _ctypes can do.
#include "stdlib/native/_ctypes_types.h"

#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/bytes.h"
#include "runtime/object/function.h"
#include "runtime/object/type.h"
#include "stdlib/native/_ctypes.h"

#include <algorithm>
#include <dlfcn.h>

#include "stdlib/native/_ctypes_types.bind.inc"

namespace krait {

Class *krt_ctypes_argument_error;
Dict *krt_ctypes_pointer_cache;
thread_local int krt_ctypes_errno;

CType *newCType(CKind kind) {
  auto *type = static_cast<CType *>(gcAllocate(sizeof(CType)));
  type->kind = kind;
  type->alignment = 1;
  return type;
}

CType *newAddressCType(CKind kind) {
  CType *type = newCType(kind);
  type->size = type->alignment = sizeof(void *);
  type->length = 1;
  type->ffi = &ffi_type_pointer;
  type->hasPointers = true;
  return type;
}

Class *makeClass_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames) {
  Value made = TRY(krt_type_class.slots.make(metaclass, args, nargs, kwnames));
  return made.as<Class>();
}

// ---- Memory -------------------------------------------------------------------------------------------

uint8_t *newBlock(int64_t size) {
  void *block = gcTryAllocate(static_cast<size_t>(std::max<int64_t>(size, 1)), true);
  if (!block) {
    krt_raise_memory();
    return nullptr;
  }
  std::memset(block, 0, static_cast<size_t>(size));
  return static_cast<uint8_t *>(block);
}

static CData *bareObject(Class *cls, CType *type) {
  auto *object = reinterpret_cast<CData *>(krt_instance_new(cls, 0));
  type->final = true;
  object->size = type->size;
  return object;
}
CData *newObject(Class *cls) {
  CType *type = ctypeOf(cls);
  if (!type) {
    krt_raise(kTypeError, "abstract class");
    return nullptr;
  }
  CData *object = bareObject(cls, type);
  if (type->size <= static_cast<int64_t>(sizeof object->own)) {
    object->data = object->own;
  } else {
    object->data = TRY(newBlock(type->size));
    object->index = kOwnsBlock;
  }
  return object;
}
CData *objectAt(Class *cls, void *data) {
  CData *object = bareObject(cls, ctypeOf(cls));
  object->data = static_cast<uint8_t *>(data);
  return object;
}
CData *partObject(Class *cls, CData *base, int64_t index, uint8_t *data) {
  if (!base) {
    CData *object = TRY(newObject(cls));
    std::memcpy(object->data, data, static_cast<size_t>(object->size));
    return object;
  }
  CData *object = objectAt(cls, data);
  object->base = base;
  object->index = index;
  return object;
}

// ---- Keeping alive ------------------------------------------------------------------------------------

static CData *rootOf(CData *object) {
  while (object->base)
    object = object->base;
  return object;
}
Value keptObjects(CData *object) {
  CData *root = rootOf(object);
  if (!root->objects)
    root->objects = ctypeOfObject(root)->length ? Value(krt_dict_new()) : kNone;
  return root->objects;
}
/// The place of part [index] of [target] in its root: numbers in hexadecimal from the inside out.
static Str *placeOf(CData *target, int64_t index) {
  char text[256];
  size_t used =
      static_cast<size_t>(std::snprintf(text, sizeof text, "%lx", static_cast<unsigned long>(index)));
  for (; target->base; target = target->base) {
    if (used + 20 > sizeof text) {
      krt_raise(kValueError, "ctypes object structure too deep");
      return nullptr;
    }
    used += static_cast<size_t>(
        std::snprintf(text + used, sizeof text - used, ":%lx", static_cast<unsigned long>(target->index)));
  }
  return strFrom(std::string_view(text, used));
}
int keepAlive(CData *target, int64_t index, Value kept) {
  if (kept == kNone)
    return 0;
  Value objects = keptObjects(target);
  if (!isExact(objects, krt_dict_class)) {
    rootOf(target)->objects = kept;
    return 0;
  }
  Str *place = TRY_OR_MINUS(placeOf(target, index));
  krt_dict_set_str(objects.as<Dict>(), place, kept);
  return 0;
}

// ---- Reading and storing parts ------------------------------------------------------------------------

Value readPart(Class *cls, CData *source, int64_t index, uint8_t *data) {
  CType *type = ctypeOf(cls);
  if (isPlainSimple(cls, type)) {
    uint8_t turned[16];
    if (type->swapped) {
      std::reverse_copy(data, data + type->size, turned);
      data = turned;
    }
    return type->codec->get(data, type->size);
  }
  return partObject(cls, source, index, data);
}

static int storeSimple_py(const CType *type, uint8_t *data, Value value, Value *kept) {
  *kept = type->codec->set(data, value, type->size);
  if (!*kept)
    return -1;
  if (type->swapped)
    std::reverse(data, data + type->size);
  return 0;
}

Value storeValue_py(CData *target, Class *cls, Value value, uint8_t *data) {
  CType *type = ctypeOf(cls);
  if (!isCData(value)) {
    if (type->kind == CKind::Simple) {
      Value kept;
      return storeSimple_py(type, data, value, &kept) < 0 ? Value() : kept;
    }
    if (hasClassFlag(value, kClassTupleSub)) {
      Value made = krt_call_ex_py(cls, value.as<Tuple>(), nullptr);
      if (!made) {
        extendError_py(kRuntimeError, krt_str_format("(%N) ", cls));
        return {};
      }
      return storeValue_py(target, cls, made, data);
    }
    if (value == kNone && type->kind == CKind::Pointer) {
      std::memset(data, 0, sizeof(void *));
      return kNone;
    }
    return krt_raise(kTypeError, "expected %N instance, got %T", cls, value);
  }
  CData *source = cdata(value);
  int matches = TRY_INT(krt_isinstance_py(value, cls));
  if (matches) {
    std::memmove(data, source->data, static_cast<size_t>(std::min(type->size, source->size)));
    return keptObjects(source);
  }
  CType *given = ctypeOfObject(source);
  if (type->kind == CKind::Pointer && given->kind == CKind::Array) {
    if (given->item != type->item)
      return krt_raise(kTypeError, "incompatible types, %T instance instead of %N instance", value, cls);
    std::memcpy(data, &source->data, sizeof(void *));
    Value pair[] = {keptObjects(source), value};
    return krt_tuple_from(pair, 2);
  }
  return krt_raise(kTypeError, "incompatible types, %T instance instead of %N instance", value, cls);
}

int storePart_py(CData *target, Class *cls, Value value, int64_t index, uint8_t *data) {
  Value kept = TRY_OR_MINUS(storeValue_py(target, cls, value, data));
  return keepAlive(target, index, kept);
}

void extendError_py(Class *cls, Str *prefix) {
  Value error = krt_error_take();
  Str *text = krt_str_of_py(error);
  if (!text) {
    krt_error_clear();
    text = krt_str_empty;
  }
  krt_raise(cls, "%S%T: %S", Value(prefix), error, Value(text));
}

// ---- What classes can do ------------------------------------------------------------------------------

static CType *concrete(Class *cls) {
  CType *type = ctypeOf(cls);
  if (!type)
    krt_raise(kTypeError, "abstract class");
  return type;
}

Value krt_ctype_fromAddress_py(Class *self, Value address) {
  TRY(concrete(self));
  if (!krt_int_check(address))
    return krt_raise(kTypeError, "integer expected");
  TRY_INT(audit_py("ctypes.cdata", {address}));
  return objectAt(self, reinterpret_cast<void *>(lowBits(krt_int_plain(address))));
}

static bool enough(int64_t size, int64_t needed, int64_t offset) {
  if (offset < 0) {
    krt_raise(kValueError, "offset cannot be negative");
    return false;
  }
  if (size - offset >= needed)
    return true;
  krt_raise(kValueError, "Buffer size too small (%lld instead of at least %lld bytes)",
            static_cast<long long>(size), static_cast<long long>(needed + offset));
  return false;
}

Value krt_ctype_fromBuffer_py(Class *self, Value object, int64_t offset) {
  CType *type = TRY(concrete(self));
  // The view is held by the new object: it keeps the exporter from resizing.
  Value view = TRY(krt_memoryview_new_py(object));
  Buffer buffer;
  TRY_INT(krt_buffer_get_py(view, &buffer, kBufferFull));
  Value result;
  if (buffer.readonly)
    krt_raise(kTypeError, "underlying buffer is not writable");
  else if (buffer.dimensions > 1 ||
           (buffer.dimensions == 1 && buffer.strides && buffer.strides[0] != buffer.itemSize))
    krt_raise(kTypeError, "underlying buffer is not C contiguous");
  else if (enough(buffer.length, type->size, offset) &&
           audit_py("ctypes.cdata/buffer", {krt_result_uint64(reinterpret_cast<uint64_t>(buffer.data)),
                                            smallInt(buffer.length), smallInt(offset)}) >= 0) {
    CData *made = objectAt(self, buffer.data + offset);
    if (keepAlive(made, -1, view) >= 0)
      result = made;
  }
  krt_buffer_release(&buffer);
  return result;
}

Value krt_ctype_fromBufferCopy_py(Class *self, Value object, int64_t offset) {
  CType *type = TRY(concrete(self));
  BytesLike bytes;
  if (!bytes.acquire_py(object) || !enough(bytes.size(), type->size, offset))
    return {};
  TRY_INT(audit_py("ctypes.cdata/buffer", {krt_result_uint64(reinterpret_cast<uint64_t>(bytes.data())),
                                           smallInt(bytes.size()), smallInt(offset)}));
  CData *made = TRY(newObject(self));
  std::memcpy(made->data, bytes.data() + offset, static_cast<size_t>(type->size));
  return made;
}

Value krt_ctype_inDll_py(Class *self, Value dll, Str *name) {
  TRY(concrete(self));
  TRY_INT(audit_py("ctypes.dlsym", {dll, name}));
  Value handle = TRY(krt_getattr_py(dll, KSTR(_handle)));
  if (!krt_int_check(handle))
    return krt_raise(kTypeError, "the _handle attribute of the second argument must be an integer");
  size_t size;
  const char *text = TRY(krt_str_utf8(name, &size));
  void *address = ::dlsym(reinterpret_cast<void *>(lowBits(krt_int_plain(handle))), text);
  if (!address)
    return krt_raise(kValueError, "%s", ::dlerror());
  return objectAt(self, address);
}

Value krt_ctype_fromParam_py(Class *self, Value value) { return fromParam_py(self, value); }

// ---- All objects --------------------------------------------------------------------------------------

Value krt_cdata_fromOutparam(Value self) {
  // A plain simple value comes out of an output parameter as the Python value.
  CData *object = cdata(self);
  CType *type = ctypeOfObject(object);
  if (type && isPlainSimple(object->shape->cls, type))
    return readPart(object->shape->cls, object, 0, object->data);
  return self;
}
Value krt_cdata_base(Value self) { return cdata(self)->base ? Value(cdata(self)->base) : kNone; }
Value krt_cdata_needsFree(Value self) {
  return smallInt((!cdata(self)->base && cdata(self)->index == kOwnsBlock) ||
                  cdata(self)->data == cdata(self)->own);
}
Value krt_cdata_objects(Value self) { return cdata(self)->objects ? cdata(self)->objects : kNone; }
Value krt_cargument_object(Value self) {
  Value object = self.as<CArgument>()->object;
  return object ? object : kNone;
}

/// Is `__dict__` of [self] the usual one? It is not asked for then: that would take the attributes out of the
/// object.
static bool hasUsualDict(Value self) {
  Value attribute = krt_class_lookup(classOf(self), KSTR(__dict__));
  return attribute && isExact(attribute, krt_getset_descriptor_class);
}

Value krt_cdata_reduce_py(Value self) {
  CData *object = cdata(self);
  CType *type = ctypeOfObject(object);
  if (type->hasPointers)
    return krt_raise(kValueError, "ctypes objects containing pointers cannot be pickled");
  Value attributes = hasUsualDict(self) ? Value(krt_instance_dict_copy(self))
                                        : krt_getattr_optional_py(self, KSTR(__dict__));
  if (!attributes && errorPending())
    return {};
  Value rebuild = TRY(krt_getattr_py(krt_ctypes_module_object, KSTR(_unpickle)));
  Value state[] = {attributes ? attributes : Value(krt_dict_new()),
                   krt_bytes_new(object->data, static_cast<size_t>(object->size))};
  Value arguments[] = {object->shape->cls, krt_tuple_from(state, 2)};
  Value result[] = {rebuild, krt_tuple_from(arguments, 2)};
  return krt_tuple_from(result, 2);
}

Value krt_cdata_setState_py(Value self, Value given, Value data) {
  CData *object = cdata(self);
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  if (!hasClassFlag(given, kClassDictSub))
    return krt_raise(kTypeError, "%.200T.__setstate__ argument must be a dictionary, not %.200T", self,
                     given);
  std::memmove(object->data, bytes.data(), static_cast<size_t>(std::min(bytes.size(), object->size)));
  if (!given.as<Dict>()->used && hasUsualDict(self))
    return kNone;
  Value attributes = TRY(krt_getattr_py(self, KSTR(__dict__)));
  if (!hasClassFlag(attributes, kClassDictSub))
    return krt_raise(kTypeError, "%.200T.__dict__ must be a dictionary, not %.200T", self, attributes);
  TRY_INT(krt_dict_update_py(attributes.as<Dict>(), given, true));
  return kNone;
}

namespace {

/// C objects are equal by identity, but they can change, so they have no hash.
int unhashable(Value, int64_t *) { return raiseInt(kTypeError, "unhashable type"); }

int getBuffer(Value self, Buffer *out, int) {
  CData *object = cdata(self);
  CType *type = ctypeOfObject(object);
  *out = Buffer{};
  out->owner = self;
  out->data = object->data;
  out->length = object->size;
  size_t size;
  out->format = type->format ? krt_str_utf8_lossy(type->format, &size) : "B";
  out->dimensions = type->dimensions;
  out->shape = type->shape;
  const Class *item = object->shape->cls;
  int64_t itemSize = type->size;
  while (const CType *inner = ctypeOf(item)) {
    if (inner->kind != CKind::Array)
      break;
    item = inner->item;
    itemSize = ctypeOf(item)->size;
  }
  out->itemSize = itemSize;
  if (type->dimensions) {
    auto *strides =
        static_cast<int64_t *>(gcAllocateAtomic(static_cast<size_t>(type->dimensions) * sizeof(int64_t)));
    int64_t stride = itemSize;
    for (int32_t i = type->dimensions; i-- > 0; stride *= type->shape[i])
      strides[i] = stride;
    out->strides = strides;
  }
  return 0;
}

/// c_int * 3
Value repeatType(Value self, int64_t count) {
  if (count < 0)
    return krt_raise(kValueError, "Array length must be >= 0, not %lld", static_cast<long long>(count));
  return arrayClass_py(self.as<Class>(), count);
}

Value argumentRepr(Value self) {
  auto *argument = self.as<CArgument>();
  char text[64];
  switch (argument->tag) {
  case 'b':
  case 'B':
  case 'h':
  case 'H':
  case 'i':
  case 'I':
  case 'l':
  case 'q':
    return krt_str_format("<cparam '%c' (%lld)>", argument->tag, static_cast<long long>(argument->value.i));
  case 'L':
  case 'Q':
    std::snprintf(text, sizeof text, "<cparam '%c' (%llu)>", argument->tag,
                  static_cast<unsigned long long>(argument->value.i));
    return strFrom(text);
  case 'f':
  case 'd': {
    Value number =
        floatBox(argument->tag == 'f' ? static_cast<double>(argument->value.f) : argument->value.d);
    KRT_ALLOW_PY("the repr of a float");
    return krt_str_format("<cparam '%c' (%R)>", argument->tag, number);
  }
  case 'c': {
    auto c = static_cast<unsigned char>(argument->value.i);
    if (c >= 32 && c < 127 && c != '\\' && c != '\'')
      std::snprintf(text, sizeof text, "<cparam 'c' ('%c')>", c);
    else
      std::snprintf(text, sizeof text, "<cparam 'c' ('\\x%02x')>", c);
    return strFrom(text);
  }
  case 'z':
  case 'Z':
  case 'P':
    std::snprintf(text, sizeof text, "<cparam '%c' (%p)>", argument->tag, argument->value.p);
    return strFrom(text);
  default:
    std::snprintf(text, sizeof text, "<cparam '%c' at %p>", argument->tag, static_cast<void *>(argument));
    return strFrom(text);
  }
}

} // namespace

extern "C" {
Class krt_cdata_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "_ctypes._CData",
    .basicSize = sizeof(CData),
    .slots = {.hash = unhashable, .getBuffer = getBuffer},
    .methods = krt_cdata_defs,
    .doc = "XXX to be provided",
};
Class krt_cargument_class = {
    .nativeName = "CArgObject",
    .basicSize = sizeof(CArgument),
    .slots = {.repr = argumentRepr},
    .methods = krt_cargument_defs,
};
#define KRT_METACLASS(name, text, maker, ...)                                                                \
  Class name##_class = {                                                                                     \
      .flags = kClassBase,                                                                                   \
      .nativeName = "_ctypes." text,                                                                         \
      .base = &krt_type_class,                                                                               \
      .basicSize = sizeof(Class),                                                                            \
      .slots = {__VA_ARGS__.repeat = repeatType, .make = maker},                                             \
      .methods = name##_defs,                                                                                \
  };
#define KRT_SETS_FIELDS .setattr = krt_cstructure_type_setattr_py,
KRT_METACLASS(krt_csimple_type, "PyCSimpleType", krt_csimple_type_make_py)
KRT_METACLASS(krt_cstructure_type, "PyCStructType", krt_cstructure_type_make_py, KRT_SETS_FIELDS)
KRT_METACLASS(krt_cunion_type, "UnionType", krt_cunion_type_make_py, KRT_SETS_FIELDS)
KRT_METACLASS(krt_carray_type, "PyCArrayType", krt_carray_type_make_py)
KRT_METACLASS(krt_cpointer_type, "PyCPointerType", krt_cpointer_type_make_py)
KRT_METACLASS(krt_cfunction_type, "PyCFuncPtrType", krt_cfunction_type_make_py)
}

void ctypesStartTypes() {
  krt_class_ready(&krt_cdata_class);
  krt_class_ready(&krt_cargument_class);
  krt_class_ready(&krt_cfield_class);
  struct Pair {
    Class *cls, *metaclass;
  };
  for (Pair pair : {Pair{&krt_csimple_class, &krt_csimple_type_class},
                    {&krt_cstructure_class, &krt_cstructure_type_class},
                    {&krt_cunion_class, &krt_cunion_type_class},
                    {&krt_carray_class, &krt_carray_type_class},
                    {&krt_cpointer_class, &krt_cpointer_type_class},
                    {&krt_cfunction_class, &krt_cfunction_type_class}}) {
    krt_class_ready(pair.metaclass);
    pair.cls->shape = pair.metaclass->rootShape;
    krt_class_ready(pair.cls);
  }
}

} // namespace krait
