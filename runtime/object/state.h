// state.h - the modules every program has: builtins, sys and the table of loaded modules.
#pragma once

#include "runtime/abi/types.h"

namespace krait {

extern "C" {
/// Makes the two modules (empty but for names that the caller adds) and sys.modules. Once, at start.
void krt_state_start();
Module *krt_state_builtins();
Dict *krt_builtins_dict();
Module *krt_state_sys();
/// sys.<name>, or null without an exception.
Value krt_sys_get(Str *name);
void krt_sys_set(Str *name, Value value);
/// sys.modules as the import system sees it (the program may have replaced it: any mapping).
Value krt_sys_modules();
/// sys.modules[name], or null without an exception.
Value krt_import_loaded_py(Str *name);
/// What gc.collect() does first, or null.
extern void (*krt_before_explicit_collection)();
}

/// Set by the module that implements warnings: warns at a place in a file; -1 = exception pending. Null: warnings are dropped.
extern int (*krt_warn_explicit_hook_py)(Class *category, Str *message, Str *filename, int32_t line);
/// Asked for names that module builtins lacks, before NameError: true if it has the name now; with an exception pending on failure.
/// Set by runtime/start for what module site adds (exit, help, ...), which is imported at the first use.
extern bool (*krt_late_builtin_hook_py)(Str *name);

} // namespace krait
