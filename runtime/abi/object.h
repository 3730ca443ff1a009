// object.h - header word, shapes, classes and their slots.
//
// Every heap object begins with one word, its Shape. A shape names the class and, for objects with attributes, the
// order of the attributes stored so far ("hidden class"). Two objects of one shape have the same class and the same
// attribute at the same place, so one compare guards both. Objects without attributes (list, int, ...) all have
// the root shape of their class: `object->shape == krt_list_class.rootShape` is the exact type test.
//
// Where attributes live: Class::extraOffset is the byte offset of the *extra* word, followed by inlineSlots slots.
//   attribute i < inlineSlots  -> word at extraOffset + 8 + 8*i
//   attribute i >= inlineSlots -> (Value*)extra [i - inlineSlots], an array the collector owns
// Once `__dict__` was asked for, the object has its class's dictShape and extra is a Dict that holds all attributes
// (inline slots are dead). Classes of variable size (tuple, bytes) keep extra behind their items
// (extraOffset == kExtraAtEnd) and have no inline slots. Classes without attributes have extraOffset == 0.
// `__slots__` members are fixed words described by member descriptors; shapes do not list them.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/value.h"

namespace krait {

struct Class;
struct Dict;
struct Shape;
struct Str;
struct Tuple;
struct Buffer;
struct NativeDef;
struct ThreadState;

struct KRT_LAYOUT_OF(object) Object {
  Shape *shape;
};

// ---- Shapes ---------------------------------------------------------------------------------------

enum ShapeFlags : uint32_t {
  kShapeDictMode = 1,  // attributes are in the Dict at extra
  kShapeHasExtra = 2,  // instances have an extra word
};

struct KRT_LAYOUT Shape {
  Class *cls;
  uint32_t flags;
  uint32_t count;       // attributes of an object with this shape
  Shape *parent;        // the shape without the last attribute; null for a root
  Str *name;            // interned name of the last attribute; null for a root
  void *transitions;    // runtime/object/shape.cpp: added name -> child shape
  void *table;          // runtime/object/shape.cpp: name -> index, made on first look-up
  uint32_t inlineSlots; // of the class when the root was made
  uint32_t id;          // unique, small; for dumps
  uint32_t profileKind; // the id under which the recording interpreter knows it; 0: none yet
  uint32_t freeList;    // of a root: number of the free list that instances come from; 0: krt_instance_new makes them
};

// ---- Slots: what a class implements natively ---------------------------------------------------------
// As CPython's type slots: a class written in C++ fills them in; for a class written in Python
// runtime/object/slots.cpp fills in functions that look the special method up. `special methods <-> slots` is the
// table runtime/object/Slots.def. Results: null Value = exception pending; int -1 = exception pending.

enum class CompareOp : uint8_t { Lt, Le, Eq, Ne, Gt, Ge };
enum class BinaryOp : uint8_t { Add, Sub, Mul, TrueDiv, FloorDiv, Mod, Pow, MatMul, LShift, RShift, And, Or, Xor, DivMod };
constexpr size_t kBinaryOps = 14; // DivMod has no in-place form

/// How every callable is entered: nargs positional values, then one value per name in kwnames (may be null).
/// [callee] is the object called (or the function found for it), so that entries can find their own data.
using NativeEntry = Value (*)(Value callee, const Value *args, size_t nargs, Tuple *kwnames);

enum class SendStatus : int { Error = -1, Return = 0, Yield = 1 };

struct KRT_LAYOUT TypeSlots {
  Value (*repr)(Value self);
  Value (*str)(Value self);
  int (*hash)(Value self, int64_t *out); // 0 or -1
  NativeEntry call;
  Value (*getattr)(Value self, Str *name);                // null means krt_object_getattr (generic)
  int (*setattr)(Value self, Str *name, Value valueOrNull); // null value deletes; null slot means generic
  Value (*richcompare)(Value a, Value b, CompareOp op);   // kNotImplemented allowed
  Value (*iter)(Value self);
  Value (*next)(Value self); // null and no pending exception: exhausted
  SendStatus (*send)(Value self, Value value, Value *result); // generators and coroutines
  Value (*await)(Value self);
  Value (*aiter)(Value self);
  Value (*anext)(Value self);
  int (*truth)(Value self); // 1, 0, -1
  int64_t (*length)(Value self);
  int (*contains)(Value self, Value item); // 1, 0, -1
  Value (*getitem)(Value self, Value key);
  int (*setitem)(Value self, Value key, Value valueOrNull); // null value deletes
  Value (*concat)(Value a, Value b); // sequence +, tried after both binary[Add]
  Value (*repeat)(Value a, int64_t n);
  Value (*inplaceConcat)(Value a, Value b);
  Value (*inplaceRepeat)(Value a, int64_t n);
  Value (*binary[kBinaryOps])(Value a, Value b);  // called with the operands in source order for either operand's class
  Value (*inplace[kBinaryOps])(Value a, Value b);
  Value (*power)(Value a, Value b, Value mod); // three-argument pow; binary[Pow] is the two-argument form
  Value (*negative)(Value self);
  Value (*positive)(Value self);
  Value (*absolute)(Value self);
  Value (*invert)(Value self);
  Value (*index)(Value self);
  Value (*toInt)(Value self);
  Value (*toFloat)(Value self);
  Value (*descrGet)(Value descr, Value objectOrNull, Value cls);
  int (*descrSet)(Value descr, Value object, Value valueOrNull);
  int (*init)(Value self, const Value *args, size_t nargs, Tuple *kwnames);
  Value (*make)(Class *cls, const Value *args, size_t nargs, Tuple *kwnames); // __new__
  void (*finalize)(Value self); // __del__; leaves no exception pending
  int (*getBuffer)(Value self, Buffer *out, int flags);
  void (*releaseBuffer)(Value self, Buffer *buffer);
};

// ---- Classes ---------------------------------------------------------------------------------------

enum ClassFlags : uint32_t {
  kClassHeap = 1u << 0,        // made by a class statement or type(): attributes may be set
  kClassBase = 1u << 1,        // may be subclassed
  kClassAbstract = 1u << 2,    // has abstract methods (abc)
  kClassSequence = 1u << 3,    // for match
  kClassMapping = 1u << 4,     // for match
  kClassMatchSelf = 1u << 5,   // class pattern with one positional sub-pattern matches the subject itself
  kClassMethodDescr = 1u << 6, // instances are found unbound by LoadMethod (function, method descriptor)
  kClassReady = 1u << 7,
  kClassHasDel = 1u << 8,      // defines __del__ somewhere in the MRO
  kClassImmutable = 1u << 9,
  kClassDisallowNew = 1u << 10,
  kClassWeakref = 1u << 11,    // instances may be referred to weakly; inherited
  // Fast subclass tests, inherited:
  kClassIntSub = 1u << 16, kClassStrSub = 1u << 17, kClassBytesSub = 1u << 18, kClassTupleSub = 1u << 19,
  kClassListSub = 1u << 20, kClassDictSub = 1u << 21, kClassExceptionSub = 1u << 22, kClassTypeSub = 1u << 23,
  kClassFloatSub = 1u << 24, kClassSetSub = 1u << 25, kClassByteArraySub = 1u << 26, kClassComplexSub = 1u << 27,
};

constexpr uint32_t kExtraAtEnd = 0xffffffff;

struct KRT_LAYOUT_OF(type) Class : Object {
  uint32_t flags;
  uint32_t version;       // changes whenever look-ups on the class may give another result; never 0 once ready
  const char *nativeName; // "list", "collections.deque": for native classes (module before the last dot)
  Str *name;              // __name__
  Str *qualname;          // __qualname__
  Class *base;            // the base whose layout instances share ("best base")
  Tuple *bases;
  Tuple *mro;             // of Class*, this class first
  Dict *dict;             // attributes of the class itself, keys interned
  Shape *rootShape;       // of instances without attributes
  Shape *dictShape;       // of instances in dict mode; null if instances have no extra word
  uint32_t basicSize;     // bytes of an instance without extra word and inline slots, with __slots__ members
  uint32_t itemSize;      // of the variable part; 0 if none
  uint32_t extraOffset;   // see the head of this file
  uint32_t inlineSlots;   // predicted number of attributes
  TypeSlots slots;
  const NativeDef *methods; // table that abigen made, ends with a null name; native classes only
  const char *doc;          // native classes only
  const char *newSignature; // __text_signature__ of a native class, or null
  void *subclasses;         // weak list, runtime/object/class.cpp
  void *watchers;           // cells of compiled code that depend on this class, runtime/object/cells.h
  void *abcData;            // _abc's registry and caches
  void *native;             // for the class's own implementation (e.g. struct sequence fields)
};

/// The class of any value.
inline Class *classOf(Value v);

extern "C" {
// Native classes needed for immediates.
extern Class krt_int_class, krt_float_class, krt_bool_class, krt_none_class, krt_notimplemented_class, krt_ellipsis_class;
/// Classes of the constants, indexed by bits >> 3.
extern Class *const krt_constant_classes[8];
}

inline Class *classOf(Value v) {
  if (v.isPointer())
    return v.asObject()->shape->cls;
  if (v.isInt())
    return &krt_int_class;
  if (v.isImmediateFloat())
    return &krt_float_class;
  return krt_constant_classes[v.bits >> 3];
}

inline bool isExact(Value v, const Class &cls) { return v.isObject() && v.asObject()->shape->cls == &cls; }
inline bool hasClassFlag(Value v, ClassFlags flag) { return v.isObject() && (v.asObject()->shape->cls->flags & flag); }

} // namespace krait
