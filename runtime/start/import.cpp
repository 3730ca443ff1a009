// import.cpp - see import.h.
#include "runtime/start/import.h"

#include "runtime/abi/native.h"
#include "runtime/deopt/native_program.h"
#include "runtime/interp/frame_methods.h"
#include "runtime/interp/interp.h"
#include "runtime/interp/loader.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/bytes.h"
#include "runtime/object/cells.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/siphash.h"
#include "runtime/object/state.h"
#include "runtime/start/frozen.h"
#include "runtime/start/native_modules.h"
#include "runtime/start/program_import.h"
#include "runtime/start/site_folders.h"
#include "stdlib/native/_thread.h"

#include "runtime/start/import.bind.inc"

namespace krait {

constinit const char *krt_check_hash_based_pycs = "default";

namespace {

/// importlib._bootstrap once it has run; a root, being static.
Module *bootstrap = nullptr;

Dict *modulesDict() {
  Value modules = krt_sys_modules();
  return modules && isExact(modules, krt_dict_class) ? modules.as<Dict>() : nullptr;
}

/// A native module, made and filled, in sys.modules; null with an exception pending.
Module *makeNative(const NativeModuleDef *def) {
  Str *name = strIntern(def->name);
  if (Dict *modules = modulesDict())
    if (Value present = krt_dict_get_str(modules, name))
      return present.as<Module>();
  Module *module = krt_module_new(name, def->doc ? strFrom(def->doc) : nullptr);
  if (!fillNativeModule(module, def))
    return nullptr;
  if (krt_cells_active)
    krt_cells_native_ready(name, module->dict);
  return module;
}

bool addNative(const char *name) {
  const NativeModuleDef *def = findNativeModule(name);
  if (!def) {
    krt_raise_import_error(kModuleNotFoundError, strFrom(name), kNone, "No module named '%s'", name);
    return false;
  }
  Module *module = makeNative(def);
  if (!module)
    return false;
  krt_dict_set_str(modulesDict(), strIntern(name), module);
  return true;
}

/// Runs a frozen module's code in a new module of that name.
Module *runFrozen(const char *name) {
  const FrozenModule *frozen = findFrozen(name);
  Module *module = krt_module_new(strIntern(name), nullptr);
  krt_dict_set_str(module->dict, KSTR(__builtins__), krt_state_builtins());
  // _bootstrap.py takes this out again when it gives the modules loaded so far their specs.
  krt_dict_set_str(module->dict, KSTR(__origname__), strIntern(frozen->original));
  krt_dict_set_str(modulesDict(), strIntern(name), module);
  Code *code = krt_code_load(frozen->image, false);
  if (!krt_run_code_py(code, module->dict, module->dict, nullptr, nullptr))
    return nullptr;
  return module;
}

bool isBootstrapFrame(Traceback *entry) {
  Code *code = krt_frame_code(krt_traceback_frame_object(entry)).as<Code>();
  std::string_view file = strView(code->filename);
  return file == "<frozen importlib._bootstrap>" || file == "<frozen importlib._bootstrap_external>";
}

bool isCalledWithFramesRemoved(Traceback *entry) {
  return strView(krt_frame_code(krt_traceback_frame_object(entry)).as<Code>()->name) ==
         "_call_with_frames_removed";
}

/// Takes importlib's own entries out of the pending exception's traceback: all of them if it is an
/// ImportError, else those chunks that end in _call_with_frames_removed.
void trimTraceback() {
  auto *exception = krt_thread.pending.as<Exception>();
  bool all = krt_error_matches(kImportError);
  Value *chunkStart = nullptr;
  bool inChunk = false;
  Value *link = &exception->traceback;
  while (*link && *link != kNone) {
    auto *entry = link->as<Traceback>();
    bool bootstrapFrame = isBootstrapFrame(entry);
    if (bootstrapFrame && !inChunk)
      chunkStart = link;
    inChunk = bootstrapFrame;
    if (inChunk && (all || isCalledWithFramesRemoved(entry))) {
      *chunkStart = entry->next;
      link = chunkStart;
    } else {
      link = &entry->next;
    }
  }
}

/// sys.modules[name] if it is there and initialised; null without an exception otherwise.
Value loadedModule(Str *name) {
  Value module = krt_import_loaded_py(name);
  if (!module || module == kNone)
    return {};
  Value spec = krt_getattr_optional_py(module, KSTR(__spec__));
  if (!spec || spec == kNone)
    return errorPending() ? Value() : module;
  Value initializing = krt_getattr_optional_py(spec, KSTR(_initializing));
  if (errorPending())
    return {};
  return initializing == kTrue ? Value() : module;
}

/// The quick way: an absolute import of something loaded. Null: take the long way (or an exception is
/// pending).
Value importLoaded(Str *name, Value fromlist) {
  Value module = loadedModule(name);
  if (!module)
    return {};
  bool from = fromlist && fromlist != kNone &&
              !(isExact(fromlist, krt_tuple_class) && fromlist.as<Tuple>()->length == 0);
  if (!from) {
    int64_t dot = krt_str_find(name, strIntern("."), 0, name->length());
    return dot < 0 ? module : loadedModule(krt_str_intern(krt_str_substring(name, 0, dot)));
  }
  Value path = krt_getattr_optional_py(module, KSTR(__path__));
  return path || errorPending() ? Value() : module;
}

/// zipimport.zipimporter comes first in sys.path_hooks.
bool addZipImporter() {
  Value hooks = krt_sys_get(strIntern("path_hooks"));
  if (!hooks || !isExact(hooks, krt_list_class))
    return true;
  Value zip =
      krt_call1_py(krt_dict_get_str(bootstrap->dict, strIntern("_gcd_import")), strIntern("zipimport"));
  Value importer = zip ? krt_getattr_py(zip, strIntern("zipimporter")) : Value();
  return importer && krt_list_insert(hooks.as<List>(), 0, importer) >= 0;
}

} // namespace

bool startImportSystem() {
  if (bootstrap)
    return true;
  AuditPause pause;
  for (const char *name : {"_imp", "_thread", "_weakref", "_warnings"})
    if (!addNative(name))
      return false;
  Module *module = runFrozen("_frozen_importlib");
  if (!module)
    return false;
  Value args[2] = {krt_state_sys(), krt_dict_get_str(modulesDict(), strIntern("_imp"))};
  bootstrap = module;
  if (!krt_call_py(krt_dict_get_str(module->dict, strIntern("_install")), args, 2, nullptr))
    return false;
  if (!krt_call0_py(krt_dict_get_str(module->dict, strIntern("_install_external_importers"))))
    return false;
  if (!runFrozen("_krait_caches") || !addZipImporter())
    return false;
  bool carriesModules =
      krt_native_program && krt_native_program->moduleCount + krt_native_program->bytecodeModules > 1;
  return !(carriesModules || krt_program_stands_by) || runFrozen("_krait_importer");
}

extern "C" {

bool krt__imp_init(Module *module) {
  krt_dict_set_str(module->dict, strIntern("check_hash_based_pycs"), strIntern(krt_check_hash_based_pycs));
  return true;
}

bool krt__imp_lockHeld() { return krt_import_lock.count > 0; }
Value krt__imp_acquireLock_py() {
  return krt_thread_rlock_acquire_py(&krt_import_lock, true, -1) ? kNone : Value();
}
Value krt__imp_releaseLock() {
  if (!krt_thread_rlock_isOwned(&krt_import_lock))
    return krt_raise(kRuntimeError, "not holding the import lock");
  return krt_thread_rlock_release(&krt_import_lock);
}
Value krt__imp_extensionSuffixes() { return krt_list_new(0); }
int64_t krt__imp_isBuiltin(Str *name) {
  std::string_view text = strView(name);
  return findNativeModule(text) || isAbsentModule(text) ? (text == "sys" || text == "builtins" ? -1 : 1) : 0;
}
/// Set by tests that import the source of frozen modules: those that importlib does not need are not found
/// then.
static int frozenOverride = 0; // negative: tests, and -X frozen_modules=off
void krt__imp_overrideFrozen(int override) { frozenOverride = override; }
static bool hiddenByTest(std::string_view name) {
  return frozenOverride < 0 && name != "_frozen_importlib" && name != "_frozen_importlib_external" &&
         name != "zipimport";
}

bool krt__imp_isFrozen(Str *name) {
  return findFrozen(strView(name)) != nullptr && !hiddenByTest(strView(name));
}

bool krt__imp_isFrozenPackage(Str *name) {
  const FrozenModule *frozen = findFrozen(strView(name));
  if (!frozen)
    krt_raise_import_error(kImportError, name, kNone, "No such frozen object named %S", Value(name));
  return frozen && frozen->isPackage;
}

Value krt__imp_findFrozen_py(Str *name, bool withData) {
  const FrozenModule *frozen = findFrozen(strView(name));
  if (!frozen)
    beforePathSearch_py(strView(name)); // importlib.import_module comes here without __import__
  if (!frozen || hiddenByTest(strView(name)))
    return kNone;
  Value parts[3] = {kNone, boolean(frozen->isPackage), *frozen->original ? strFrom(frozen->original) : kNone};
  if (withData)
    parts[0] = krt_bytes_new(frozen->image, frozen->size);
  return krt_tuple_from(parts, 3);
}

Value krt__imp_getFrozenObject(Str *name, Value) {
  const FrozenModule *frozen = findFrozen(strView(name));
  if (!frozen)
    return krt_raise_import_error(kImportError, name, kNone, "No such frozen object named %S", Value(name));
  return krt_code_load(frozen->image, false);
}

Value krt__imp_frozenModuleNames() {
  List *names = krt_list_new(0);
  for (const FrozenModule *module = krt_frozen_modules; module->name; ++module)
    krt_list_append(names, strFrom(module->name));
  return names;
}

Value krt__imp_initFrozen_py(Str *name) {
  const FrozenModule *frozen = findFrozen(strView(name));
  return frozen ? Value(TRY(runFrozen(frozen->name))) : kNone;
}

Value krt__imp_createBuiltin_py(Value spec) {
  Value name = TRY(krt_getattr_py(spec, KSTR(name)));
  if (!strCheck(name))
    return krt_raise(kTypeError, "name must be string, not %T", name);
  const NativeModuleDef *def = findNativeModule(strView(name.as<Str>()));
  if (!def && isAbsentModule(strView(name.as<Str>())))
    return krt_raise_import_error(
        kImportError, name, kNone,
        "module '%S' is not in this binary, as no import that was seen leads to it; build with --include=%S",
        name, name);
  return def ? Value(TRY(makeNative(def))) : kNone;
}

int64_t krt__imp_execBuiltin_py(Value) { return 0; }

void krt__imp_fixCoFilename(Code *code, Str *path) {
  code->filename = path;
  for (uint32_t i = 0; i < code->constCount; ++i)
    if (isExact(code->consts[i], krt_code_class))
      krt__imp_fixCoFilename(code->consts[i].as<Code>(), path);
}

Value krt__imp_sourceHash_py(int64_t key, Value source) {
  Bytes *bytes = hasClassFlag(source, kClassBytesSub) ? source.as<Bytes>() : nullptr;
  if (!bytes)
    return krt_raise(kTypeError, "a bytes-like object is required, not '%T'", source);
  uint64_t hash = sipHash13({static_cast<uint64_t>(key), 0}, bytes->data, static_cast<size_t>(bytes->length));
  return krt_bytes_new(&hash, sizeof hash);
}

/// Tells hooks of the module [name], which is searched for, and of those around it that are not there yet.
static int auditSearch_py(Str *name) {
  std::string_view text = strView(name);
  for (size_t end = text.size(); end != std::string_view::npos && end; end = text.rfind('.', end - 1)) {
    Str *part = strIntern(text.substr(0, end));
    if (krt_import_loaded_py(part))
      break;
    krt_error_clear();
    if (audit_py("import", {part, kNone, auditValue(krt_sys_get(strIntern("path"))),
                            auditValue(krt_sys_get(strIntern("meta_path"))),
                            auditValue(krt_sys_get(strIntern("path_hooks")))}) < 0)
      return -1;
  }
  return 0;
}
/// The same for an import statement's arguments: the module, then what it names of a package.
static int auditImport_py(Value name, Value globals, Value fromlist, int level) {
  Value absolute = name;
  if (level > 0) {
    Value args[3] = {name, Value(), smallInt(level)};
    if (!globals ||
        !(args[1] =
              krt_call1_py(krt_dict_get_str(bootstrap->dict, strIntern("_calc___package__")), globals)) ||
        !(absolute =
              krt_call_py(krt_dict_get_str(bootstrap->dict, strIntern("_resolve_name")), args, 3, nullptr))) {
      krt_error_clear(); // the import itself says what is wrong
      return 0;
    }
  }
  if (!strCheck(absolute) || auditSearch_py(absolute.as<Str>()) < 0)
    return errorPending() ? -1 : 0;
  Value package = krt_import_loaded_py(absolute.as<Str>());
  krt_error_clear();
  if (!package || !fromlist || !isExact(fromlist, krt_tuple_class) ||
      !krt_getattr_optional_py(package, KSTR(__path__)))
    return 0;
  for (int64_t i = 0; i < fromlist.as<Tuple>()->length; ++i) {
    Value item = fromlist.as<Tuple>()->items[i];
    if (strCheck(item) && item != Value(strIntern("*")) &&
        !krt_getattr_optional_py(package, item.as<Str>()) &&
        auditSearch_py(krt_str_format("%S.%S", absolute, item)) < 0)
      return -1;
  }
  return 0;
}

Value krt_builtins_import_py(Value name, Value globals, Value locals, Value fromlist, int level) {
  if (!strCheck(name))
    return krt_raise(kTypeError, "module name must be a string");
  if (level < 0)
    return krt_raise(kValueError, "level must be >= 0");
  if (level == 0) {
    if (name.as<Str>()->length() == 0)
      return krt_raise(kValueError, "Empty module name");
    Value module = importLoaded(name.as<Str>(), fromlist);
    if (module || errorPending())
      return module;
  }
  if (!startImportSystem())
    return {};
  if (level == 0)
    beforePathSearch_py(strView(name.as<Str>()));
  if (auditing())
    TRY_INT(auditImport_py(name, globals, fromlist, level));
  Value function = krt_dict_get_str(bootstrap->dict, KSTR(__import__));
  Value args[5] = {name, globals ? globals : kNone, locals ? locals : kNone,
                   fromlist ? fromlist : Value(krt_tuple_empty), smallInt(level)};
  Value module = krt_call_py(function, args, 5, nullptr);
  if (!module)
    trimTraceback();
  return module;
}

} // extern "C"
} // namespace krait
