// function.h - functions, methods, native functions, descriptors, cells, modules, code objects.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"
#include "runtime/gc/gc.h"

namespace krait {

extern "C" {
KRT_RT_BEGIN(KRT_RAISES, KRT_COLLECTS)
extern Class krt_function_class, krt_method_class, krt_cell_class, krt_code_class, krt_module_class;
/// builtin_function_or_method; method_descriptor; classmethod_descriptor; wrapper_descriptor; method-wrapper.
extern Class krt_native_function_class, krt_method_descriptor_class, krt_classmethod_descriptor_class,
    krt_slot_wrapper_class, krt_method_wrapper_class;
extern Class krt_getset_descriptor_class, krt_member_descriptor_class, krt_property_class, krt_staticmethod_class,
    krt_classmethod_class;

/// What code with [globals] takes for its built-ins: the dictionary (also the module's) under `__builtins__`, or the caller's. Any
/// other object, which CPython asks by its __getitem__, comes inside of a dictionary that does so.
Dict *krt_builtins_of(Dict *globals);
/// [builtins] as programs see it.
Value krt_builtins_shown(Dict *builtins);

Function *krt_function_new(Code *code, Dict *globals, Tuple *defaults, Dict *kwdefaults, Value annotations, Tuple *closure);
KRT_RT(KRT_COLLECTS, KRT_READS(), KRT_WRITES()) Value krt_method_new(Value function, Value self);
KRT_RT(KRT_COLLECTS, KRT_READS(), KRT_WRITES()) Cell *krt_cell_new(Value contents);
Module *krt_module_new(Str *name, Str *docOrNull);
NativeFunction *krt_native_function_new(const NativeDef *def, Value self, Value module);
/// Binds call arguments to the parameters of [code]: registers[0..) get parameters in varnames order (with *args, **kwargs);
/// missing optional ones from defaults. False with TypeError pending, worded as CPython's.
bool krt_bind_arguments_py(Function *function, const Value *args, size_t nargs, Tuple *kwnames, Value *registers);
/// CPython-style line for a unit offset.
KRT_RT(KRT_PURE) int32_t krt_code_line(const Code *code, uint32_t unit);
KRT_RT_END
}

} // namespace krait
