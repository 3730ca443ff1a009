// start_classes.cpp - readying the native classes and filling module builtins.
#include "runtime/start/start_classes.h"

#include "runtime/abi/native.h"
#include "runtime/builtins/anext_awaitable.h"
#include "runtime/interp/async_generator.h"
#include "runtime/start/code_check.h"
#include "runtime/interp/generator_methods.h"
#include "runtime/interp/interp.h"
#include "runtime/object/cells.h"
#include "runtime/object/class.h"
#include "runtime/object/code.h"
#include "runtime/object/containers.h"
#include "runtime/object/exception_classes.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"
#include "runtime/object/union.h"
#include "runtime/start/import.h"
#include "runtime/start/native_modules.h"

#include <cstring>

namespace krait {

extern "C" {
#define CLASS(name) extern Class krt_##name##_class;
#include "runtime/object/ClassList.def"
#undef CLASS
}

namespace {

Class *const classes[] = {
#define CLASS(name) &krt_##name##_class,
#include "runtime/object/ClassList.def"
#undef CLASS
    // The interpreter's own.
    &krt_generator_class,
    &krt_coroutine_class,
    &krt_coroutine_wrapper_class,
    &krt_async_generator_class,
    &krt_anext_awaitable_class,
    &krt_async_generator_asend_class,
    &krt_async_generator_athrow_class,
    &krt_async_wrapped_value_class,
    &krt_frame_class,
};

/// The classes that module builtins shows, by name; exceptions are added too.
const char *const publicNames[] = {
    "bool",   "bytearray", "bytes",     "classmethod", "complex", "dict",  "enumerate",
    "filter", "float",     "frozenset", "int",         "list",    "map",   "memoryview",
    "object", "property",  "range",     "reversed",    "set",     "slice", "staticmethod",
    "str",    "super",     "tuple",     "type",        "zip",
};

bool isPublic(const Class *cls) {
  if (cls->flags & kClassExceptionSub)
    return !std::strchr(cls->nativeName, '.');
  for (const char *name : publicNames)
    if (std::strcmp(name, cls->nativeName) == 0)
      return true;
  return false;
}

} // namespace

void readyClasses() {
  krt_object_start();
  for (Class *cls : classes)
    krt_class_ready(cls);
  krt_class_make_generic(&krt_async_generator_class);
}

bool noSite = false; // -S

/// The names that module site adds, added at the first use of one of them, or when the dict of builtins can
/// be looked at ([name] null): importing site at each start would take longer than all the rest of it.
bool addSiteBuiltins(Str *name) {
  static const char *const names[] = {"exit", "quit", "copyright", "credits", "license", "help"};
  static bool tried = false;
  bool known = !name;
  for (const char *candidate : names)
    known = known || strView(name) == candidate;
  if (!known || tried || noSite)
    return false;
  tried = true;
  Value site = krt_builtins_import_py(strIntern("site"), kNone, kNone, krt_tuple_empty, 0);
  for (const char *step : {"setquit", "setcopyright", "sethelper"})
    if (!site || !krt_call_method_py(site, strIntern(step), nullptr, 0))
      return false;
  return true;
}

/// `__build_class__` takes its arguments as they come: no glue.
const NativeDef buildClassDef = {"__build_class__",
                                 nullptr,
                                 "Make a class: what a class statement calls.",
                                 krt_build_class_py,
                                 nullptr,
                                 NativeKind::Function,
                                 kEffectRunsPy,
                                 nullptr,
                                 nullptr,
                                 nullptr};

void fillBuiltins(const RunOptions &options) {
  noSite = options.noSite;
  krt_late_builtin_hook_py = addSiteBuiltins;
  krt_code_verify_hook = verifyCodeObject;
  krt_code_entry_hook = krt_function_entry_py;
  Dict *dict = krt_builtins_dict();
  for (Class *cls : classes)
    if (isPublic(cls))
      krt_dict_set_str(dict, strIntern(cls->nativeName), cls);
  krt_dict_set_str(dict, strIntern("EnvironmentError"), kOSError);
  krt_dict_set_str(dict, strIntern("IOError"), kOSError);
  krt_dict_set_str(dict, strIntern("None"), kNone);
  krt_dict_set_str(dict, strIntern("True"), kTrue);
  krt_dict_set_str(dict, strIntern("False"), kFalse);
  krt_dict_set_str(dict, strIntern("Ellipsis"), kEllipsis);
  krt_dict_set_str(dict, strIntern("NotImplemented"), kNotImplemented);
  krt_dict_set_str(dict, strIntern("__debug__"), kTrue);
  krt_dict_set_str(dict, strIntern(buildClassDef.name),
                   krt_native_function_new(&buildClassDef, krt_state_builtins(), strIntern("builtins")));
  fillNativeModule(krt_state_builtins(), findNativeModule("builtins"));
  static const NativeDef buildClass = {
      .name = "__build_class__",
      .doc = "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nInternal helper "
             "function used by the class statement.",
      .entry = krt_build_class_py,
      .kind = NativeKind::Function,
      .effects = kEffectRunsPy,
  };
  krt_dict_set_str(dict, strIntern("__build_class__"),
                   krt_native_function_new(&buildClass, {}, strIntern("builtins")));
  krt_cells_native_ready(strIntern("builtins"), dict);
}

} // namespace krait
