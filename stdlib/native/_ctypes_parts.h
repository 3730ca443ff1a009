// _ctypes_parts.h - what the files of _ctypes share: what classes know of their C types, and objects of them.
//
// A class made by one of the six metaclasses has a CType (Class::native); the abstract ones (Structure, Array
// ...) have none. An object (CData) is a window on memory that C may see: memory of its own (which does not
// move), a part of another object's (base), or a foreign address. Memory is not scanned by the collector:
// what addresses in it refer to is kept alive by `objects` of the object at the root of the bases, as in
// CPython, under the place where it was stored.
#pragma once

#include "runtime/abi/buffer.h"
#include "runtime/gc/gc.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <ffi.h>

namespace krait {

enum class CKind : uint8_t { Simple, Structure, Union, Array, Pointer, Function };
enum CFunctionFlags : int {
  kFunctionCdecl = 1,
  kFunctionPythonApi = 4,
  kFunctionErrno = 8,
  kFunctionLastError = 16
};
constexpr size_t kMaxArguments = 1024;

struct CData;
constexpr int64_t kOwnsBlock = 1;

/// How values of a simple type are read and stored. [set] returns what must be kept alive (or None), null
/// with an exception.
struct CCodec {
  char code;
  uint8_t size, alignment;
  char format;  // in buffers
  bool integer; // may be a bit field
  bool isSigned;
  ffi_type *ffi;
  Value (*get)(const uint8_t *from, int64_t size);
  Value (*set)(uint8_t *to, Value value, int64_t size);
};

/// What a class knows of its C type.
struct CType {
  int64_t size, alignment;
  int64_t length; // items of an array, fields of a structure with those of its bases; otherwise 1, or 0 of
                  // simple types
  CKind kind;
  bool swapped; // in the other byte order
  bool final;   // its layout was used and cannot change any more
  bool hasPointers;
  bool hasFields;
  bool bigEndianFields;
  const CCodec *codec; // of a simple type, or of an array of characters
  Class *item;         // of arrays and pointers; null if not given yet
  Str *format;         // of one item, as struct and PEP 3118 write it
  int32_t dimensions;
  int64_t *shape; // of dimensions
  ffi_type *ffi;  // made when it is first passed by value
  Tuple *fields;  // CField objects with those of the bases, in order
  Tuple *names;   // of the fields
  // Of functions:
  struct CSignature *signature; // _ctypes_functions.h; or null
  Value result, checker;        // or null
  int functionFlags;
  Dict *arrays; // classes of arrays of this type by length, or null
};

struct CData : Object {
  uint8_t *data; // what the object shows; the start of a collected block, this object's own bytes, or memory
                 // of others
  CData *base;   // the object that data is a part of, or null
  Value objects; // what must live on: null, a dict by place, or the one object
  int64_t size;  // bytes at data
  int64_t index; // which part of base; without a base kOwnsBlock or 0
  alignas(16) uint8_t own[16]; // data of small types
};

/// A prepared argument: what byref() and from_param() make.
struct CArgument : Object {
  char tag;
  ffi_type *ffi;
  union {
    int64_t i;
    double d;
    float f;
    void *p;
    long double *wide; // collected memory
  } value;
  void *memory; // of a structure or long double passed by value, or null
  Value object; // kept alive
};

struct CField : Object {
  int64_t offset, size; // size of a bit field: bits << 16 | lowest bit
  int64_t index;
  Class *type;
  const CCodec *codec; // of simple types and of text in arrays of characters; null: objects
  bool swapped, isText;
  bool anonymous; // its fields are fields of the outer class, too
  int32_t bits;   // 0: no bit field
};

struct CFunction; // _ctypes_functions.h

extern "C" {
extern Class krt_cdata_class, krt_csimple_class, krt_cstructure_class, krt_cunion_class, krt_carray_class,
    krt_cpointer_class, krt_cfunction_class;
extern Class krt_csimple_type_class, krt_cstructure_type_class, krt_cunion_type_class, krt_carray_type_class,
    krt_cpointer_type_class, krt_cfunction_type_class;
extern Class krt_cargument_class, krt_cfield_class;
// Constructors of the metaclasses, beside the classes of each kind.
Value krt_csimple_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames);
Value krt_cstructure_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames);
Value krt_cunion_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames);
Value krt_carray_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames);
Value krt_cpointer_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames);
Value krt_cfunction_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames);
int krt_cstructure_type_setattr_py(Value cls, Str *name, Value value);
}
extern Class *krt_ctypes_argument_error;
extern Dict *krt_ctypes_pointer_cache;

// ---- Types --------------------------------------------------------------------------------------------

/// What [cls] knows of its C type; null if it is no class of _ctypes or an abstract one.
inline CType *ctypeOf(const Class *cls) {
  return cls->shape->cls == &krt_type_class ? nullptr : static_cast<CType *>(cls->native);
}
inline CType *ctypeOfValue(Value v) {
  return hasClassFlag(v, kClassTypeSub) ? ctypeOf(v.as<Class>()) : nullptr;
}
inline CType *ctypeOfObject(const CData *object) { return static_cast<CType *>(object->shape->cls->native); }
inline bool isCData(Value v) {
  return v.isObject() && krt_subclass(v.asObject()->shape->cls, &krt_cdata_class);
}
inline CData *cdata(Value v) { return v.as<CData>(); }
inline bool isKind(Value v, CKind kind) {
  CType *type = ctypeOfValue(v);
  return type && type->kind == kind;
}
/// An instance of a C type of [kind].
inline bool isObjectOf(Value v, CKind kind) {
  return isCData(v) && ctypeOfObject(cdata(v)) && ctypeOfObject(cdata(v))->kind == kind;
}
/// Are values of simple type [cls] plain Python values (and not objects of a class derived from it)?
inline bool isPlainSimple(const Class *cls, const CType *type) {
  return type->kind == CKind::Simple && cls->base == &krt_csimple_class;
}

CType *newCType(CKind kind);
/// One whose values are addresses.
CType *newAddressCType(CKind kind);
/// A class by the metaclass's constructor, as type() makes it. Null with an exception.
Class *makeClass_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames);
const CCodec *codecFor(uint32_t code);
/// The ffi description of objects of [cls] passed by value.
ffi_type *ffiOf(const Class *cls);
/// The class of arrays of [length] of [item]; the same class each time. Null with an exception.
Class *arrayClass_py(Class *item, int64_t length);
/// The class of pointers to [item].
Class *pointerClass_py(Value item);
/// 'c' or 'u' if [item] is char or wchar_t; 0 otherwise.
char textOf(const Class *item);
/// The format of [type] within that of another: with the shape of an array in front.
Str *innerFormat(const CType *type);

// ---- Objects ------------------------------------------------------------------------------------------

/// An object of [cls] with zeroed memory; null with TypeError for an abstract class.
CData *newObject(Class *cls);
/// An object of [cls] that shows part [index] of [base] at [data]; without a base a copy of the bytes at
/// [data].
CData *partObject(Class *cls, CData *base, int64_t index, uint8_t *data);
/// An object at a foreign address.
CData *objectAt(Class *cls, void *data);
/// Reads a value of type [cls] at [data] in [source]: a Python value of a simple type, otherwise an object.
Value readPart(Class *cls, CData *source, int64_t index, uint8_t *data);
/// Stores [value] as [cls] at [data], part [index] of [target], and keeps alive what must be. -1 = exception
/// pending.
int storePart_py(CData *target, Class *cls, Value value, int64_t index, uint8_t *data);
/// As storePart_py without keeping: returns what is to be kept.
Value storeValue_py(CData *target, Class *cls, Value value, uint8_t *data);
/// Notes that [kept] must live as long as part [index] of [target]. -1 = exception pending.
int keepAlive(CData *target, int64_t index, Value kept);
/// `_objects` of the root of [object].
Value keptObjects(CData *object);
/// Memory of [size] zeroed bytes for C, not scanned; null with MemoryError.
uint8_t *newBlock(int64_t size);

/// Puts "[prefix]" and the class of the exception pending before its text, as an exception of class [cls].
void extendError_py(Class *cls, Str *prefix);

// ---- Arguments ----------------------------------------------------------------------------------------

CArgument *newArgument(char tag, ffi_type *ffi, Value object);
/// The argument that passes [object].
CArgument *argumentOf(CData *object);
/// from_param as the classes of each kind have it; null with an exception.
Value fromParam_py(Class *cls, Value value);
/// The low 64 bits of a plain integer.
uint64_t lowBits(Value plain);

extern thread_local int krt_ctypes_errno;

} // namespace krait
