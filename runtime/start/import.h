// import.h - module _imp and the start of the import system. importlib itself is Python: CPython's own
// bootstrap modules, frozen, run at the first import that is not already in sys.modules.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_MODULE(_imp, "(Extremely) low-level import machinery bits as used by importlib.");
KRT_MODULE_INIT(_imp) bool krt__imp_init(Module *module);

/// Return True if the import lock is held by some thread.
KRT_FUNCTION(_imp, "lock_held()") bool krt__imp_lockHeld();
/// Acquire the import lock for the current thread.
KRT_FUNCTION(_imp, "acquire_lock()", KRT_RUNS_PY) Value krt__imp_acquireLock_py();
/// Release the import lock.
KRT_FUNCTION(_imp, "release_lock()", KRT_RAISES, KRT_COLLECTS) Value krt__imp_releaseLock();
/// Return the names of importable extension files; there are none.
KRT_FUNCTION(_imp, "extension_suffixes()", KRT_COLLECTS, KRT_RAISES) Value krt__imp_extensionSuffixes();
/// Return 1 if the name is that of a built-in module, -1 if it cannot be initialised again, else 0.
KRT_FUNCTION(_imp, "is_builtin(name, /)") int64_t krt__imp_isBuiltin(Str *name);
/// Return True if the name is that of a frozen module.
KRT_FUNCTION(_imp, "is_frozen(name, /)") bool krt__imp_isFrozen(Str *name);
/// Return True if the name is that of a frozen package.
KRT_FUNCTION(_imp, "is_frozen_package(name, /)", KRT_RAISES) bool krt__imp_isFrozenPackage(Str *name);
/// Return (data, is_package, original name) of a frozen module, or None.
KRT_FUNCTION(_imp, "find_frozen(name, /, *, withdata=False)", KRT_RUNS_PY)
Value krt__imp_findFrozen_py(Str *name, bool withData);
/// Create the code object of a frozen module.
KRT_FUNCTION(_imp, "get_frozen_object(name, data=None, /)", KRT_RAISES, KRT_COLLECTS)
Value krt__imp_getFrozenObject(Str *name, Value data);
/// Initialize a frozen module.
KRT_FUNCTION(_imp, "init_frozen(name, /)", KRT_RUNS_PY) Value krt__imp_initFrozen_py(Str *name);
/// Return the names of all frozen modules.
KRT_FUNCTION(_imp, "_frozen_module_names()", KRT_RAISES, KRT_COLLECTS) Value krt__imp_frozenModuleNames();
/// Create a built-in module from its spec.
KRT_FUNCTION(_imp, "create_builtin(spec, /)", KRT_RUNS_PY) Value krt__imp_createBuiltin_py(Value spec);
/// Initialize a built-in module.
KRT_FUNCTION(_imp, "exec_builtin(mod, /)", KRT_RUNS_PY) int64_t krt__imp_execBuiltin_py(Value module);
/// For tests: 1 makes frozen modules be found, -1 hides those that importlib does not need, 0 is the normal
/// way.
KRT_FUNCTION(_imp, "_override_frozen_modules_for_tests(override, /)")
void krt__imp_overrideFrozen(int override);
/// Change the file name of a code object and of the code nested in it.
KRT_FUNCTION(_imp, "_fix_co_filename(code, path, /)") void krt__imp_fixCoFilename(Code *code, Str *path);
/// Return the hash of source text that hash-based caches are checked with.
KRT_FUNCTION(_imp, "source_hash(key, source)", KRT_RUNS_PY)
Value krt__imp_sourceHash_py(int64_t key, Value source);

/// Import a module. What an import statement calls.
KRT_FUNCTION(builtins, "__import__(name, globals=None, locals=None, fromlist=(), level=0)", KRT_RUNS_PY)
Value krt_builtins_import_py(Value name, Value globals, Value locals, Value fromlist, int level);
}

/// What _imp shows of --check-hash-based-pycs.
extern const char *krt_check_hash_based_pycs;
/// Runs the frozen importlib, once; false with an exception pending.
bool startImportSystem();

} // namespace krait
