// native.h - how functions, methods and modules written in C++ are described to the runtime.
//
// Nobody fills these tables by hand: `abigen` generates them from the annotated declarations (annotations.h) into
// X.bind.inc, one per annotated header X.h. That file is included by one .cpp, which thereby gets, in namespace krait:
//
//   krt_<owner>_defs[]          one NativeDef per binding of a module or class, ended by a null name
//   krt_<owner>_make            for KRT_NEW: a function for TypeSlots::make
//   krt_<owner>_init            for KRT_INIT: a function for TypeSlots::init
//   krt_<owner>_new_signature   for KRT_NEW or KRT_INIT: the class's __text_signature__
//   krt_<owner>_doc             for KRT_CLASS
//   krt_<module>_module         for KRT_MODULE: the NativeModuleDef (an external symbol)
//   krt_<module>_<X>_defs       functions of a module whose KRT_MODULE is in another header (an external symbol)
//
// An entry's args begin with the receiver for methods, getters and class methods, but not for static methods and
// module functions.
#pragma once

#include "runtime/abi/types.h"

namespace krait {

enum class NativeKind : uint8_t {
  Function,     // of a module: builtin_function_or_method
  Method,       // method_descriptor
  Slot,         // wrapper_descriptor
  ClassMethod,  // classmethod_descriptor
  StaticMethod, // staticmethod of a built-in
  GetSet,       // getset_descriptor
  New,          // constructor or initialiser; not in the defs table, see krt_<owner>_make and krt_<owner>_init
};

enum NativeEffects : uint32_t {
  kEffectRaises = 1,
  kEffectCollects = 2,
  kEffectRunsPy = 4,
  kEffectPure = 8,
};

struct ParamInfo {
  const char *name;
  bool required;
  bool noneAllowed; // the default is None and the C++ type a pointer: None arrives as null
};

/// What the parser of arguments must know. The receiver is not counted.
struct SignatureInfo {
  const char *name;       // "append"
  const char *owner;      // "math"; for classes the stem of the variable: "list", "list_iter"
  const Class *cls;       // null for module functions
  NativeKind kind;
  uint8_t positionalOnly; // the first so many parameters have no usable name
  uint8_t positional;     // parameters that may be given by position, positional-only ones included
  uint8_t required;       // of those
  uint8_t total;          // with the keyword-only ones; not counting *args and **kwargs
  bool varArgs, varKeywords;
  const ParamInfo *params; // total of them
  bool callCounts;         // KRT_CALL_COUNTS
};

struct NativeDef {
  const char *name;          // null ends a table
  const char *textSignature; // "($self, object, /)"; null if CPython has none
  const char *doc;           // null if there is none
  NativeEntry entry;         // getter for GetSet, or null
  NativeEntry setEntry;      // GetSet: called with the receiver and the value (null deletes); null: read-only
  NativeKind kind;
  uint32_t effects;          // NativeEffects
  const SignatureInfo *signature; // null for GetSet
  void *typedEntry;          // the annotated function itself
  const char *typedKind;     // its C++ type in letters: result(parameters), see compiler/abigen/README.md
};

struct NativeModuleDef {
  const char *name;
  const char *doc;
  const NativeDef *functions;
  bool (*init)(Module *module); // KRT_MODULE_INIT: adds constants and classes; false with an exception pending; or null
};

} // namespace krait
