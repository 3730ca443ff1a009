// types.h - layouts of the built-in objects that the interpreter, compiled code and several types share.
// Types that nobody else looks into define their struct in their own file under runtime/object.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/code_image.h"
#include "runtime/abi/object.h"

namespace krait {

struct Code;
struct Frame;
struct Module;

// ---- Numbers ----------------------------------------------------------------------------------------

/// Integers outside 63 bits (normalised: never one that would fit). Limbs little-endian, GMP's order.
struct KRT_LAYOUT Long : Object {
  int64_t size; // number of limbs, negative for negative values
  uint64_t limbs[];
};
/// Instance of a subclass of int: the plain integer (small or Long).
struct KRT_LAYOUT IntSub : Object {
  Value value;
};
/// Doubles that are not immediates, and instances of subclasses of float.
struct KRT_LAYOUT_OF(float) Float : Object {
  double value;
};
struct KRT_LAYOUT_OF(complex) Complex : Object {
  double real, imag;
};

// ---- Text and bytes ----------------------------------------------------------------------------------

enum StrFlags : uint64_t {
  kStrKindMask = 7,    // bytes per character: 1, 2, 4 (the narrowest that holds all characters)
  kStrAscii = 8,       // all characters below 128 (kind 1)
  kStrInterned = 16,   // one object per text: identity compares
  kStrExternal = 32,   // characters are at `external`, not inline
  kStrGrowing = 64,    // external, owned by a StrBuffer that may have room behind the last character
  kStrFlagBits = 8,
};
/// Immutable text; lone surrogates are ordinary characters. Inline characters are followed by a 0 character.
struct KRT_LAYOUT_OF(str) Str : Object {
  int64_t hash;            // SipHash-1-3 of the characters; -1 = not computed yet
  uint64_t lengthAndFlags; // length << kStrFlagBits | flags
  union {
    struct {
      void *external; // with kStrExternal: the characters
      void *owner;    // the object that holds them (a Str, a StrBuffer, bare memory); null if static
    };
    uint8_t inline1[16]; // inline characters begin here and go on past the struct
  };
  int64_t length() const { return static_cast<int64_t>(lengthAndFlags >> kStrFlagBits); }
  unsigned kind() const { return lengthAndFlags & kStrKindMask; }
  bool isAscii() const { return lengthAndFlags & kStrAscii; }
  bool isInterned() const { return lengthAndFlags & kStrInterned; }
  /// The characters, kind() bytes each.
  const void *data() const { return lengthAndFlags & kStrExternal ? external : inline1; }
  const uint8_t *data1() const { return static_cast<const uint8_t *>(data()); }
  const uint16_t *data2() const { return static_cast<const uint16_t *>(data()); }
  const uint32_t *data4() const { return static_cast<const uint32_t *>(data()); }
  uint32_t at(int64_t i) const {
    switch (kind()) {
    case 1: return data1()[i];
    case 2: return data2()[i];
    default: return data4()[i];
    }
  }
};
constexpr size_t kStrHeaderSize = 24; // inline characters start here

struct KRT_LAYOUT_OF(bytes) Bytes : Object {
  int64_t hash; // -1 = not computed yet
  int64_t length;
  uint8_t data[]; // one 0 byte follows the last
};
struct KRT_LAYOUT_OF(bytearray) ByteArray : Object {
  uint8_t *data; // collector-owned, atomic
  int64_t length, capacity;
  int64_t exports; // live buffers; resizing is a BufferError while there are any
};

// ---- Containers --------------------------------------------------------------------------------------

struct KRT_LAYOUT_OF(tuple) Tuple : Object {
  int64_t length;
  Value items[];
};
struct KRT_LAYOUT_OF(list) List : Object {
  Value *items; // collector-owned; null when capacity is 0
  int64_t length, capacity;
};
struct KRT_LAYOUT DictEntry {
  Value key; // null: deleted
  Value value;
  int64_t hash;
};
/// Compact and ordered: indices (power of two, 1/2/4 bytes wide) into entries. Where kDictWatched is set, stores must
/// take the slow path (module and class dictionaries have cells that depend on them).
struct KRT_LAYOUT_OF(dict) Dict : Object {
  DictEntry *entries; // collector-owned; null when empty
  void *indices;      // collector-owned, atomic
  uint32_t used;      // live entries
  uint32_t fill;      // entries in use, deleted ones included
  uint32_t capacity;  // of entries
  uint8_t log2Size;   // of indices
  uint8_t flags;      // DictFlags
  uint16_t keyKinds;  // DictKeyKinds seen since the last clear
  uint64_t version;   // unique among all dicts; changes when a key is added or removed or entries move (not when a value changes)
  void *watchers;     // cells, runtime/object/cells.h
};
enum DictFlags : uint8_t { kDictWatched = 1 };
enum DictKeyKinds : uint16_t { kDictOnlyInterned = 1, kDictOnlyStr = 2 }; // bits are cleared as other keys come
struct KRT_LAYOUT SetEntry {
  Value key; // null: empty; kSetDeleted marks a removed one
  int64_t hash;
};
/// set and frozenset. Compact and ordered as Dict is (order is not promised to users).
struct KRT_LAYOUT_OF(set) Set : Object {
  SetEntry *entries;
  void *indices;
  uint32_t used, fill, capacity;
  uint8_t log2Size;
  int64_t hash; // frozenset: -1 = not computed yet
};
struct KRT_LAYOUT_OF(range) Range : Object {
  Value start, stop, step, length; // integers of any size
};
struct KRT_LAYOUT_OF(slice) Slice : Object {
  Value start, stop, step;
};

/// Iterators that compiled loops know. Exhausted: container null.
struct KRT_LAYOUT_OF(list_iter) ListIter : Object {
  Value container; // list or tuple (ListIter, TupleIter)
  int64_t index;
};
struct KRT_LAYOUT_OF(range_iter) RangeIter : Object {
  int64_t next, step, remaining;
};
enum class DictIterKind : uint8_t { Keys, Values, Items };
struct KRT_LAYOUT_OF(dict_iter) DictIter : Object {
  Dict *dict; // null when exhausted
  uint32_t position;
  uint32_t expectedUsed; // RuntimeError when the size changed
  DictIterKind kind;
  uint32_t remaining;    // items yet to come
};
struct KRT_LAYOUT DictView : Object {
  Dict *dict;
};
struct KRT_LAYOUT_OF(enumerate) Enumerate : Object {
  Value iterator;
  Value count; // of the next item; an integer of any size
};

// ---- Functions and calls --------------------------------------------------------------------------------

struct KRT_LAYOUT_OF(cell) Cell : Object {
  Value value; // null: empty
};
struct KRT_LAYOUT_OF(function) Function : Object {
  NativeEntry entry; // how it is called: the interpreter's entry or that of compiled code
  Code *code;
  Dict *globals;
  Value builtins; // Dict
  Tuple *defaults;   // or null
  Dict *kwdefaults;  // or null
  Tuple *closure;    // of Cell, or null
  Str *name, *qualname;
  Value doc, module;
  Value annotations; // dict, or the tuple (name, value, ...) not yet asked for, or null
  Dict *dict;        // __dict__, or null
  uint32_t version;  // changes when code, defaults or kwdefaults are assigned
};
struct KRT_LAYOUT_OF(method) BoundMethod : Object {
  Value function, self;
};
/// Function, method, slot wrapper... written in C++.
struct KRT_LAYOUT_OF(native_function) NativeFunction : Object {
  const NativeDef *def;
  Value self;   // bound receiver, class, module, or null for a method descriptor
  Value module; // str or null
  Class *cls;   // the class it was found on, for descriptors; or null
};
/// A member of __slots__, or a field of a native struct.
struct KRT_LAYOUT MemberDescriptor : Object {
  Str *name;
  Class *cls;
  uint32_t offset;   // of the word in the instance; null: unset
  bool readOnly;
  bool unsetIsNone;  // reads as None while unset, instead of AttributeError
  const char *doc;   // or null
};
struct KRT_LAYOUT_OF(staticmethod) StaticMethod : Object { // and classmethod
  Value function;
  Dict *dict;
};
struct KRT_LAYOUT_OF(property) Property : Object {
  Value get, set, del, doc;
  Value name;
  bool docFromGetter;
};
struct KRT_LAYOUT_OF(module) Module : Object {
  Dict *dict;
  const void *def; // NativeModuleDef or null
  void *state;     // collector-owned data of a native module
};

// ---- Code objects: made by the loader from an image (runtime/abi/code_image.h), immutable but for caches ----

struct KRT_LAYOUT SiteCache {
  uint64_t words[4]; // what the words mean is known to the opcode's handler; all zero: empty
};
struct NativeCode; // tables of the compiled form, runtime/deopt

struct KRT_LAYOUT_OF(code) Code : Object {
  const uint16_t *units;
  uint32_t unitCount;
  uint32_t flags; // CPython's co_flags
  uint16_t argCount, posOnlyCount, kwOnlyCount, localCount, registerCount;
  uint16_t ordinal; // among the code objects of this qualified name in the module, in preorder; for profiles
  uint32_t siteCount;
  uint32_t constCount, nameCount, rangeCount;
  Value *consts;
  Str **names;
  const ExceptionRange *ranges;
  const uint8_t *positions; // compact position table, runtime/abi/code_image.h
  uint32_t positionsSize;
  uint32_t firstLine;
  SiteCache *caches; // siteCount entries, made at first execution
  Str *name, *qualname, *filename;
  Tuple *varnames, *cellvars, *freevars;
  const uint16_t *cellRegs;  // register of each cell variable
  uint64_t hash;             // structural, for profiles
  NativeEntry entry;         // compiled entry or the interpreter's; copied into functions made of this code
  NativeCode *native;        // or null
  void *record;              // counters of the recording interpreter, or null
  const void *image;         // keeps the image in collected memory alive that units, ranges and positions point into; or null
};

// ---- Activations -------------------------------------------------------------------------------------------

enum FrameFlags : uint32_t {
  kFrameEntry = 1,      // entered from native code: Return leaves the loop
  kFrameGenerator = 2,  // lives in a Generator
  kFrameOnHeap = 4,     // registers are not on the value stack
  kFrameTracing = 8,
  kFrameBare = 16,      // of compiled code: no registers follow, nor is there room reserved for them (see frameSettle)
};
/// An activation of interpreted code. Registers follow the struct directly.
struct KRT_LAYOUT Frame {
  Frame *back;
  Code *code;
  Function *function; // null for module and eval code run directly
  Dict *globals;
  Dict *builtins;
  Value locals;        // mapping of a class body, module or exec; null in functions
  const uint16_t *pc;  // instruction being executed, valid whenever code outside the loop may look
  Value *result;       // where the caller wants the result (a register of back)
  Object *frameObject; // the Python frame object if one was asked for
  struct Generator *generator;
  uint32_t flags;
  int32_t lastLine; // for tracing
  Value registers[];
};

enum class GeneratorState : uint8_t { Created, Suspended, Running, Finished };
/// Generators, coroutines and async generators; the frame lives inside.
struct KRT_LAYOUT_OF(generator) Generator : Object {
  Value name, qualname;
  Value handledException; // exc_info of the suspended activation
  GeneratorState state;
  uint8_t hooksDone;     // async generator: firstiter hook called
  uint8_t asyncRunning;  // async generator
  uint8_t asyncClosed;
  Value origin;          // coroutine origin, or None
  Value finalizer;       // async generator
  Frame frame;           // last
};

// ---- Exceptions -----------------------------------------------------------------------------------------------

/// BaseException and all that only add Python attributes. Subtypes with native fields derive in exceptions.h.
struct KRT_LAYOUT_OF(BaseException) Exception : Object {
  Tuple *args;
  Value traceback; // Traceback or None
  Value context, cause; // exception or None
  bool suppressContext;
};
struct KRT_LAYOUT_OF(traceback) Traceback : Object {
  Value next; // Traceback or None
  Object *frame;
  int32_t line;
  uint32_t pcOffset; // units
};

/// Positional arguments handed to natives that take *args.
struct ArgSpan {
  const Value *data;
  size_t size;
};

} // namespace krait
