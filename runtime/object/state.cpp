// state.cpp - see state.h.
#include "runtime/object/state.h"

#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

namespace krait {

int (*krt_warn_explicit_hook_py)(Class *category, Str *message, Str *filename, int32_t line) = nullptr;
bool (*krt_late_builtin_hook_py)(Str *name) = nullptr;

namespace {
Module *builtinsModule = nullptr;
Module *sysModule = nullptr;
} // namespace

extern "C" {

void krt_state_start() {
  builtinsModule = krt_module_new(strIntern("builtins"), nullptr);
  sysModule = krt_module_new(strIntern("sys"), nullptr);
  Dict *modules = krt_dict_new();
  krt_dict_set_str(modules, strIntern("builtins"), builtinsModule);
  krt_dict_set_str(modules, strIntern("sys"), sysModule);
  krt_sys_set(strIntern("modules"), modules);
}

Module *krt_state_builtins() { return builtinsModule; }
Dict *krt_builtins_dict() { return builtinsModule->dict; }
Module *krt_state_sys() { return sysModule; }
Value krt_sys_get(Str *name) { return krt_dict_get_str(sysModule->dict, name); }
void krt_sys_set(Str *name, Value value) { krt_dict_set_str(sysModule->dict, name, value); }

Value krt_sys_modules() {
  Value modules = krt_sys_get(KSTR(modules));
  return modules ? modules : krt_raise(kRuntimeError, "unable to get sys.modules");
}

void (*krt_before_explicit_collection)() = nullptr;

Value krt_import_loaded_py(Str *name) {
  Value modules = TRY(krt_sys_modules());
  if (isExact(modules, krt_dict_class))
    return krt_dict_get_py(modules.as<Dict>(), name);
  Value module = krt_getitem_py(modules, name);
  if (!module)
    krt_error_clear_if(kKeyError);
  return module;
}

} // extern "C"
} // namespace krait
